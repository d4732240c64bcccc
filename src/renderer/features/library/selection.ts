import { createStore, type Readable } from '../../api/store.ts'

/** The stories selected together, in the order of selection. Empty if only one is open. */
export class StorySelection {
  readonly view: Readable<ReadonlySet<string>>
  readonly #view = createStore<ReadonlySet<string>>(new Set())

  constructor() {
    this.view = this.#view
  }

  get size(): number {
    return this.#view.get().size
  }

  get ids(): string[] {
    return [...this.#view.get()]
  }

  has(id: string): boolean {
    return this.#view.get().has(id)
  }

  /** `open`: the open story if it is in the list; the first selection adds to it. */
  toggle(id: string, open: string | null): void {
    const next = new Set(this.#view.get())
    if (next.size === 0 && open !== null && open !== id) next.add(open)
    if (!next.delete(id)) next.add(id)
    this.#view.set(next)
  }

  set(ids: Iterable<string>): void {
    this.#view.set(new Set(ids))
  }

  clear(): void {
    if (this.size > 0) this.#view.set(new Set())
  }
}
