import type { Finding } from '../../shared/spelling/finding.ts'
import type { TextToCheck } from './engine.ts'

/** Characters of text kept: half a dozen of the longest stories, or a day of ordinary ones. */
export const MOST_KEPT = 4_000_000

type Kept = Map<string, Map<string, readonly Finding[]>>

/**
 * The findings in texts of any story, so that a story opened again is marked at once. The least recently requested half
 * is forgotten at a time.
 */
export class KnownTexts {
  #young: Kept = new Map()
  #old: Kept = new Map()
  /** Characters in `#young`. */
  #size = 0

  get(language: string, { text, isProse }: TextToCheck): readonly Finding[] | undefined {
    const kind = kindOf(language, isProse)
    const young = this.#young.get(kind)?.get(text)
    if (young) return young
    const old = this.#old.get(kind)?.get(text)
    if (old) this.#put(kind, text, old)
    return old
  }

  set(language: string, { text, isProse }: TextToCheck, found: readonly Finding[]): void {
    this.#put(kindOf(language, isProse), text, found)
  }

  /** Call for an engine that may find something else from now on. */
  forget(isMeant: (language: string) => boolean): void {
    for (const kept of [this.#young, this.#old])
      for (const kind of kept.keys()) if (isMeant(kind.slice(1))) kept.delete(kind)
  }

  #put(kind: string, text: string, found: readonly Finding[]): void {
    let texts = this.#young.get(kind)
    if (!texts) this.#young.set(kind, (texts = new Map()))
    if (!texts.has(text)) this.#size += text.length
    texts.set(text, found)
    if (this.#size < MOST_KEPT / 2) return
    this.#old = this.#young
    this.#young = new Map()
    this.#size = 0
  }
}

/** Sentences are checked differently from single lines. */
function kindOf(language: string, isProse: boolean): string {
  return `${isProse ? 'p' : 'l'}${language}`
}
