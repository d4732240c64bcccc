import { GalleyError } from '../../../shared/rpc/errors.ts'
import { storiesBehind, updateStoryRow, type ListedStory } from '../store/stories.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { OpenStory } from './open-story.ts'

/** How many saves a list row may be behind, so that another process never sees a story in a state older than that. */
const BEHIND_LIMIT = 64

/**
 * The rows of the library list, which follow the saves of their stories: a save that changes only what typing changes
 * (the words, the time, the place in the list) does not update its row. The row is written when the story comes to
 * rest, when somebody reads the list, and before any other row is written.
 */
export class ListRows {
  readonly #store: Store
  readonly #find: (id: string) => OpenStory
  /** Stories whose row is behind their journal, ordered by last save. */
  readonly #behind = new Set<string>()

  /** `find` returns the story as last saved, or throws if it cannot be read. */
  constructor(store: Store, find: (id: string) => OpenStory) {
    this.#store = store
    this.#find = find
  }

  areBehind(id: string): boolean {
    return this.#behind.has(id)
  }

  /** Records that a save of the story did not update its row. */
  fellBehind(id: string): void {
    this.#behind.delete(id)
    this.#behind.add(id)
  }

  /**
   * Runs `body` in a transaction that also writes the row of `story`, or of several. Rows that are behind are written
   * first, because what was typed before this change belongs below it in the list.
   */
  write<T>(name: string, story: OpenStory | readonly OpenStory[] | null, body: (db: WritableDb) => T): T {
    const changed = story === null ? [] : story instanceof OpenStory ? [story] : story
    const ids = new Set(changed.map(({ id }) => id))
    // Read before the transaction begins: a story that cannot be read may cost the connection.
    const listed = [...this.#behind].flatMap((id) => (ids.has(id) ? [] : (this.#readable(id) ?? [])))
    listed.push(...changed)
    const result = this.#store.write(name, (db) => {
      for (const open of listed) updateStoryRow(db, open.seq, open.toListed())
      return body(db)
    })
    for (const open of listed) open.listed = open.toListed()
    this.#behind.clear()
    return result
  }

  /** Runs `body` in a transaction in which every row is up to date. */
  inStep<T>(name: string, body: (db: WritableDb) => T): T {
    return this.write(name, null, body)
  }

  /**
   * Updates all rows that are behind: before anybody reads the list, and when a story comes to rest. If the disk
   * refuses, the next caller tries again; the saves themselves are in the journal.
   */
  catchUp(): void {
    if (this.#behind.size === 0) return
    try {
      this.inStep('list rows', () => undefined)
    } catch (error) {
      if (!(error instanceof GalleyError)) throw error
    }
  }

  /** The same for what a killed run left behind; called before the list is first read. */
  catchUpAfterKill(): void {
    for (const { id } of this.#store.read(storiesBehind)) {
      this.#behind.add(id)
      this.catchUp()
    }
  }

  /** A story that cannot be read reports that when it is opened; it must not make the save of another one fail. */
  #readable(id: string): OpenStory | null {
    try {
      return this.#find(id)
    } catch (error) {
      if (error instanceof GalleyError && (error.code === 'storage_failed' || error.code === 'storage_full'))
        throw error
      return null
    }
  }
}

/**
 * True if the story differs from its row only in what typing changes, so that the same filters still match it, and the
 * row is not too many saves behind.
 */
export function mayFollow(listed: ListedStory | null, now: ListedStory): boolean {
  return (
    listed !== null &&
    now.revision - listed.revision < BEHIND_LIMIT &&
    listed.status === now.status &&
    listed.headline === now.headline &&
    listed.slugline === now.slugline &&
    listed.section === now.section &&
    listed.byline === now.byline &&
    listed.authors === now.authors &&
    listed.language === now.language &&
    listed.direction === now.direction &&
    listed.leadMediaId === now.leadMediaId &&
    listed.createdAt === now.createdAt &&
    listed.releaseAt === now.releaseAt
  )
}
