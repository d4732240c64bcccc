import { useMemo } from 'react'
import { acceptedWords } from '../../../../shared/spelling/finding.ts'
import { useCall } from '../../../api/use-call.ts'
import { useEvent } from '../../../api/use-event.ts'
import { DESK_WORDS } from './desk-words.ts'

/** The words accepted in this story: the user's own, the desk's, and those ignored in it. */
export class AcceptedWords {
  readonly #words: readonly string[]
  readonly #added = new Set<string>()
  #accepts: (word: string) => boolean

  constructor(words: readonly string[]) {
    this.#words = words
    this.#accepts = acceptedWords(words)
  }

  has(word: string): boolean {
    return this.#accepts(word)
  }

  /** Applied at once: what follows in the story is checked before the library has replied. */
  add(word: string): void {
    this.#added.add(word)
    this.#accepts = acceptedWords([...this.#words, ...this.#added])
  }

  /** Takes back a word that was added and could not be stored. */
  drop(word: string): void {
    this.#added.delete(word)
    this.#accepts = acceptedWords([...this.#words, ...this.#added])
  }
}

export function useAccepted(storyId: string): AcceptedWords {
  const { data, reload } = useCall((call, signal) => call.spelling.words({ storyId }, signal), [storyId])
  useEvent('spellingChanged', reload)
  return useMemo(() => new AcceptedWords([...DESK_WORDS, ...(data?.own ?? []), ...(data?.ignored ?? [])]), [data])
}
