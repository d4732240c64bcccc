import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import type { LibraryFilter, LibrarySort } from '../../src/shared/contract/library.ts'
import { openCore, type OpenCore } from '../lib/core.ts'
import { bigLibrary } from '../lib/library.ts'
import type { Options } from '../lib/options.ts'
import type { Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch } from '../lib/scratch.ts'
import { median, quantile } from '../lib/stats.ts'
import { timed, timedTask } from '../lib/timing.ts'
import { createRandom } from '../text/random.ts'
import { openBareReader } from './bare.ts'
import { BareSearch } from './bare-search.ts'
import { BareWorker } from './bare-worker.ts'
import { must } from './commits.ts'
import { nextPage, type BareRow } from './bare-pages.ts'

const PAGE = 50
/** The story that is saved while somebody searches; made once, in the trash of no list that is timed. */
const SAVED_STORY = '0198d000-0000-7000-8000-0000000be9c4'

interface List {
  readonly sort: LibrarySort
  readonly descending: boolean
  readonly filter: LibraryFilter
}

/** A big library: its lists, its search, its stories, each beside the same rows asked of SQLite alone. */
export class Library {
  readonly #options: Options
  #folder = ''
  #open: OpenCore | null = null
  #bare: BetterSqlite3.Database | null = null
  #search: BareSearch | null = null
  #worker: BareWorker | null = null
  #sections: readonly string[] = []

  constructor(options: Options) {
    this.#options = options
  }

  steps(): Step[] {
    const { reps, stories } = this.#options
    const steps: Step[] = [
      {
        label: `store · open ${stories.toLocaleString('en')} stories`,
        seconds: 5,
        limit: 900,
        run: () => this.#prepare()
      }
    ]
    for (let rep = 0; rep < reps; rep++) {
      steps.push(
        { label: `store · open the library · ${rep + 1}`, seconds: 3, run: () => this.#opening(rep) },
        { label: `store · pages of lists · ${rep + 1}`, seconds: 6, limit: 120, run: () => this.#pages(rep) },
        { label: `store · search · ${rep + 1}`, seconds: 8, limit: 180, run: () => this.#searches(rep) },
        { label: `store · open stories · ${rep + 1}`, seconds: 2, run: () => this.#stories(rep) },
        { label: `store · save beside a search · ${rep + 1}`, seconds: 12, limit: 120, run: () => this.#saving(rep) }
      )
    }
    return steps
  }

  async close(): Promise<void> {
    await this.#open?.close()
    this.#bare?.close()
    this.#search?.close()
    await this.#worker?.close()
  }

  async #prepare(): Promise<Measurement[]> {
    this.#folder = bigLibrary(this.#options.stories, this.#options.seed)
    this.#open = await openCore(this.#folder, this.#folder)
    this.#sections = (await this.#open.call.library.counts({})).sections.slice(0, 1)
    this.#bare = openBareReader(this.#folder)
    this.#search = BareSearch.open(this.#folder, this.#bare)
    this.#worker = new BareWorker(this.#folder)
    // Both files are read once: after the minutes of another part the system may have let go of one and not of the
    // other.
    for (const name of ['galley.db', 'bare-search.db'])
      for await (const piece of createReadStream(join(this.#folder, name), { highWaterMark: 1 << 20 })) void piece
    return []
  }

  /** Opening the core on it and its first page, beside an empty library. */
  async #opening(rep: number): Promise<Measurement[]> {
    const empty = makeScratch('empty')
    const found: Measurement[] = []
    try {
      await (await openCore(empty.folder, empty.folder)).close()
      await this.#open?.close()
      for (const [size, folder] of [
        [0, empty.folder],
        [this.#options.stories, this.#folder],
        [0, empty.folder],
        [this.#options.stories, this.#folder]
      ] as const) {
        let opened: OpenCore | null = null
        const open = await timed(async () => {
          opened = await openCore(folder, folder)
        })
        const core = must(opened as OpenCore | null)
        const firstPage = await timed(() =>
          core.call.library.page({ filter: {}, sort: 'changed', descending: true, limit: PAGE })
        )
        found.push({
          bench: 'store',
          task: 'open the library',
          subject: 'galley',
          size,
          rep,
          values: { open, firstPage, together: open + firstPage }
        })
        await core.close()
      }
    } finally {
      empty.remove()
      this.#open = await openCore(this.#folder, this.#folder)
    }
    return found
  }

  /**
   * First pages and pages far down, by every sort, unfiltered and filtered; each against the same rows by one
   * statement.
   */
  async #pages(rep: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const bare = must(this.#bare)
    const worker = must(this.#worker)
    const found: Measurement[] = []
    const filters: [string, LibraryFilter][] = [
      ['all', {}],
      ['drafts', { statuses: ['draft'] }],
      ...this.#sections.map((section): [string, LibraryFilter] => ['one section', { section }])
    ]
    for (const sort of ['changed', 'created', 'headline', 'words'] as const) {
      for (const [name, filter] of filters) {
        const times = { galley: [] as number[], bare: [] as number[], 'bare in a worker': [] as number[] }
        let differing = 0
        for (const descending of [true, false]) {
          const list: List = { sort, descending, filter }
          const { total } = await call.library.page({ ...list, limit: 1 })
          for (const offset of [0, Math.floor(total / 2), Math.floor(total * 0.95)]) {
            let page = await call.library.page({ ...list, limit: PAGE, start: { offset } })
            for (let turn = -2; turn < 10 && page.next !== null; turn++) {
              const from = must(page.rows.at(-1) ?? null).id
              const after = page.next
              let rows: BareRow[] = []
              const statement = nextPage(bare, list, from)
              // The first pages of a place follow a jump there through another thread: what is measured is going on
              // from it, as scrolling does.
              const record = (to: number[], ms: number): void => {
                if (turn >= 0) to.push(ms)
              }
              const galley = async (): Promise<void> => {
                record(
                  times.galley,
                  await timed(async () => {
                    page = await call.library.page({ ...list, limit: PAGE, start: { after } })
                  })
                )
              }
              const floor = async (): Promise<void> => {
                record(
                  times.bare,
                  await timedTask(() => {
                    rows = statement.all()
                  })
                )
              }
              // Who asks second finds the rows in the processor's caches: each is first in turn.
              for (const ask of turn % 2 === 0 ? [galley, floor] : [floor, galley]) await ask()
              record(times['bare in a worker'], await timed(() => worker.ask({ kind: 'page', list, from })))
              if (rows.map(({ id }) => id).join() !== page.rows.map(({ id }) => id).join()) differing += 1
            }
          }
        }
        for (const subject of ['galley', 'bare', 'bare in a worker'] as const) {
          found.push({
            bench: 'store',
            task: `page: ${sort}, ${name}`,
            subject,
            size: this.#options.stories,
            rep,
            values: {
              p50: quantile(times[subject], 0.5),
              p95: quantile(times[subject], 0.95),
              max: quantile(times[subject], 1)
            },
            ...(differing > 0 &&
              subject === 'galley' && {
                note: `${differing} of ${times.galley.length} pages held other rows than the bare query`
              })
          })
        }
      }
    }
    const random = createRandom(rep)
    const jumps: number[] = []
    const { total } = await call.library.page({ filter: {}, sort: 'changed', descending: true, limit: 1 })
    for (let turn = 0; turn < 40; turn++) {
      jumps.push(
        await timed(() =>
          call.library.page({
            filter: {},
            sort: 'changed',
            descending: true,
            limit: PAGE,
            start: { offset: random.below(Math.max(1, total - PAGE)) }
          })
        )
      )
    }
    found.push({
      bench: 'store',
      task: 'page by row number',
      subject: 'galley',
      size: this.#options.stories,
      rep,
      values: { p50: quantile(jumps, 0.5), p95: quantile(jumps, 0.95), max: quantile(jumps, 1) }
    })
    return [...found, ...(await this.#filters(rep))]
  }

  /** What a person waits for who narrows the list: the counts of every choice, and the first page of what is left. */
  async #filters(rep: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const since = ['2024-01-01T00:00:00.000Z', '2023-01-01T00:00:00.000Z']
    const [author] = (await call.library.facets({ filter: {}, since })).authors
    const filters: [string, LibraryFilter][] = [
      ['nothing', {}],
      ['one author', { author: author?.value ?? '' }],
      ['one year', { createdFrom: '2023-01-01T00:00:00.000Z', createdTo: '2024-01-01T00:00:00.000Z' }],
      ['one author in one year', { author: author?.value ?? '', createdFrom: '2023-01-01T00:00:00.000Z' }]
    ]
    const found: Measurement[] = []
    for (const [name, filter] of filters) {
      const asks: [string, () => Promise<unknown>][] = [
        ['filter counts', () => call.library.facets({ filter, since })],
        ['first page', () => call.library.page({ filter, sort: 'changed', descending: true, limit: PAGE })]
      ]
      for (const [what, ask] of asks) {
        const times: number[] = []
        for (let turn = -2; turn < 10; turn++) {
          const ms = await timed(ask)
          if (turn >= 0) times.push(ms)
        }
        found.push({
          bench: 'store',
          task: `${what}: ${name}`,
          subject: 'galley',
          size: this.#options.stories,
          rep,
          values: { p50: quantile(times, 0.5), p95: quantile(times, 0.95), max: quantile(times, 1) }
        })
      }
    }
    return found
  }

  /**
   * Words typed letter by letter, newest first; then whole words by rank. Beside it: the same 50 rows of an FTS5 table
   * with its own highlights.
   */
  async #searches(rep: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const bare = must(this.#search)
    const worker = must(this.#worker)
    const words = bare.words()
    const typed = words.flatMap((word) =>
      Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(0, at + 2))
    )
    const found: Measurement[] = []
    const compare = async (task: string, texts: readonly string[], order: 'newest' | 'best'): Promise<void> => {
      const times = { galley: [] as number[], bare: [] as number[], 'bare in a worker': [] as number[] }
      let hits = 0
      let bareHits = 0
      for (const text of texts) {
        times.galley.push(
          await timed(async () => {
            hits += (await call.library.search({ text, filter: {}, order, limit: PAGE })).hits.length
          })
        )
        times.bare.push(
          await timedTask(() => {
            bareHits += bare.find(text, order, PAGE).length
          })
        )
        times['bare in a worker'].push(await timed(() => worker.ask({ kind: 'search', text, order, limit: PAGE })))
      }
      for (const subject of ['galley', 'bare', 'bare in a worker'] as const) {
        found.push({
          bench: 'store',
          task,
          subject,
          size: this.#options.stories,
          rep,
          values: {
            p50: quantile(times[subject], 0.5),
            p95: quantile(times[subject], 0.95),
            max: quantile(times[subject], 1)
          },
          ...(subject === 'galley' &&
            hits !== bareHits && { note: `${hits} rows found, ${bareHits} by the bare query` })
        })
      }
    }
    const first = await timed(() =>
      call.library.search({ text: words[0] ?? '', filter: {}, order: 'newest', limit: PAGE })
    )
    found.push({
      bench: 'store',
      task: 'the first search after opening',
      subject: 'galley',
      size: this.#options.stories,
      rep,
      values: { ms: first }
    })
    // Each order of the product's has a worker of its own: both are as warm as the one connection that the bare queries
    // share.
    for (const order of ['newest', 'best'] as const) {
      for (const word of words) {
        await call.library.search({ text: word, filter: {}, order, limit: PAGE })
        bare.find(word, order, PAGE)
        await worker.ask({ kind: 'search', text: word, order, limit: PAGE })
      }
    }
    await compare('search: as typed, newest first', typed, 'newest')
    await compare(
      'search: whole words, best first',
      words.flatMap((word, at) => [`${word} `, `${word} ${words[(at + 1) % words.length] ?? ''} `]),
      'best'
    )
    return found
  }

  async #stories(rep: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const bare = must(this.#bare)
    const read = bare.prepare<[string], { fields: string; body: string }>(
      'SELECT fields, body FROM article_content WHERE seq = (SELECT seq FROM articles WHERE id = ?)'
    )
    const ids = bare.prepare<[number], string>('SELECT id FROM articles WHERE seq % 997 = ? LIMIT 60').pluck().all(rep)
    const times: number[] = []
    const floor: number[] = []
    for (const id of ids) {
      times.push(await timed(() => call.stories.get({ id })))
      floor.push(
        await timedTask(() => {
          const row = read.get(id)
          return row && [JSON.parse(row.fields), JSON.parse(row.body)]
        })
      )
    }
    return (
      [
        ['galley', times],
        ['bare', floor]
      ] as const
    ).map(([subject, numbers]) => ({
      bench: 'store',
      task: 'open a story',
      subject,
      size: this.#options.stories,
      rep,
      values: { p50: quantile(numbers, 0.5), p95: quantile(numbers, 0.95), max: quantile(numbers, 1) }
    }))
  }

  /** Autosaves of one story, in quiet and while the most expensive search runs again and again. */
  async #saving(rep: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const word = must(this.#search).words().at(-1) ?? 'the'
    let revision = await call.stories.get({ id: SAVED_STORY }).then(
      (story) => story.revision,
      () => 0
    )
    if (revision === 0)
      revision = (
        await call.stories.create({
          id: SAVED_STORY,
          fields: { headline: 'Saved by the bench' },
          body: { version: 1, blocks: [{ id: 'one', type: 'paragraph', runs: [] }] }
        })
      ).revision
    const save = async (times: number[]): Promise<void> => {
      for (let turn = 0; turn < 20; turn++) {
        const patch = [
          {
            op: 'replace' as const,
            block: { id: 'one', type: 'paragraph' as const, runs: [{ text: `Save ${turn} of ${rep}` }] }
          }
        ]
        times.push(
          await timed(async () => {
            revision = (
              await call.stories.patchBody({ id: SAVED_STORY, baseRevision: revision, changeId: randomUUID(), patch })
            ).revision
          })
        )
        await sleep(40)
      }
    }
    const quiet: number[] = []
    const searching: number[] = []
    let loopMax = 0
    const searches: number[] = []
    // In turns: what else the disk has to do meets both.
    for (let round = 0; round < 6; round++) {
      await save(quiet)
      const loop = monitorEventLoopDelay({ resolution: 5 })
      loop.enable()
      let going = true
      const search = (async () => {
        while (going)
          searches.push(
            await timed(() => call.library.search({ text: `${word} `, filter: {}, order: 'best', limit: PAGE }))
          )
      })()
      await save(searching)
      going = false
      await search
      loop.disable()
      loopMax = Math.max(loopMax, loop.max / 1e6)
    }
    const of = (subject: string, numbers: readonly number[], more: Record<string, number>): Measurement => ({
      bench: 'store',
      task: 'save beside a search',
      subject,
      size: this.#options.stories,
      rep,
      values: { p50: quantile(numbers, 0.5), p95: quantile(numbers, 0.95), max: quantile(numbers, 1), ...more }
    })
    return [
      of('quiet', quiet, {}),
      of('searching', searching, { loopMax, searches: searches.length, search: median(searches) })
    ]
  }
}
