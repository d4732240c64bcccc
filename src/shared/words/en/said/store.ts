import { grammar } from '../../grammar.ts'
import type { Said } from '../../said.ts'

const { number, plural } = grammar('en-GB')

/** The parts of a story that a damaged row can hold. */
const parts = {
  text: 'the stored text',
  journal: 'a journal entry',
  version: 'a version of the history',
  page: 'the page it came from'
} as const
export type DamagedPart = keyof typeof parts

/** The library on disk. */
export const store = {
  approvedDamaged: {
    text: 'The approved version in the outbox does not match its checksum. It was not sent.',
    next: 'Publish the story again.'
  },
  readOnlyFull:
    'The disk is full. You can read, search and export to another disk; free some space and start Galley again to write.',
  readOnlyFailed: 'The disk accepts no changes at the moment. You can read, search and export to another disk.',
  readOnlyFolder:
    'The folder of this library cannot be written to. You can read, search and export to elsewhere; make it writable and start Galley again to write.',
  openElsewhere: 'This library is open in another Galley on this machine. You can read here, and write there.',
  noRoomForBackup: {
    text: 'There is no room on the disk for a backup of the library.',
    next: 'Free some space; the next backup is tried by itself.'
  },
  backupNotWhole: {
    text: ({ problem }: { readonly problem: Said }) => `The backup is not whole: ${problem}`,
    next: 'Run the doctor on the library.'
  },
  noLibraryInFile: 'It holds no library.',
  fileOfNewerGalley: 'It was written by a newer Galley.',
  textsMissing: ({ stories, texts }: { readonly stories: number; readonly texts: number }) =>
    `${plural(stories, { one: '# story has', other: '# stories have' })} ${plural(texts, { one: '# stored text', other: '# stored texts' })}.`,
  rowDamaged: ({ row, what }: { readonly row: number; readonly what: DamagedPart }) =>
    `Story row ${number(row)}: ${parts[what]} does not match its checksum.`,
  /** Messages of SQLite and the system, which are English in every language. */
  sqliteSays: ({ line }: { readonly line: string }) => line || 'It cannot be read.',
  textDamaged: {
    text: 'This story’s stored text does not match its checksum.',
    next: 'Open it from its history or the last backup; the damaged copy is kept.'
  },
  pageDamaged: 'The page this story came from does not match its checksum.',
  wrongPlaceInList: { text: 'That place in the list is not one of this list.', next: 'Load the list from its top.' },
  newerLibrary: {
    text: 'This library was last used by a newer Galley.',
    next: 'Update Galley to open it. Nothing was changed.'
  },
  closed: 'The library is closed.',
  readingFailed: { text: 'Reading the library failed. Your text is safe.', next: 'Try again.' },
  diskFull: {
    text: 'The disk is full. What you typed is kept here and will be saved as soon as there is room.',
    next: 'Free some space; saving continues by itself.'
  },
  cannotWrite: {
    text: 'The library folder cannot be written to.',
    next: 'Make the folder writable, or choose another with --library.'
  },
  busy: { text: 'The library is busy for a moment.', next: 'Try again.' },
  damaged: {
    text: 'The library file is damaged.',
    next: 'Restart Galley: it keeps the damaged file and goes back to the last good backup.'
  },
  diskFailed: {
    text: 'The disk reported an error. What you typed is kept here and will be tried again.',
    next: 'Check the disk; saving continues by itself.'
  }
} as const
