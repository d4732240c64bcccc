const unnamed = 'Your name is not in the settings, so only the time is kept with it.'
const whom = (person: string): string => `your name (${person}) and the time`

/** Copy that leaves the desk although it is under embargo. */
export const embargo = {
  title: 'Under embargo',
  lead: (when: string) => `Not to be published before ${when}. Copy leaves the desk before that only for a reason.`,
  reason: 'Why does it leave?',
  logged: (person: string) =>
    person === '' ? `Kept with the story. ${unnamed}` : `Kept with the story, with ${whom(person)}.`,
  loggedMany: (person: string) =>
    `Only for stories under embargo, which do not leave without it. ${person === '' ? `Kept with them. ${unnamed}` : `Kept with them, with ${whom(person)}.`}`,
  ways: { export: 'Export', copy: 'Copy', print: 'Print', lift: 'Lift the embargo' },
  exits: 'What left before its hour',
  left: { export: 'Exported', copy: 'Copied', print: 'Printed', lift: 'Embargo lifted' },
  held: 'Under embargo: why does it leave?',
  lifting: (when: string) => `The embargo still holds until ${when}. Moving it earlier or removing it needs a reason.`,
  liftReason: 'Why is it lifted?',
  keep: 'Keep the embargo'
} as const
