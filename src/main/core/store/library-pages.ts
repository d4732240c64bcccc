import type { LibraryFilter, LibraryPage, LibrarySort } from '../../../shared/contract/library.ts'
import type { Status } from '../../../shared/story/status.ts'
import { filterConditions, isByDay, isUnfiltered } from './library-filter.ts'
import { countStories, tallyStories, type Tally } from './library-tally.ts'
import { decodeCursor, encodeCursor, type PageKey } from './page-cursor.ts'
import { SUMMARY_COLUMNS, summaryOfColumns, type SummaryColumns } from './stories.ts'
import { joinSql, limitSql, sql, type ReadableDb, type Sql } from './sql.ts'

export interface PageRequest {
  readonly filter: LibraryFilter
  readonly sort: LibrarySort
  readonly descending: boolean
  readonly start?: { readonly after: string } | { readonly offset: number } | undefined
  readonly limit: number
}

/**
 * One page of the library list, by key: as fast deep in the list as at its top. Rows and total are consistent if the
 * caller holds a transaction. Throws `invalid_input` for a cursor from another list.
 */
export function readPage(db: ReadableDb, request: PageRequest): LibraryPage {
  const { sort, descending, limit, filter } = request
  const tally = countStories(db, filter)
  if (tally.total === 0) return { rows: [], next: null, total: 0 }
  const start = request.start ?? { offset: 0 }

  if ('after' in start) {
    const plan = choosePlan(sort, filter, tally, limit + 1)
    const rows: PagedRow[] = []
    const key = decodeCursor(start.after, sort, descending)
    for (const behind of keysetConditions(sort, descending, key)) {
      if (rows.length <= limit)
        rows.push(...db.tuples<PagedRow>(pageQuery(plan, request, descending, behind, limit + 1 - rows.length, 0)))
    }
    const more = rows.length > limit
    if (more) rows.length = limit
    return toPage(rows, more, request, tally.total, key)
  }

  const offset = Math.min(start.offset, tally.total)
  const wanted = Math.min(limit, tally.total - offset)
  if (wanted === 0) return { rows: [], next: null, total: tally.total }
  // Each skipped row costs a little, so it starts from the nearer end, which is at most half the list away.
  const fromEnd = tally.total - offset - wanted
  const backwards = fromEnd < offset
  const skip = backwards ? fromEnd : offset
  const plan = choosePlan(sort, filter, tally, wanted, skip)
  const rows = db.tuples<PagedRow>(pageQuery(plan, request, descending !== backwards, null, wanted, skip))
  if (backwards) rows.reverse()
  return toPage(rows, offset + rows.length < tally.total, request, tally.total, null)
}

/** How many stories each status has, and the sections and languages in use outside the trash. */
export function readCounts(db: ReadableDb): {
  byStatus: Partial<Record<Status, number>>
  sections: string[]
  languages: string[]
} {
  const byStatus = db.all<{ status: Status; n: number }>(
    sql`SELECT status, sum(stories) AS n FROM article_counts GROUP BY status`
  )
  const sections = db.all<{ section: string }>(
    sql`SELECT DISTINCT section FROM article_counts WHERE status <> 'trashed' AND section <> '' ORDER BY section COLLATE NOCASE LIMIT 2000`
  )
  const languages = db.all<{ language: string }>(
    sql`SELECT DISTINCT language FROM article_counts WHERE status <> 'trashed' ORDER BY language LIMIT 2000`
  )
  return {
    byStatus: Object.fromEntries(byStatus.map(({ status, n }) => [status, n])),
    sections: sections.map(({ section }) => section),
    languages: languages.map(({ language }) => language)
  }
}

/** How SQLite finds the rows of a page, for tests that pin the query plans. */
export function explainPage(db: ReadableDb, request: PageRequest & { readonly key?: PageKey }): string[] {
  const tally = tallyStories(db, request.filter)
  const plan = choosePlan(request.sort, request.filter, tally, request.limit)
  const places = request.key ? keysetConditions(request.sort, request.descending, request.key) : [null]
  return places.flatMap((behind) => {
    const query = pageQuery(plan, request, request.descending, behind, request.limit, 0)
    return db
      .all<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${query.text}`, values: query.values })
      .map(({ detail }) => detail)
  })
}

/** A row as read from the table, with the key of its place in the list, and its seq if keys can be equal. */
type PagedRow = readonly [...SummaryColumns, key: number | string, seq?: number]

/**
 * How a page is found: in list order, skipping what the filter excludes, or through a filter that matches few stories,
 * sorted afterwards.
 */
type Plan =
  'in-order' | 'row-by-row' | 'status-changed' | 'by-status' | 'by-section' | 'by-language' | 'by-author' | 'by-day'

// The relative costs of stepping over an index entry and of looking up a row; measured, and only their ratio matters.
const STEP = 1
const LOOK_UP = 50

function choosePlan(sort: LibrarySort, filter: LibraryFilter, tally: Tally, rows: number, skipped = 0): Plan {
  if (
    sort === 'changed' &&
    filter.statuses?.length === 1 &&
    filter.section === undefined &&
    filter.language === undefined &&
    filter.author === undefined &&
    !isByDay(filter)
  )
    return 'status-changed'
  // In order, each row that is skipped or filtered out costs a step; through a filter, every row must be looked up to
  // find its place in the order.
  const steps = Math.min(tally.all, ((skipped + rows) * tally.all) / tally.total)
  // The rows themselves are stored in order of creation: if nearly all are wanted, going through an index only adds
  // work.
  if (sort === 'created' && steps <= 2 * rows) return 'row-by-row'
  if (isUnfiltered(filter)) return 'in-order'
  // No index in list order holds the day, so it is looked up for every row stepped over.
  const step = isByDay(filter) ? LOOK_UP : STEP
  const authors = filter.author === undefined ? 0 : tally.byAuthor * STEP
  const candidates: [Plan, number][] = [['in-order', steps * step + rows * LOOK_UP + authors]]
  if (filter.statuses) candidates.push(['by-status', tally.inStatuses * LOOK_UP])
  if (filter.section !== undefined) candidates.push(['by-section', tally.inSection * LOOK_UP])
  if (filter.language !== undefined) candidates.push(['by-language', tally.inLanguage * LOOK_UP])
  if (filter.author !== undefined) candidates.push(['by-author', tally.byAuthor * LOOK_UP])
  if (isByDay(filter)) candidates.push(['by-day', tally.ofDays * STEP + tally.total * LOOK_UP + authors])
  const [best] = candidates.toSorted(([, a], [, b]) => a - b)
  return best?.[0] ?? 'in-order'
}

const ORDERED: Readonly<Record<LibrarySort, string>> = {
  changed: 'articles_by_change',
  created: 'articles_by_creation',
  headline: 'articles_by_headline',
  words: 'articles_by_words'
}
const PLACE: Readonly<Record<LibrarySort, string>> = {
  changed: 'change_seq',
  created: 'seq',
  headline: 'headline_key, seq',
  words: 'words, seq'
}
const COLUMN: Readonly<Record<LibrarySort, string>> = {
  changed: 'change_seq',
  created: 'seq',
  headline: 'headline_key',
  words: 'words'
}

/** The index is named because statistics have led the planner to slower ones. */
function indexOf(plan: Plan, sort: LibrarySort): string {
  switch (plan) {
    case 'in-order':
      return `INDEXED BY ${ORDERED[sort]}`
    case 'row-by-row':
    case 'by-author':
      return 'NOT INDEXED'
    case 'status-changed':
    case 'by-status':
      return 'INDEXED BY articles_status_changed'
    case 'by-section':
      return 'INDEXED BY articles_section'
    case 'by-language':
      return 'INDEXED BY articles_language'
    case 'by-day':
      return 'INDEXED BY articles_by_day'
  }
}

function pageQuery(
  plan: Plan,
  { filter, sort }: PageRequest,
  descending: boolean,
  keyset: Sql | null,
  limit: number,
  offset: number
): Sql {
  const wanted = joinSql(filterConditions(filter), ' AND ')
  const rows = limitSql(limit, offset)
  const direction = descending ? 'DESC' : 'ASC'
  const order =
    sort === 'changed' || sort === 'created'
      ? `${COLUMN[sort]} ${direction}`
      : `${COLUMN[sort]} ${direction}, seq ${direction}`
  return {
    text: `SELECT ${SUMMARY_COLUMNS}, ${PLACE[sort]} FROM articles ${indexOf(plan, sort)} WHERE ${wanted.text}${keyset ? ` AND ${keyset.text}` : ''} ORDER BY ${order} ${rows.text}`,
    values: [...wanted.values, ...(keyset ? keyset.values : []), ...rows.values]
  }
}

/** Up to this many rows with an equal key are stepped over; beyond that a second statement costs less. */
const WALK = 200

/**
 * The rows after a key. Given one condition, SQLite seeks by the key alone and steps over its equals. If those may be
 * many, it is two ranges, to be read one after the other, equal keys first.
 */
function keysetConditions(sort: LibrarySort, descending: boolean, { key, seq, equals }: PageKey): Sql[] {
  if (equals !== null && equals <= WALK) {
    if (sort === 'headline') {
      return [
        descending
          ? sql`headline_key <= ${key} AND (headline_key < ${key} OR seq < ${seq})`
          : sql`headline_key >= ${key} AND (headline_key > ${key} OR seq > ${seq})`
      ]
    }
    if (sort === 'words')
      return [
        descending
          ? sql`words <= ${key} AND (words < ${key} OR seq < ${seq})`
          : sql`words >= ${key} AND (words > ${key} OR seq > ${seq})`
      ]
  }
  switch (sort) {
    case 'changed':
      return [descending ? sql`change_seq < ${key}` : sql`change_seq > ${key}`]
    case 'created':
      return [descending ? sql`seq < ${seq}` : sql`seq > ${seq}`]
    case 'headline':
      return descending
        ? [sql`headline_key = ${key} AND seq < ${seq}`, sql`headline_key < ${key}`]
        : [sql`headline_key = ${key} AND seq > ${seq}`, sql`headline_key > ${key}`]
    case 'words':
      return descending
        ? [sql`words = ${key} AND seq < ${seq}`, sql`words < ${key}`]
        : [sql`words = ${key} AND seq > ${seq}`, sql`words > ${key}`]
  }
}

/** `before`: the key after which the page begins; null if it begins at a row number. */
function toPage(
  rows: readonly PagedRow[],
  more: boolean,
  { sort, descending, start }: PageRequest,
  total: number,
  before: PageKey | null
): LibraryPage {
  const last = rows.at(-1)
  if (!more || !last) return { rows: rows.map(summaryOfColumns), next: null, total }
  const key = last[14]
  let equals: number | null = 1
  while (equals < rows.length && rows[rows.length - 1 - equals]?.[14] === key) equals += 1
  if (equals === rows.length) {
    const above = before ? (before.key === key ? before.equals : 0) : start === undefined ? 0 : null
    equals = above === null ? null : above + equals
  }
  return {
    rows: rows.map(summaryOfColumns),
    next: encodeCursor(sort, descending, { key, seq: last[15] ?? Number(key), equals }),
    total
  }
}
