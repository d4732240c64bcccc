import { createStore, type Readable } from '../../api/store.ts'

/** Stories of the list that were chosen together, in the order they were chosen in. None: only one is open. */
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

  /** `open`: the story that is open and in the list, which the first choice adds to. */
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
