import type { Language } from '../../shared/words/language.ts'
import { sentence, sentences } from '../../shared/words/language.ts'
import { languageOf } from '../../shared/words/languages.ts'
import type { Message } from '../../shared/words/message.ts'

/** The language of this window, as long as it is open. */
export const language: Language = languageOf(remembered())

/** Every word of the desk, by key. */
export type Strings = Language['window']

export function useStrings(): Strings {
  return language.window
}

/** What the core says, in the window's language: what happened, and what to do next. */
export function inWords(message: Message): string {
  return sentences(language, message)
}

/** What happened, without what to do next. */
export function whatHappened(message: Message): string {
  return sentence(language, message)
}

function remembered(): string | null {
  return typeof localStorage === 'undefined' ? null : localStorage.getItem('galley.language')
}
