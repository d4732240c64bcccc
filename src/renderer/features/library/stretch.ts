import type { StorySelection } from './selection.ts'

type Ids = Promise<readonly string[]> | readonly string[]

/**
 * Selects a range of the list, whose ids may have to be fetched. Anything done meanwhile takes precedence: a reply that
 * arrives after it selects nothing.
 */
export class StretchChoice {
  readonly #selection: StorySelection
  readonly #onFailed: (thrown: unknown) => void
  #round = 0
  /** Resolves to true once the range is selected; null while nothing is being fetched. */
  #choosing: Promise<boolean> | null = null

  constructor(selection: StorySelection, onFailed: (thrown: unknown) => void) {
    this.#selection = selection
    this.#onFailed = onFailed
  }

  choose(idsOf: () => Ids): void {
    this.giveUp()
    this.#choosing = this.#choose(this.#round, idsOf)
  }

  /** Something else was done with the list, or the list is gone. */
  giveUp(): void {
    this.#round += 1
    this.#choosing = null
  }

  /**
   * For a key pressed right afterwards that refers to the selection being made: `work` waits for the reply. It does not
   * run if there is none, or if something else was done meanwhile.
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
