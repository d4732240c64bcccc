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
  /** `names`: in what a story is called by alone. */
  readonly within?: 'all' | 'names' | undefined
  readonly limit: number
  readonly offset: number
}

/**
 * Stories that hold all the words. Newest change first costs the same for any word; best first has to rank every hit.
 * `stopped` is asked between rows; an interrupted search returns null.
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

/** For tests that hold the plan of a search. */
export function explainSearch(db: ReadableDb, request: SearchRequest): string[] {
  const query = searchQuery(ftsOf(parseSearch(request.text), request), request)
  return db
    .all<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${query.text}`, values: query.values })
    .map(({ detail }) => detail)
}

/** Stories changed since they were indexed, oldest first, without those that `leaveOut` names. */
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

/** How many stories search does not know in their present form. */
export function countUnindexed(db: ReadableDb): number {
  return (
    db.get<{ n: number }>(
      sql`SELECT count(*) AS n FROM articles INDEXED BY articles_unindexed WHERE indexed_seq < change_seq`
    )?.n ?? 0
  )
}

/**
 * Puts stories into the index as they are now, in the caller's transaction, until `enough` says so. Returns how many.
 * All of the index is written before any of the rows: FTS5 puts what it holds in memory on disk at the next statement
 * that may have to be rolled back by itself, and a segment for each story costs several times what one for all of them
 * does.
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
 * How much of the index is gathered in memory before it is written, in bytes; more makes adding thousands of stories
 * faster. Kept in the file.
 */
export function setIndexMemory(db: WritableDb, bytes: number): void {
  db.run(sql`INSERT INTO search (search, rank) VALUES ('hashsize', ${BigInt(bytes)})`)
}

export const INDEX_MEMORY = { usual: 1024 * 1024, bulk: 16 * 1024 * 1024 } as const

/** Forgets the whole index; every story is then waiting to be indexed anew. In the caller's transaction. */
export function clearSearchIndex(db: WritableDb): void {
  db.run(sql`INSERT INTO search (search) VALUES ('delete-all')`)
  db.run(sql`UPDATE articles SET indexed_seq = 0`)
}

/** Throws what SQLite throws when the index is not whole. */
export function checkSearchIndex(db: WritableDb): void {
  db.run(sql`INSERT INTO search (search) VALUES ('integrity-check')`)
}

/**
 * Weights of headline, standfirst, names, captions, body: a word in a headline says more of a story than one in its
 * tenth paragraph.
 */
const BEST = 'bm25(search, 10.0, 5.0, 4.0, 2.0, 1.0)'

function ftsOf(terms: readonly SearchTerm[], { within }: SearchRequest): string {
  const query = toFtsQuery(terms)
  return within === 'names' && query !== '' ? `{headline names} : (${query})` : query
}

function searchQuery(fts: string, { filter, order, limit, offset }: SearchRequest): Sql {
  const conditions = joinSql(filterConditions(filter), ' AND ')
  const rows = limitSql(limit + 1, offset)
  // CROSS JOIN keeps the index first: the other way round would look every story up in it.
  return {
    text: `SELECT a.seq, a.id, a.revision, a.status, a.headline, a.slugline, a.section, a.byline, a.language, a.direction, a.words, a.lead_media_id,
             a.created_at, a.changed_at, a.release_at, a.change_seq
           FROM search CROSS JOIN articles AS a INDEXED BY articles_indexed ON a.indexed_seq = search.rowid
           WHERE search MATCH ? AND ${conditions.text}
           ORDER BY ${order === 'newest' ? 'search.rowid DESC' : BEST} ${rows.text}`,
    values: [fts, ...conditions.values, ...rows.values]
  }
}
