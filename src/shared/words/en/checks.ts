import { grammar } from '../grammar.ts'

const { plural, number } = grammar('en-GB')

/** The fields that a desk's checks can ask for. */
export const checkNames = {
  kicker: 'Kicker',
  headline: 'Headline',
  standfirst: 'Standfirst',
  byline: 'Byline',
  headlineShort: 'Short headline',
  headlineSeo: 'Search headline',
  headlineSocial: 'Social headline',
  slugline: 'Slugline',
  section: 'Section',
  keywords: 'Keywords',
  dateline: 'Dateline',
  source: 'Source',
  authors: 'Authors',
  leadImage: 'Lead picture',
  editorsNote: 'Editor’s note',
  corrections: 'Corrections'
} as const

/** The checks of a story, in the window. */
export const checks = {
  tab: 'Checks',
  command: 'Checks of the story',
  empty: 'Nothing to fix',
  emptyText: 'Galley checks again as you write.',
  checking: 'Checking the story…',
  required: (n: number) => plural(n, { one: '# thing stops publishing', other: '# things stop publishing' }),
  requiredTitle: 'Stops publishing',
  advisedTitle: 'Worth a look',
  advised: (n: number) => plural(n, { one: '# thing is worth a look', other: '# things are worth a look' }),
  fields: checkNames,
  body: 'Body',
  go: 'Go to it',
  askTitle: 'Before it goes out',
  askText: 'This is worth a look. None of it stops publishing.',
  publishAnyway: 'Publish anyway',
  profile: 'Checks',
  profileName: (name: string) => `In use: ${name}`,
  profileText:
    'A desk can load its own file of checks: which fields it uses, what a story needs, and how long a line may be.',
  profileChoose: 'Choose a file…',
  profileOwn: 'Use Galley’s own',
  off: (by: number) => (by > 0 ? `+${number(by)}` : `−${number(-by)}`),
  offLong: (by: number) =>
    by > 0
      ? plural(by, { one: '# character too long', other: '# characters too long' })
      : plural(-by, { one: '# character too short', other: '# characters too short' })
} as const
