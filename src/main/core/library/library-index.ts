import type { Clock } from '../../../shared/lib/clock.ts'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { EventData } from '../../../shared/rpc/define.ts'
import type { Events } from '../events.ts'
import { indexStories, unindexedStories } from '../store/search.ts'
import type { ListRows } from '../stories/list-rows.ts'

export interface LibraryIndexOptions {
  readonly clock: Clock
  readonly events: Events
  /** The index is built from the list's rows, so these are brought up to date in the same transaction. */
  readonly rows: Pick<ListRows, 'inStep'>
  readonly log: (line: string) => void
}

/** A story that has not changed for this long is at rest, in milliseconds. */
const REST = 1000
/** Longest run of indexing before others get their turn, in milliseconds; one very long story may take longer. */
const SLICE = 5
/** Pause between two slices, so that a waiting save goes first. */
const PAUSE = 5
/** Words of a story that takes longer than a slice to index. */
const LONG = 3000
const RETRY = 30_000
/** How long closing the library spends on stories still waiting; the rest is done at the next start. */
const LAST_SLICE = 150

/**
 * Keeps search in step with the stories, in small slices when there is nothing better to do: a story is indexed when it
 * comes to rest, never while somebody types in it, and whatever a crash left unindexed at the next start.
 */
export class LibraryIndex {
  readonly #options: LibraryIndexOptions
  readonly #restless = new Map<string, () => void>()
  #cancelSlice: (() => void) | null = null
  #unsubscribe: (() => void) | null = null

  constructor(options: LibraryIndexOptions) {
    this.#options = options
  }

  start(): void {
    this.#unsubscribe ??= this.#options.events.subscribe(({ event, data }) => {
      if (event === 'storyChanged') this.#changed((data as EventData<Contract, 'storyChanged'>).summary.id)
      else if (event === 'libraryChanged') this.#plan(PAUSE)
    })
    this.#plan(PAUSE)
  }

  /** Nobody is typing in the story any more: it was closed or settled. */
  atRest(id: string): void {
    this.#restless.get(id)?.()
    this.#restless.delete(id)
    this.#plan(PAUSE)
  }

  /**
   * Called before a search, so that what was created or typed a moment ago is found too if that costs almost nothing. A
   * long story that is being typed in waits until it is at rest.
   */
  catchUp(): void {
    if (this.#unsubscribe) this.#slice(SLICE, ({ id, words }) => words > LONG && this.#restless.has(id))
  }

  /**
   * Indexes what is waiting, within a short time limit, and stops. Writes nothing if it never started, as in a library
   * opened read-only.
   */
  close(): void {
    if (!this.#unsubscribe) return
    this.#unsubscribe()
    this.#unsubscribe = null
    for (const cancel of this.#restless.values()) cancel()
    this.#restless.clear()
    this.#cancelSlice?.()
    this.#cancelSlice = null
    this.#slice(LAST_SLICE, () => false)
  }

  #changed(id: string): void {
    this.#restless.get(id)?.()
    this.#restless.set(
      id,
      this.#options.clock.after(REST, () => {
        this.#restless.delete(id)
        this.#plan(0)
      })
    )
  }

  #plan(wait: number): void {
    if (!this.#unsubscribe || this.#cancelSlice) return
    this.#cancelSlice = this.#options.clock.after(wait, () => {
      this.#cancelSlice = null
      const result = this.#slice(SLICE, ({ id }) => this.#restless.has(id))
      if (result === 'more') this.#plan(PAUSE)
      else if (result === 'failed') this.#plan(RETRY)
    })
  }

  #slice(budget: number, leaveOut: (story: { id: string; words: number }) => boolean): 'done' | 'more' | 'failed' {
    const { rows, log } = this.#options
    const end = performance.now() + budget
    try {
      return rows.inStep('index stories', (db) => {
        const waiting = unindexedStories(db, 64, leaveOut)
        const indexed = waiting.length === 0 ? 0 : indexStories(db, waiting, () => performance.now() >= end)
        return indexed < waiting.length || waiting.length === 64 ? 'more' : 'done'
      })
    } catch (error) {
      log(`indexing stopped for ${RETRY / 1000} seconds: ${error instanceof Error ? error.message : 'unknown'}`)
      return 'failed'
    }
  }
}
