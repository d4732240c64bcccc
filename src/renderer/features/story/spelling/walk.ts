import { keyOf } from '../../../../shared/find/replace.ts'
import type { TextPlace } from '../../../../shared/find/story-texts.ts'
import type { CopyText } from '../../../../shared/spelling/copy.ts'
import type { PlacedFinding } from './spelling-session.ts'

/** A place in the story. */
export interface Spot {
  readonly place: TextPlace
  readonly offset: number
}

/**
 * Walks through everything marked in a story: from a place to the end, then from the beginning back to that place. Text
 * written in the meantime is included as it is when the walk reaches it.
 */
export class Walk {
  readonly #from: Spot | null
  #at: Spot | null
  #isRound: boolean

  /** `from`: where the caret is; null for the beginning of the story. */
  constructor(from: Spot | null) {
    this.#from = from
    this.#at = from
    this.#isRound = from === null
  }

  /** Continues after that place. */
  passed(spot: Spot): void {
    this.#at = spot
  }

  /**
   * The next finding; null once the walk is complete, `wait` while a text on the way has not been checked. `found`
   * returns a text's visible findings, or null for one not checked yet.
   */
  next(
    texts: readonly CopyText[],
    found: (text: CopyText) => readonly PlacedFinding[] | null
  ): PlacedFinding | 'wait' | null {
    for (;;) {
      const first = this.#indexOf(texts, this.#at)
      const last = this.#isRound && this.#from ? this.#indexOf(texts, this.#from) : texts.length - 1
      for (let index = first; index <= last; index += 1) {
        const text = texts[index]
        if (!text) continue
        const findings = found(text)
        if (findings === null) return 'wait'
        const after = index === first ? (this.#at?.offset ?? 0) : 0
        const before =
          this.#isRound && this.#from && keyOf(text.place) === keyOf(this.#from.place) ? this.#from.offset : Infinity
        const next = findings.find(({ start }) => start >= after && start < before)
        if (next) return next
      }
      if (this.#isRound) return null
      this.#isRound = true
      this.#at = null
    }
  }

  /** Another text of the same block if that one is gone, or else the beginning. */
  #indexOf(texts: readonly CopyText[], spot: Spot | null): number {
    if (!spot) return 0
    const key = keyOf(spot.place)
    const at = texts.findIndex(({ place }) => keyOf(place) === key)
    const near = at >= 0 ? at : texts.findIndex(({ place }) => isNear(place, spot.place))
    return Math.max(0, near)
  }
}

function isNear(a: TextPlace, b: TextPlace): boolean {
  return a.in === 'block' ? b.in === 'block' && a.id === b.id : b.in === 'field' && a.name === b.name
}
