/** Copy that leaves the desk although it is under embargo. */
export const embargo = {
  title: 'Under embargo',
  lead: (when: string) => `Not to be published before ${when}. Copy leaves the desk before that only for a reason.`,
  reason: 'Why does it leave?',
  logged: 'Kept with the story, with your name and the time.',
  loggedMany:
    'Only for stories under embargo, which do not leave without it. Kept with them, with your name and the time.',
  ways: { export: 'Export', copy: 'Copy', print: 'Print', lift: 'Lift the embargo' },
  exits: 'What left before its hour',
  left: { export: 'Exported', copy: 'Copied', print: 'Printed', lift: 'Embargo lifted' },
  held: 'Under embargo: why does it leave?',
  lifting: (when: string) =>
    `The embargo still holds until ${when}. It is moved earlier, or taken off, only for a reason.`,
  liftReason: 'Why is it lifted?',
  keep: 'Keep the embargo'
} as const
