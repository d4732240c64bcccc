import { nextStep, sentence, sentences, type Language } from '../../shared/words/language.ts'
import { languageOf } from '../../shared/words/languages.ts'
import type { Message } from '../../shared/words/message.ts'

/** The language of the menu, the dialogs and the command line: English, or the one named by `GALLEY_LANGUAGE`. */
export const language: Language = languageOf(process.env['GALLEY_LANGUAGE'])

/** What happened, and what to do next, in one line. */
export function inWords(message: Message): string {
  return sentences(language, message)
}

/** What happened, without what to do next. */
export function whatHappened(message: Message): string {
  return sentence(language, message)
}

/** What happened, and what to do next, each on its own line. */
export function inLines(message: Message): string[] {
  return [sentence(language, message), nextStep(language, message)].filter((line) => line !== null)
}
