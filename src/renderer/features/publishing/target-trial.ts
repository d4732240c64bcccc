import { createStore, type Store } from '../../api/store.ts'

export interface TrialView {
  readonly isAsking: boolean
  /** The result, while it may still be true. */
  readonly told: { readonly ok: boolean; readonly text: string } | null
}

/** The test of one CMS in the settings. Lives outside React. */
export class TargetTrial {
  readonly view: Store<TrialView> = createStore<TrialView>({ isAsking: false, told: null })
  /** Counts tests and changes of the CMS. */
  #turn = 0

  /** Resolves with the reply, or with null if it came too late: the CMS was changed or tested again. */
  async ask<Reply>(question: () => Promise<Reply>): Promise<Reply | null> {
    this.forget()
    const turn = this.#turn
    this.view.set({ isAsking: true, told: null })
    try {
      const reply = await question()
      return turn === this.#turn ? reply : null
    } catch (thrown) {
      if (turn === this.#turn) throw thrown
      return null
    } finally {
      if (turn === this.#turn) this.view.set({ isAsking: false, told: null })
    }
  }

  tell(told: TrialView['told']): void {
    this.view.set({ isAsking: false, told })
  }

  /** Call when the CMS may have another address or secret. */
  forget(): void {
    this.#turn += 1
    this.view.set({ isAsking: false, told: null })
  }
}
