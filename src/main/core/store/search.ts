import type { LibraryFilter, SearchHit, SearchPage } from '../../../shared/contract/library.ts'
import { toSummary, type StoryRow } from './stories.ts'
import { filterConditions } from './library-filter.ts'
import { fold } from './search-fold.ts'
import { describeSearch, parseSearch, toFtsQuery, type SearchTerm } from './search-query.ts'
import { Highlighter } from './search-snippet.ts'
import { joinSql, limitSql, sql, type ReadableDb, type Sql, type WritableDb } from './sql.ts'
import { likelyTexts, readStoryText, storyTexts } from './story-text.ts'

export interface SearchRequest {
  readonly text: string
  readonly filter: LibraryFilter
  readonly order: 'newest' | 'best'
  /** `names`: only in headline and names. Undefined means everywhere. */
  readonly within?: 'all' | 'names' | undefined
  readonly limit: number
  readonly offset: number
}

/**
 * Stories that contain all the words. Sorting by the newest change costs the same for any word; sorting by rank has to
 * score every hit. `stopped` is checked between rows; an interrupted search returns null.
 */
export function searchStories(
  db: ReadableDb,
  request: SearchRequest,
  stopped: () => boolean = () => false
): SearchPage | null {
  const terms = parseSearch(request.text)
  const query = describeSearch(terms)
  if (terms.length === 0) return { hits: [], more: false, query }
  const rows: StoryRow[] = []
  for (const row of db.iterate<StoryRow>(searchQuery(ftsOf(terms, request), request))) {
    if (stopped()) return null
    rows.push(row)
  }
  const highlighter = new Highlighter(terms)
  const hits: SearchHit[] = []
  for (const row of rows.slice(0, request.limit)) {
    if (stopped()) return null
    hits.push({
      summary: toSummary(row),
      headline: highlighter.pieces(row.headline),
      snippet: snippetOf(db, row.seq, highlighter)
    })
  }
  return { hits, more: rows.length > request.limit, query }
}

function snippetOf(db: ReadableDb, seq: number, highlighter: Highlighter): string[] {
  return highlighter.snippet(storyTexts(db, seq), highlighter.places ? likelyTexts(db, seq, highlighter.places) : [])
}

/** For tests that pin the plan of a search. */
export function explainSearch(db: ReadableDb, request: SearchRequest): string[] {
  const query = searchQuery(ftsOf(parseSearch(request.text), request), request)
  return db
    .all<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${query.text}`, values: query.values })
    .map(({ detail }) => detail)
}

/** Stories changed since they were indexed, oldest change first, except those `leaveOut` selects. */
export function unindexedStories(
  db: ReadableDb,
  limit: number,
  leaveOut: (story: { id: string; words: number }) => boolean = () => false
): number[] {
  const found: number[] = []
  for (const row of db.iterate<{ seq: number; id: string; words: number }>(
    sql`SELECT seq, id, words FROM articles INDEXED BY articles_unindexed WHERE indexed_seq < change_seq ORDER BY seq`
  )) {
    if (leaveOut(row)) continue
    found.push(row.seq)
    if (found.length === limit) break
  }
  return found
}

/** How many stories have changed since they were indexed. */
export function countUnindexed(db: ReadableDb): number {
  return (
    db.get<{ n: number }>(
      sql`SELECT count(*) AS n FROM articles INDEXED BY articles_unindexed WHERE indexed_seq < change_seq`
    )?.n ?? 0
  )
}

/**
 * Indexes stories as they are now, in the caller's transaction, until `enough` returns true. Returns how many. All
 * index entries are written before any of the rows: FTS5 flushes what it holds in memory at the next statement that
 * might have to be rolled back on its own, and a segment per story costs several times as much as one for all.
 */
export function indexStories(db: WritableDb, seqs: readonly number[], enough: () => boolean = () => false): number {
  const indexed: { seq: number; changeSeq: number }[] = []
  for (const seq of seqs) {
    const row = db.get<{ change_seq: number; indexed_seq: number }>(
      sql`SELECT change_seq, indexed_seq FROM articles WHERE seq = ${seq}`
    )
    if (row && row.indexed_seq !== row.change_seq) {
      if (row.indexed_seq > 0) db.run(sql`DELETE FROM search WHERE rowid = ${row.indexed_seq}`)
      const text = readStoryText(db, seq)
      if (text) {
        db.run(sql`
          INSERT INTO search (rowid, headline, standfirst, names, captions, body)
          VALUES (${row.change_seq}, ${fold(text.headline)}, ${fold(text.standfirst)}, ${fold(text.names)}, ${fold(text.captions.join('\n'))}, ${fold(text.body.join('\n'))})`)
      }
    }
    indexed.push({ seq, changeSeq: row?.change_seq ?? 0 })
    if (enough()) break
  }
  for (const { seq, changeSeq } of indexed)
    db.run(sql`UPDATE articles SET indexed_seq = ${changeSeq} WHERE seq = ${seq}`)
  return indexed.length
}

/**
 * How many bytes of index entries are gathered in memory before they are written; more makes adding thousands of
 * stories faster. Stored in the file.
 */
export function setIndexMemory(db: WritableDb, bytes: number): void {
  db.run(sql`INSERT INTO search (search, rank) VALUES ('hashsize', ${BigInt(bytes)})`)
}

export const INDEX_MEMORY = { usual: 1024 * 1024, bulk: 16 * 1024 * 1024 } as const

/** Empties the index; every story then waits to be indexed again. In the caller's transaction. */
export function clearSearchIndex(db: WritableDb): void {
  db.run(sql`INSERT INTO search (search) VALUES ('delete-all')`)
  db.run(sql`UPDATE articles SET indexed_seq = 0`)
}

/** Throws what SQLite throws if the index is damaged. */
export function checkSearchIndex(db: WritableDb): void {
  db.run(sql`INSERT INTO search (search) VALUES ('integrity-check')`)
}

/**
 * Weights of headline, standfirst, names, captions and body: a word in a headline says more about a story than one in
 * its tenth paragraph.
 */
const BEST = 'bm25(search, 10.0, 5.0, 4.0, 2.0, 1.0)'

function ftsOf(terms: readonly SearchTerm[], { within }: SearchRequest): string {
  const query = toFtsQuery(terms)
  return within === 'names' && query !== '' ? `{headline names} : (${query})` : query
}

function searchQuery(fts: string, { filter, order, limit, offset }: SearchRequest): Sql {
  const conditions = joinSql(filterConditions(filter), ' AND ')
  const rows = limitSql(limit + 1, offset)
  // CROSS JOIN makes SQLite start with the index: the other way round it would look up every story in it.
  return {
    text: `SELECT a.seq, a.id, a.revision, a.status, a.headline, a.slugline, a.section, a.byline, a.language, a.direction, a.words, a.lead_media_id,
             a.created_at, a.changed_at, a.release_at, a.change_seq
           FROM search CROSS JOIN articles AS a INDEXED BY articles_indexed ON a.indexed_seq = search.rowid
           WHERE search MATCH ? AND ${conditions.text}
           ORDER BY ${order === 'newest' ? 'search.rowid DESC' : BEST} ${rows.text}`,
    values: [fts, ...conditions.values, ...rows.values]
  }
}
