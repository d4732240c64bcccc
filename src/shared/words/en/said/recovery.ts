import { noticeWords, type RecoveryFacts } from '../recovery.ts'

/** What was found and done when the library was opened. */
export const recovery = {
  restoring: 'Restoring from a backup',
  notInBackup: 'This story is not in that backup, or not whole there.',
  noSuchStory: 'There is no such story in this library.',
  backupGone: { text: 'That backup is not there any more.', next: 'Choose another one.' },
  nothingLeft: 'No undamaged version of this story is left in the library or its backups.',
  notice: {
    text: ({ notice }: { readonly notice: RecoveryFacts }) => noticeWords(notice).message,
    next: ({ notice }: { readonly notice: RecoveryFacts }) => noticeWords(notice).next
  }
} as const
