import type { Finding } from '../../shared/spelling/finding.ts'

/** A text to be checked. */
export interface TextToCheck {
  readonly text: string
  readonly isProse: boolean
}

export type Checked = readonly (readonly Finding[])[]

/** A question for a worker. Each question is one message, and each gets one reply with its `id`. */
export type SpellingQuestion =
  | { readonly id: number; readonly ask: 'check'; readonly language: string; readonly texts: readonly TextToCheck[] }
  | { readonly id: number; readonly ask: 'suggest'; readonly language: string; readonly word: string }

export type SpellingReply = { readonly id: number } & (
  | { readonly checked: Checked }
  | { readonly suggestions: readonly string[] }
  /** `missing`: there is no dictionary for that language. `failed`: the engine could not be started, or broke. */
  | { readonly trouble: 'missing' | 'failed'; readonly why: string }
)

/** A spelling checker for one or more languages; each engine runs in a worker of its own. */
export interface SpellingEngine {
  /** Throws `NoDictionary` for a language it does not know. */
  check(language: string, texts: readonly TextToCheck[]): Promise<Checked>
  suggest(language: string, word: string): Promise<readonly string[]>
}

export class NoDictionary extends Error {}

/** Makes an engine reply to its worker's messages, one after the other. */
export function serve(
  engine: SpellingEngine,
  say: (reply: SpellingReply) => void
): (question: SpellingQuestion) => void {
  let last: Promise<unknown> = Promise.resolve()
  const answer = async (question: SpellingQuestion): Promise<void> => {
    const { id, language } = question
    try {
      if (question.ask === 'check') say({ id, checked: await engine.check(language, question.texts) })
      else say({ id, suggestions: await engine.suggest(language, question.word) })
    } catch (error) {
      say({ id, trouble: error instanceof NoDictionary ? 'missing' : 'failed', why: String(error) })
    }
  }
  return (question) => {
    last = last.then(() => answer(question))
  }
}
