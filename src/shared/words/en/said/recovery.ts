import { noticeWords, type RecoveryFacts } from '../recovery.ts'

/** What was found and done when the library was opened. */
export const recovery = {
  restoring: 'Restoring from a backup',
  notice: {
    text: ({ notice }: { readonly notice: RecoveryFacts }) => noticeWords(notice).message,
    next: ({ notice }: { readonly notice: RecoveryFacts }) => noticeWords(notice).next
  }
} as const
