import { GalleyError } from '../../../shared/rpc/errors.ts'
import { storiesBehind, updateStoryRow, type ListedStory } from '../store/stories.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { OpenStory } from './open-story.ts'

/**
 * Saves that the row of the list may be behind: what another process sees of a story that is typed in is never older
 * than that.
 */
const BEHIND_LIMIT = 64

/**
 * The rows of the library list, which follow the saves of their stories: one that moves only what typing moves (the
 * words, the time, the place in the list) leaves its row behind. The row is written when the story comes to rest, when
 * somebody looks, and before any other row is.
 */
export class ListRows {
  readonly #store: Store
  readonly #find: (id: string) => OpenStory
  /** Stories whose row is behind their journal, in the order of their last saves. */
  readonly #behind = new Set<string>()

  /** `find` returns the story as it was last saved, or throws when it cannot be read. */
  constructor(store: Store, find: (id: string) => OpenStory) {
    this.#store = store
    this.#find = find
  }

  areBehind(id: string): boolean {
    return this.#behind.has(id)
  }

  /** A save of the story left its row as it was. */
  fellBehind(id: string): void {
    this.#behind.delete(id)
    this.#behind.add(id)
  }

  /**
   * A transaction that writes the row of `story`, or of several, and whatever goes with it. Rows that are behind are
   * written first: what was typed before this change is below it in the list.
   */
  write<T>(name: string, story: OpenStory | readonly OpenStory[] | null, body: (db: WritableDb) => T): T {
    const changed = story === null ? [] : story instanceof OpenStory ? [story] : story
    const ids = new Set(changed.map(({ id }) => id))
    // Read before the transaction begins: what cannot be read may cost the connection.
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

  /** A transaction that finds the rows in step with what has been typed. */
  inStep<T>(name: string, body: (db: WritableDb) => T): T {
    return this.write(name, null, body)
  }

  /**
   * Brings the rows in step with what has been typed: before anybody reads the list, and when a story comes to rest.
   * What the disk refuses now is tried again by whoever asks next; the saves themselves are in the journal.
   */
  catchUp(): void {
    if (this.#behind.size === 0) return
    try {
      this.inStep('list rows', () => undefined)
    } catch (error) {
      if (!(error instanceof GalleyError)) throw error
    }
  }

  /** The same for what a run that was killed left behind; before the list is first read. */
  catchUpAfterKill(): void {
    for (const { id } of this.#store.read(storiesBehind)) {
      this.#behind.add(id)
      this.catchUp()
    }
  }

  /** A story that cannot be read says so to whoever opens it, and is no reason to refuse a save of another one. */
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
 * The story differs from its row by nothing but what typing moves, so that it is still in every filter it was in, and
 * not by too many saves.
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
