import { useMemo } from 'react'
import { acceptedWords } from '../../../../shared/spelling/finding.ts'
import { useCall } from '../../../api/use-call.ts'
import { useEvent } from '../../../api/use-event.ts'
import { DESK_WORDS } from './desk-words.ts'

/** Whether a word is right in this story: the person's own, the desk's, or one that is ignored in it. */
export function useAccepted(storyId: string): (word: string) => boolean {
  const { data, reload } = useCall((call, signal) => call.spelling.words({ storyId }, signal), [storyId])
  useEvent('spellingChanged', reload)
  return useMemo(() => acceptedWords([...DESK_WORDS, ...(data?.own ?? []), ...(data?.ignored ?? [])]), [data])
}
