import { useSyncExternalStore } from 'react'

/** A value outside React that leaves can watch, so that a change renders only what shows it. */
export interface Readable<T> {
  get(): T
  subscribe(listener: () => void): () => void
}

export interface Store<T> extends Readable<T> {
  set(value: T): void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}

export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

/**
 * One part of a store: renders again only when that part is another. `pick` must return something that stays the same
 * while it means the same.
 */
export function useStorePart<T, P>(store: Readable<T>, pick: (value: T) => P): P {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()))
}

const nothing: Readable<undefined> = { get: () => undefined, subscribe: () => () => undefined }

/** The same for a store that may not be there. */
export function useMaybeStore<T>(store: Readable<T> | null | undefined): T | undefined {
  return useStore<T | undefined>(store ?? nothing)
}
