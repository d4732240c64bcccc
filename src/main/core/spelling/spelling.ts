import type { Events } from '../events.ts'
import {
  deleteOwnWord,
  deleteOwnWords,
  insertIgnoredWord,
  insertOwnWord,
  readIgnoredWords,
  readOwnWords
} from '../store/spelling-words.ts'
import type { Store } from '../store/store.ts'

/** The words the user has accepted. Every change is announced to the windows. */
export class SpellingService {
  readonly #store: Store
  readonly #events: Events

  constructor(store: Store, events: Events) {
    this.#store = store
    this.#events = events
  }

  words(storyId?: string): { own: string[]; ignored: string[] } {
    return {
      own: this.#store.read(readOwnWords),
      ignored: storyId === undefined ? [] : this.#store.read((db) => readIgnoredWords(db, storyId))
    }
  }

  accept(word: string, storyId?: string): void {
    this.#store.write('spelling words', (db) =>
      storyId === undefined ? insertOwnWord(db, word) : insertIgnoredWord(db, storyId, word)
    )
    this.#events.emit('spellingChanged', {})
  }

  forget(word: string): void {
    this.#store.write('spelling words', (db) => deleteOwnWord(db, word))
    this.#events.emit('spellingChanged', {})
  }

  /** Returns the words that were removed. */
  forgetAll(): string[] {
    const words = this.#store.write('spelling words', (db) => {
      const there = readOwnWords(db)
      deleteOwnWords(db)
      return there
    })
    this.#events.emit('spellingChanged', {})
    return words
  }

  /** Returns how many of the words are new. */
  take(words: readonly string[]): number {
    const added = this.#store.write('spelling words', (db) => {
      const before = readOwnWords(db).length
      for (const word of words) insertOwnWord(db, word)
      return readOwnWords(db).length - before
    })
    if (added > 0) this.#events.emit('spellingChanged', {})
    return added
  }
}
