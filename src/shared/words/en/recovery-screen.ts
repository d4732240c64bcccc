import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** The window's words about damage, backups and the way back. */
export const recoveryScreen = {
  title: 'Recovery',
  lead: 'Backups of this library, and how to restore stories from them.',
  opened: { title: 'Something happened to this library', look: 'Look at the backups', understood: 'Understood' },
  lost: { title: 'Missing', saved: 'Last saved', now: 'Now', gone: 'gone', untitled: 'A story that was new' },
  files: 'Damaged files are kept in',
  backups: 'Backups',
  backUpNow: 'Back up now',
  backedUp: 'The library is backed up.',
  none: 'No backup yet. One is made after ten minutes of work and on closing.',
  whole: 'Whole',
  damaged: 'Damaged',
  place: { library: 'In the library', second: 'In the second place' },
  stories: (count: number) => plural(count, { one: '# story', other: '# stories' }),
  show: 'Show stories',
  find: 'Find by headline',
  inBackup: 'In the backup',
  today: 'Today',
  same: 'as in the backup',
  look: 'Look',
  restore: 'Restore',
  restored: (headline: string) => `“${headline}” is as it was in the backup. Today’s version is in its history.`,
  restoreAll: 'Restore all that differ',
  restoreAllSure: {
    title: 'Restore every story that differs?',
    text: 'Each gets the version of this backup as its newest one. Today’s versions stay in their histories, and stories made since stay as they are.'
  },
  restoredAll: (count: number) => `${plural(count, { one: '# story was', other: '# stories were' })} restored.`,
  second: {
    title: 'Second place',
    status: 'No second backup',
    label: 'Folder for a second copy of the backups',
    text: 'Best on another disk, in case this one fails. Leave empty for none.',
    off: 'There is one copy of each backup, on this disk.',
    ok: (when: string) => `The newest copy there is of ${when}.`,
    waiting: 'The first copy goes there with the next backup.',
    missing: 'That folder is not available. Connect its disk; the next backup is copied there.',
    'read-only': 'That folder cannot be written to.',
    full: 'The disk of that folder is full.',
    failed: 'The last copy into that folder failed. It is tried again with the next backup.'
  },
  story: {
    column: 'Story',
    title: 'This story is damaged',
    looking: 'What is stored is not what was written. Looking for undamaged versions…',
    text: 'What is stored is not what was written. These versions are undamaged. The damaged one is kept.',
    none: 'No undamaged version is left in the library or its backups. The damaged one is kept in the library.',
    from: { best: 'The newest that can be rebuilt', history: 'From its history', backup: 'From a backup' },
    words: (count: number) => plural(count, { one: '# word', other: '# words' }),
    use: 'Continue from this one',
    all: 'All backups'
  }
} as const
