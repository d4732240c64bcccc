/** A value that can be watched, in the form `useSyncExternalStore` takes. */
export interface Watchable<T> {
  subscribe(listener: () => void): () => void
  getSnapshot(): T
}

export class Store<T> implements Watchable<T> {
  readonly #listeners = new Set<() => void>()
  readonly #same: (a: T, b: T) => boolean
  #value: T

  constructor(value: T, same: (a: T, b: T) => boolean = Object.is) {
    this.#value = value
    this.#same = same
  }

  set(value: T): void {
    if (this.#same(this.#value, value)) return
    this.#value = value
    for (const listener of this.#listeners) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  getSnapshot = (): T => this.#value
}
