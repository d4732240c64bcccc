import type { Finding } from '../../shared/spelling/finding.ts'

/** A text to be looked at. */
export interface TextToCheck {
  readonly text: string
  readonly isProse: boolean
}

export type Checked = readonly (readonly Finding[])[]

/** What a worker is asked. Each question is one message, and each gets one reply with its `id`. */
export type SpellingQuestion =
  | { readonly id: number; readonly ask: 'check'; readonly language: string; readonly texts: readonly TextToCheck[] }
  | { readonly id: number; readonly ask: 'suggest'; readonly language: string; readonly word: string }

export type SpellingReply = { readonly id: number } & (
  | { readonly checked: Checked }
  | { readonly suggestions: readonly string[] }
  /** `missing`: there is no dictionary of that language. `failed`: the engine could not be started, or broke. */
  | { readonly trouble: 'missing' | 'failed'; readonly why: string }
)

/** Something that knows the spelling of languages; each runs in a worker of its own. */
export interface SpellingEngine {
  /** Throws `NoDictionary` where it does not know the language. */
  check(language: string, texts: readonly TextToCheck[]): Promise<Checked>
  suggest(language: string, word: string): Promise<readonly string[]>
}

export class NoDictionary extends Error {}

/** Lets an engine answer the messages of its worker, one after the other. */
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
