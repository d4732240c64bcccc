import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** What caused a version of a story to be kept. */
const reasons = {
  created: 'Story begun',
  settled: 'A pause',
  intake: 'Taken in',
  import: 'Opened from a file',
  approved: 'Approved',
  published: 'Published',
  withdrawn: 'Withdrawn',
  restored: 'Brought back',
  'before-restore': 'Before something was brought back',
  'before-merge': 'Before it was merged with the CMS',
  'from-cms': 'As it was on the CMS',
  merged: 'Merged with the CMS'
} as const

/** The history of a story, in the window. */
export const history = {
  tab: 'History',
  command: 'Versions of the story',
  reasons,
  now: 'On the desk now',
  lead: 'Galley keeps versions as you work. When you bring one back, the text it replaces is kept as a version too.',
  empty: 'No versions yet',
  words: (n: number) => plural(n, { one: '# word', other: '# words' }),
  by: (person: string, machine: string) => `${person} on ${machine}`,
  compare: 'Compare',
  look: (when: string) => `Compare the version of ${when} with the desk`,
  compareTitle: (when: string) => `Version of ${when}`,
  versionOf: (when: string) => `Version of ${when}`,
  desk: 'On the desk',
  restoreAll: 'Bring this version back',
  restoreSome: (n: number) => plural(n, { one: 'Bring back # chosen part', other: 'Bring back # chosen parts' }),
  choose: 'Bring this part back',
  restored: 'Brought back. The text it replaced is kept as a version.',
  restoredPart: 'The chosen parts are brought back. The text they replaced is kept as a version.',
  paragraph: 'Earlier versions of this paragraph',
  paragraphLead: 'Each wording once, beside the one on the desk. What you bring back can be undone.',
  paragraphNone: 'This paragraph has no other wording in the versions that are kept.',
  paragraphWhere: 'Put the caret in a paragraph first.',
  saidAlike: 'The same words, formatted or linked differently',
  paragraphBack: 'Bring back',
  paragraphBackFrom: (when: string) => `Bring back the wording of ${when}`,
  keepNow: 'Keep this version…',
  name: 'Name this version…',
  nameAgain: 'Change the name…',
  nameLabel: 'Name',
  nameLead: 'A version with a name is kept for as long as the story.',
  nameSave: 'Keep it',
  nameTake: 'Remove the name'
} as const

/** The same on the command line. */
export const cliHistory = {
  reasons,
  same: 'These two versions are the same.',
  restored: (revision: number, now: number) => `Brought back revision ${revision}, as revision ${now}.`,
  added: '+',
  removed: '-',
  moved: '(moved)',
  formatOnly: '(formatting)'
} as const
