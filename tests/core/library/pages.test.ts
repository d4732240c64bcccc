import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headlineKey } from '../../../src/main/core/store/headline-key.ts'
import { getStoryRow, insertStoryRow, updateStoryRow } from '../../../src/main/core/store/stories.ts'
import { readFacets } from '../../../src/main/core/store/library-facets.ts'
import { explainPage, readCounts, readPage, type PageRequest } from '../../../src/main/core/store/library-pages.ts'
import { sql, type WritableDb } from '../../../src/main/core/store/sql.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { statuses, type Status } from '../../../src/shared/story/status.ts'
import type { StorySummary } from '../../../src/shared/story/fields.ts'
import { LibrarySort, type LibraryFilter, type LibraryPage } from '../../../src/shared/contract/library.ts'

const librarySorts = LibrarySort.options
const SECTIONS = ['World', 'Home', 'Sport', '']
const LANGUAGES = ['en', 'ar', 'zh']
const HEADLINES = ['Bridge closes', 'bridge opens', '“Bridge” again', 'Émile', 'Zola', '大橋', 'جسر', '']

const AUTHORS = ['Amal Haddad', 'Per Öberg', 'أمل حداد']
const dayOf = (n: number): string => `2026-01-${String(n + 1).padStart(2, '0')}T12:00:00.000Z`

/** A library of which everything is known twice: on disk, and in this list in order of change. */
class Model {
  readonly rows: { summary: StorySummary; authors: readonly string[]; seq: number; change: number }[] = []
  #change = 0
  #batch: WritableDb | null = null
  readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  /** Many changes in one transaction. */
  all(changes: () => void): void {
    this.store.write('all', (db) => {
      this.#batch = db
      changes()
      this.#batch = null
    })
  }

  #write<T>(body: (db: WritableDb) => T): T {
    return this.#batch ? body(this.#batch) : this.store.write('change', body)
  }

  add(n: number, status: Status): void {
    const summary: StorySummary = {
      id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      headline: HEADLINES[n % HEADLINES.length]!,
      slugline: '',
      section: SECTIONS[n % SECTIONS.length]!,
      byline: '',
      language: LANGUAGES[(n * 7) % LANGUAGES.length]!,
      direction: 'auto',
      status,
      words: (n * 13) % 50,
      leadMediaId: null,
      createdAt: dayOf(n % 10),
      changedAt: '2026-01-01T00:00:00.000Z',
      releaseAt: null,
      revision: 1
    }
    const authors = n % 3 === 0 ? [] : [AUTHORS[n % 3]!, ...(n % 4 === 0 ? [AUTHORS[0]!] : [])]
    const seq = this.#write((db) => insertStoryRow(db, { ...summary, authors: JSON.stringify(authors) }))
    this.rows.push({ summary, authors, seq, change: ++this.#change })
  }

  change(at: number, changes: Partial<StorySummary>, authors = this.rows[at]!.authors): void {
    const row = this.rows[at]!
    row.summary = { ...row.summary, ...changes, revision: row.summary.revision + 1 }
    row.authors = authors
    row.change = ++this.#change
    this.#write((db) => updateStoryRow(db, row.seq, { ...row.summary, authors: JSON.stringify(authors) }))
  }

  remove(at: number): void {
    const [row] = this.rows.splice(at, 1)
    this.#write((db) => db.run(sql`DELETE FROM articles WHERE seq = ${row!.seq}`))
  }

  list({ filter, sort, descending }: Pick<PageRequest, 'filter' | 'sort' | 'descending'>): StorySummary[] {
    const wanted = this.rows.filter(
      ({ summary, authors }) =>
        (filter.author === undefined || authors.includes(filter.author)) &&
        (filter.createdFrom === undefined || summary.createdAt >= filter.createdFrom) &&
        (filter.createdTo === undefined || summary.createdAt < filter.createdTo) &&
        (filter.statuses ? filter.statuses.includes(summary.status) : summary.status !== 'trashed') &&
        (filter.section === undefined || summary.section === filter.section) &&
        (filter.language === undefined || summary.language === filter.language)
    )
    const key = ({ summary, seq, change }: Model['rows'][number]): (string | number)[] =>
      sort === 'changed'
        ? [change]
        : sort === 'created'
          ? [seq]
          : sort === 'words'
            ? [summary.words, seq]
            : [headlineKey(summary.headline), seq]
    const compare = (a: (string | number)[], b: (string | number)[]): number => {
      for (const [at, one] of a.entries()) {
        const other = b[at]!
        // SQLite compares text by its UTF-8 bytes.
        const order =
          typeof one === 'string' ? Buffer.compare(Buffer.from(one), Buffer.from(String(other))) : one - Number(other)
        if (order !== 0) return order
      }
      return 0
    }
    const sorted = wanted.toSorted((a, b) => compare(key(a), key(b))).map(({ summary }) => summary)
    return descending ? sorted.reverse() : sorted
  }
}

const arbitraryFilter = fc.record({
  statuses: fc.option(fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1 }), { nil: undefined }),
  section: fc.option(fc.constantFrom(...SECTIONS, 'Nowhere'), { nil: undefined }),
  language: fc.option(fc.constantFrom(...LANGUAGES), { nil: undefined }),
  author: fc.option(fc.constantFrom(...AUTHORS, 'Nobody'), { nil: undefined }),
  createdFrom: fc.option(fc.nat(10).map(dayOf), { nil: undefined }),
  createdTo: fc.option(fc.nat(10).map(dayOf), { nil: undefined })
})
const arbitraryList = fc.record({
  filter: arbitraryFilter,
  sort: fc.constantFrom(...librarySorts),
  descending: fc.boolean()
})

describe('pages of the library list', () => {
  let folder: string
  let model: Model

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-pages-'))
    model = new Model(Store.open(folder))
    model.all(() => {
      for (let n = 0; n < 300; n++) model.add(n, n % 5 === 0 ? statuses[(n / 5) % statuses.length]! : 'published')
      for (let n = 0; n < 120; n++)
        model.change(
          (n * 37) % 300,
          n % 3 === 0
            ? { status: statuses[n % statuses.length]! }
            : n % 3 === 1
              ? { words: n }
              : { section: 'Sport', headline: 'Zola' },
          n % 5 === 0 ? [AUTHORS[n % 2]!] : undefined
        )
      for (let n = 0; n < 20; n++) model.remove(n * 5)
    })
  })
  afterAll(async () => {
    model.store.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('walks through any list by key, every story once and in order', () => {
    fc.assert(
      fc.property(arbitraryList, fc.integer({ min: 1, max: 60 }), (list, limit) => {
        const expected = model.list(list)
        const seen: StorySummary[] = []
        let next: string | null = null
        do {
          const start: PageRequest['start'] = next === null ? undefined : { after: next }
          const page: LibraryPage = model.store.read((db) => readPage(db, { ...list, limit, start }))
          expect(page.total).toBe(expected.length)
          seen.push(...page.rows)
          next = page.next
        } while (next !== null)
        expect(seen).toEqual(expected)
      }),
      { numRuns: 150 }
    )
  })

  it('counts what each further choice of a filter would leave', () => {
    const moments = [dayOf(0), dayOf(5), dayOf(20)]
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        const facets = model.store.read((db) => readFacets(db, { filter, since: moments }))
        const count = (choice: Partial<LibraryFilter>): number =>
          model.list({ filter: { ...filter, ...choice }, sort: 'changed', descending: true }).length
        const counts = (values: readonly string[], choice: (value: string) => Partial<LibraryFilter>): object =>
          Object.fromEntries(values.map((value) => [value, count(choice(value))]).filter(([, n]) => n !== 0))
        const told = (found: readonly { value: string; stories: number }[]): object =>
          Object.fromEntries(found.map(({ value, stories }) => [value, stories]))
        const sections = SECTIONS.filter((section) => section !== '')
        expect(told(facets.sections)).toEqual(counts(sections, (section) => ({ section })))
        expect(told(facets.languages)).toEqual(counts(LANGUAGES, (language) => ({ language })))
        expect(told(facets.authors)).toEqual(counts(AUTHORS, (author) => ({ author })))
        expect(facets.statuses).toEqual(counts(statuses, (status) => ({ statuses: [status as Status] })))
        expect(facets.since).toEqual(moments.map((createdFrom) => count({ createdFrom, createdTo: undefined })))
      }),
      { numRuns: 150 }
    )
  })

  it('jumps to any row, from whichever end is nearer, and goes on from there by key', () => {
    fc.assert(
      fc.property(
        arbitraryList,
        fc.integer({ min: 0, max: 320 }),
        fc.integer({ min: 1, max: 60 }),
        (list, offset, limit) => {
          const expected = model.list(list)
          const page = model.store.read((db) => readPage(db, { ...list, limit, start: { offset } }))
          expect(page.rows).toEqual(expected.slice(offset, offset + limit))
          const following =
            page.next === null
              ? []
              : model.store.read((db) => readPage(db, { ...list, limit, start: { after: page.next! } })).rows
          expect(following).toEqual(offset < expected.length ? expected.slice(offset + limit, offset + 2 * limit) : [])
        }
      ),
      { numRuns: 300 }
    )
  })

  it('walks through hundreds of stories that the order cannot tell apart', async () => {
    const other = await mkdtemp(join(tmpdir(), 'galley-pages-'))
    const alike = new Model(Store.open(other))
    try {
      alike.all(() => {
        for (let n = 0; n < 900; n++) alike.add(n, 'draft')
        for (let n = 100; n < 800; n++) alike.change(n, { headline: 'Alike', words: 1000 })
      })
      for (const sort of ['headline', 'words'] as const) {
        for (const descending of [true, false]) {
          for (const offset of [0, 30, 150]) {
            const seen: StorySummary[] = []
            let start: PageRequest['start'] = { offset }
            while (start) {
              const { rows, next }: LibraryPage = alike.store.read((db) =>
                readPage(db, { filter: {}, sort, descending, limit: 50, start })
              )
              seen.push(...rows)
              start = next === null ? undefined : { after: next }
            }
            expect(seen).toEqual(alike.list({ filter: {}, sort, descending }).slice(offset))
          }
        }
      }
    } finally {
      alike.store.close()
      await rm(other, { recursive: true, force: true })
    }
  })

  it('counts anew after a change, made here or on another connection', () => {
    const reader = Store.read(folder, 'beside')
    const total = (store: Store): number =>
      store.read((db) => readPage(db, { filter: { section: 'Counted' }, sort: 'changed', descending: true, limit: 5 }))
        .total
    expect([total(model.store), total(reader)]).toEqual([0, 0])
    model.change(3, { section: 'Counted' })
    expect([total(model.store), total(reader)]).toEqual([1, 1])
    model.change(3, { section: 'World' })
    expect([total(model.store), total(reader)]).toEqual([0, 0])
    reader.close()
  })

  it('keeps its place when stories move while it is read', () => {
    const list = { filter: {}, sort: 'changed' as const, descending: true, limit: 10 }
    const first = model.store.read((db) => readPage(db, list))
    const before = model.list(list)
    model.change(
      model.rows.findIndex(({ summary }) => summary.id === before[40]!.id),
      { words: 3 }
    )
    const second = model.store.read((db) => readPage(db, { ...list, start: { after: first.next! } }))
    expect(second.rows.map(({ id }) => id)).toEqual(before.slice(10, 20).map(({ id }) => id))
  })

  it('refuses a cursor of another list', () => {
    const { next } = model.store.read((db) => readPage(db, { filter: {}, sort: 'words', descending: true, limit: 5 }))
    for (const after of [next!, 'nonsense', '', '["changed",true,{},1,null]']) {
      expect(() =>
        model.store.read((db) =>
          readPage(db, { filter: {}, sort: 'changed', descending: true, limit: 5, start: { after } })
        )
      ).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    }
  })

  it('counts by status, and names the sections and languages in use', () => {
    const byStatus: Partial<Record<Status, number>> = {}
    for (const { summary } of model.rows) byStatus[summary.status] = (byStatus[summary.status] ?? 0) + 1
    expect(model.store.read(readCounts)).toEqual({
      byStatus,
      sections: ['Home', 'Sport', 'World'],
      languages: ['ar', 'en', 'zh']
    })
  })

  it('writes a row whole, whatever of it changed', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            headline: fc.string(),
            slugline: fc.string(),
            section: fc.string(),
            byline: fc.string(),
            language: fc.constantFrom('en', 'ar'),
            direction: fc.constantFrom('ltr' as const, 'rtl' as const, 'auto' as const),
            status: fc.constantFrom(...statuses),
            words: fc.nat(),
            leadMediaId: fc.option(fc.constant('a'.repeat(64))),
            createdAt: fc.constant('2025-05-05T05:05:05.000Z'),
            releaseAt: fc.option(fc.constant('2027-01-01T00:00:00.000Z'))
          },
          { requiredKeys: [] }
        ),
        (changes) => {
          model.change(7, changes)
          const row = model.store.read((db) => getStoryRow(db, model.rows[7]!.summary.id))
          const { summary } = model.rows[7]!
          expect(row).toMatchObject({
            headline: summary.headline,
            slugline: summary.slugline,
            section: summary.section,
            byline: summary.byline,
            language: summary.language,
            direction: summary.direction,
            status: summary.status,
            words: summary.words,
            lead_media_id: summary.leadMediaId,
            created_at: summary.createdAt,
            release_at: summary.releaseAt,
            revision: summary.revision
          })
          expect(
            model.store.read((db) => db.get(sql`SELECT headline_key FROM articles WHERE seq = ${model.rows[7]!.seq}`))
          ).toEqual({ headline_key: headlineKey(summary.headline) })
        }
      )
    )
  })
})

describe('the plan of every page', () => {
  let folder: string
  let store: Store

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-plans-'))
    store = Store.open(folder)
    const model = new Model(store)
    // Large enough that the plans are those of a large library: most of it published, a rare language and a rare
    // section.
    model.all(() => {
      for (let n = 0; n < 3000; n++) model.add(n, n % 20 === 0 ? 'draft' : 'published')
      for (let n = 0; n < 3; n++) model.change(n, { section: 'Rare', language: 'ja' })
    })
  })
  afterAll(async () => {
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const plan = (request: Partial<PageRequest>, withKey = true, equals: number | null = null): string[] =>
    store.read((db) =>
      explainPage(db, {
        filter: {},
        sort: 'changed',
        descending: true,
        limit: 50,
        ...request,
        ...(withKey && { key: { key: request.sort === 'headline' ? 'b' : 5, seq: 5, equals } })
      })
    )

  it.each(librarySorts.flatMap((sort) => [true, false].map((descending) => ({ sort, descending }))))(
    'reads $sort (descending: $descending) in the order of its index, without sorting',
    ({ sort, descending }) => {
      const index = {
        changed: 'articles_by_change',
        created: 'articles_by_creation',
        headline: 'articles_by_headline',
        words: 'articles_by_words'
      }[sort]
      const than = descending ? '<' : '>'
      const few = {
        changed: `change_seq${than}?`,
        created: `seq${than}?`,
        headline: `headline_key${than}?`,
        words: `words${than}?`
      }[sort]
      const places = {
        changed: [`change_seq${than}?`],
        created: [`seq${than}?`],
        headline: [`headline_key=? AND seq${than}?`, `headline_key${than}?`],
        words: [`words=? AND seq${than}?`, `words${than}?`]
      }[sort]
      for (const filter of [
        {},
        { statuses: ['draft' as const, 'published' as const] },
        { section: 'World' },
        { language: 'en' },
        { section: 'World', language: 'en' }
      ]) {
        // What was made last is last in the table too: where nearly all is wanted no index is asked.
        const asTheyLie = sort === 'created' && !('section' in filter) && !('language' in filter)
        expect(plan({ sort, descending, filter })).toEqual(
          asTheyLie
            ? [`SEARCH articles USING INTEGER PRIMARY KEY (rowid${than}?)`]
            : places.map((place) => `SEARCH articles USING INDEX ${index} (${place})`)
        )
        expect(plan({ sort, descending, filter }, true, 200)).toEqual(
          asTheyLie
            ? [`SEARCH articles USING INTEGER PRIMARY KEY (rowid${than}?)`]
            : [`SEARCH articles USING INDEX ${index} (${few})`]
        )
        expect(plan({ sort, descending, filter }, false)).toEqual([
          asTheyLie ? 'SCAN articles' : `SCAN articles USING INDEX ${index}`
        ])
      }
    }
  )

  it('reads one status, newest change first, from an index of its own', () => {
    expect(plan({ filter: { statuses: ['draft'] } })).toEqual([
      'SEARCH articles USING INDEX articles_status_changed (status=? AND change_seq<?)'
    ])
    expect(plan({ filter: { statuses: ['draft'] }, descending: false })).toEqual([
      'SEARCH articles USING INDEX articles_status_changed (status=? AND change_seq>?)'
    ])
  })

  it('looks up a filter that holds little, and sorts that', () => {
    expect(plan({ filter: { section: 'Rare' }, sort: 'words' }, false)[0]).toBe(
      'SEARCH articles USING INDEX articles_section (section=?)'
    )
    expect(plan({ filter: { language: 'ja' }, sort: 'headline' }, false)[0]).toBe(
      'SEARCH articles USING INDEX articles_language (language=?)'
    )
    expect(plan({ filter: { section: 'World', language: 'ja' } }, false)[0]).toBe(
      'SEARCH articles USING INDEX articles_language (language=?)'
    )
  })

  it('is the same after ANALYZE', () => {
    store.connection().raw.exec('ANALYZE')
    expect(plan({ filter: { statuses: ['draft'] } })).toEqual([
      'SEARCH articles USING INDEX articles_status_changed (status=? AND change_seq<?)'
    ])
    expect(plan({})).toEqual(['SEARCH articles USING INDEX articles_by_change (change_seq<?)'])
  })
})
