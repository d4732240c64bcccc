import type { LibraryFilter, LibrarySort } from '../../../shared/contract/library.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import type { Api } from '../../api/api.tsx'
import { createStore, type Readable } from '../../api/store.ts'

export interface ListQuery {
  readonly filter: LibraryFilter
  readonly sort: LibrarySort
}

export interface ListView {
  /** The total number of rows; null before the first reply. */
  readonly total: number | null
  /** Increases with every change in what `rowAt` returns. */
  readonly version: number
  readonly failed: boolean
}

/** In milliseconds. */
const FRAME = 20
/** In ms, after the last of several saves; the saves of somebody typing come closer together. */
const PAUSE = 600
const LONGEST = 3000
const BLOCK = 100
/** Blocks kept: 4,000 rows around where the person is. Older ones are dropped and fetched again when needed. */
const KEPT = 40

interface Block {
  rows: readonly StorySummary[]
  next: string | null
  /** The round in which it was requested; stale once there is a later round. */
  readonly round: number
  used: number
}

/**
 * The library as a list of any length, of which only the part being looked at is held. Rows are fetched a hundred at a
 * time; a stale block stays in view until its replacement arrives.
 */
export class StoryList {
  readonly view: Readable<ListView>
  readonly #view = createStore<ListView>({ total: null, version: 0, failed: false })
  readonly #api: Api
  readonly #blocks = new Map<number, Block>()
  readonly #asking = new Map<number, AbortController>()
  #query: ListQuery
  #wanted: readonly [number, number] = [-1, -1]
  #uses = 0
  /** Increases whenever what is held or requested may be out of date. */
  #round = 0
  #total: number | null = null
  #soon: ReturnType<typeof setTimeout> | null = null
  /** Since when a change of only the word count has gone unreported. */
  #untold = 0
  #told = -Infinity
  #tellAgain: ReturnType<typeof setTimeout> | null = null
  #refresh: ReturnType<typeof setTimeout> | null = null

  constructor(api: Api, query: ListQuery) {
    this.#api = api
    this.#query = query
    this.view = this.#view
  }

  setQuery(query: ListQuery): void {
    if (query.sort === this.#query.sort && JSON.stringify(query.filter) === JSON.stringify(this.#query.filter)) return
    this.#query = query
    this.#dropRequests()
    this.#blocks.clear()
    this.#wanted = [0, 0]
    this.#want()
  }

  rowAt(index: number): StorySummary | undefined {
    return this.#blocks.get(Math.floor(index / BLOCK))?.rows[index % BLOCK]
  }

  /** A story's row, if it is held; otherwise -1. */
  indexOf(id: string): number {
    for (const [number, block] of this.#blocks) {
      const at = block.rows.findIndex((row) => row.id === id)
      if (at >= 0) return number * BLOCK + at
    }
    return -1
  }

  /** The stories between two rows if all of them are held; otherwise null. */
  heldBetween(from: number, to: number): string[] | null {
    const ids: string[] = []
    for (let index = from; index <= to; index++) {
      const row = this.rowAt(index)
      if (!row) return null
      ids.push(row.id)
    }
    return ids
  }

  /** The rows on screen, and a few more. Fetches what is missing. */
  look(from: number, to: number): void {
    const first = Math.floor(Math.max(0, from) / BLOCK)
    const last = Math.floor(Math.max(0, to) / BLOCK)
    if (first === this.#wanted[0] && last === this.#wanted[1]) return
    this.#wanted = [first, last]
    this.#want()
  }

  /** One story changed. Its row is updated at once; if it now belongs elsewhere, what is in view is fetched again. */
  changed(summary: StorySummary): void {
    const at = this.indexOf(summary.id)
    const old = at < 0 ? undefined : this.rowAt(at)
    if (old) this.#put(at, summary)
    if (!old || !this.#staysAt(at, old, summary)) this.reload()
    else if (old.headline !== summary.headline || old.status !== summary.status || old.section !== summary.section)
      this.#tellOnce()
    else this.#tellAtRest()
  }

  /** Fetches what is in view again, at most every 120 ms. */
  reload(): void {
    this.#round++
    this.#wantSoon()
  }

  /** Fetches nothing until it is looked at again; everything held is then stale. */
  close(): void {
    if (this.#refresh) clearTimeout(this.#refresh)
    if (this.#soon) clearTimeout(this.#soon)
    if (this.#tellAgain) clearTimeout(this.#tellAgain)
    this.#refresh = this.#soon = this.#tellAgain = null
    this.#round++
    this.#wanted = [-1, -1]
    this.#dropRequests()
  }

  #staysAt(at: number, old: StorySummary, now: StorySummary): boolean {
    const { statuses } = this.#query.filter
    const shown = statuses ? statuses.includes(now.status) : now.status !== 'trashed'
    if (!shown) return false
    const { section, language, author, createdFrom } = this.#query.filter
    if (section !== undefined && now.section !== section) return false
    if (language !== undefined && now.language !== language) return false
    if (author !== undefined && now.byline !== old.byline) return false
    if (createdFrom !== undefined && now.createdAt < createdFrom) return false
    switch (this.#query.sort) {
      case 'changed':
        return at === 0
      case 'created':
        return old.createdAt === now.createdAt
      case 'headline':
        return old.headline === now.headline
      case 'words':
        return old.words === now.words
    }
  }

  #put(at: number, summary: StorySummary): void {
    const block = this.#blocks.get(Math.floor(at / BLOCK))
    if (block) block.rows = block.rows.with(at % BLOCK, summary)
  }

  #want(): void {
    const [first, last] = this.#wanted
    for (const [number, request] of this.#asking)
      if (number < first || number > last) {
        request.abort()
        this.#asking.delete(number)
      }
    for (let number = Math.max(0, first); number <= last; number++) {
      const block = this.#blocks.get(number)
      if (block) block.used = ++this.#uses
      if ((!block || this.#isStale(block)) && !this.#asking.has(number)) void this.#ask(number)
    }
  }

  #wantSoon(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = null
      this.#want()
    }, 120)
  }

  async #ask(number: number): Promise<void> {
    const abort = new AbortController()
    this.#asking.set(number, abort)
    const before = this.#blocks.get(number - 1)
    const query = this.#query
    const round = this.#round
    const start = before?.next && !this.#isStale(before) ? { after: before.next } : { offset: number * BLOCK }
    try {
      const page = await this.#api.call.library.page(
        { filter: query.filter, sort: query.sort, descending: query.sort !== 'headline', start, limit: BLOCK },
        abort.signal
      )
      if (abort.signal.aborted || query !== this.#query) return
      this.#blocks.set(number, { rows: this.#noneOlder(number, page.rows), next: page.next, round, used: ++this.#uses })
      if (round !== this.#round) this.#wantSoon()
      this.#total = page.total
      this.#letGo()
      this.#tell()
    } catch {
      if (!abort.signal.aborted) this.#view.set({ ...this.#view.get(), failed: true })
    } finally {
      if (this.#asking.get(number) === abort) this.#asking.delete(number)
    }
  }

  /** A reply may be older than an event about the same story received while it was on its way. */
  #noneOlder(number: number, rows: readonly StorySummary[]): readonly StorySummary[] {
    const held = new Map(this.#blocks.get(number)?.rows.map((row) => [row.id, row]))
    return rows.map((row) => {
      const known = held.get(row.id)
      return known && known.revision > row.revision ? known : row
    })
  }

  #isStale(block: Block): boolean {
    return block.round !== this.#round
  }

  #letGo(): void {
    if (this.#blocks.size <= KEPT) return
    const oldest = [...this.#blocks].sort((a, b) => a[1].used - b[1].used).slice(0, this.#blocks.size - KEPT)
    for (const [number] of oldest) this.#blocks.delete(number)
  }

  #dropRequests(): void {
    for (const request of this.#asking.values()) request.abort()
    this.#asking.clear()
  }

  /** Reports at once, and then at most once per frame: many stories may change in one go. */
  #tellOnce(): void {
    if (this.#tellAgain) return
    if (performance.now() - this.#told > FRAME) {
      this.#told = performance.now()
      this.#tell()
    } else
      this.#tellAgain = setTimeout(() => {
        this.#tellAgain = null
        this.#tellOnce()
      }, FRAME)
  }

  /** Somebody is typing: the word count is updated when they pause, and now and then while they do not. */
  #tellAtRest(): void {
    const now = performance.now()
    if (this.#soon) clearTimeout(this.#soon)
    else this.#untold = now
    this.#soon = setTimeout(
      () => {
        this.#soon = null
        this.#tell()
      },
      Math.min(PAUSE, Math.max(0, this.#untold + LONGEST - now))
    )
  }

  #tell(): void {
    this.#view.set({ total: this.#total, version: this.#view.get().version + 1, failed: false })
  }
}
