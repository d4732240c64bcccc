import type { StorySelection } from './selection.ts'

type Ids = Promise<readonly string[]> | readonly string[]

/**
 * Choosing a stretch of the list, whose ids may have to be asked for. Whatever is done in the meantime goes before: an
 * answer that comes after it chooses nothing any more.
 */
export class StretchChoice {
  readonly #selection: StorySelection
  readonly #onFailed: (thrown: unknown) => void
  #round = 0
  /** Comes to true once the stretch is chosen; null while nothing is asked for. */
  #choosing: Promise<boolean> | null = null

  constructor(selection: StorySelection, onFailed: (thrown: unknown) => void) {
    this.#selection = selection
    this.#onFailed = onFailed
  }

  choose(idsOf: () => Ids): void {
    this.giveUp()
    this.#choosing = this.#choose(this.#round, idsOf)
  }

  /** Something else is done with the list, or it is gone. */
  giveUp(): void {
    this.#round += 1
    this.#choosing = null
  }

  /**
   * For a key that follows at once and means what is being chosen: `work` waits for the answer. It is not done where
   * there is none, or where something else was done meanwhile.
   */
  whenChosen(work: () => void): void {
    if (!this.#choosing) return work()
    const round = this.#round
    void this.#choosing.then((isChosen) => {
      if (isChosen && round === this.#round) work()
    })
  }

  async #choose(round: number, idsOf: () => Ids): Promise<boolean> {
    try {
      const ids = await Promise.resolve().then(idsOf)
      if (round !== this.#round) return false
      this.#selection.set(ids)
      this.#choosing = null
      return true
    } catch (thrown) {
      if (round !== this.#round) return false
      this.#choosing = null
      this.#onFailed(thrown)
      return false
    }
  }
}
