import type BetterSqlite3 from 'better-sqlite3'
import type { LibraryFilter, LibrarySort } from '../../src/shared/contract/library.ts'

export interface BareRow {
  readonly id: string
}

interface List {
  readonly sort: LibrarySort
  readonly descending: boolean
  readonly filter: LibraryFilter
}

const KEYS: Readonly<Record<LibrarySort, string>> = {
  changed: 'change_seq',
  created: 'seq',
  headline: 'headline_key, seq',
  words: 'words, seq'
}
const statements = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement<unknown[], BareRow>>>()

/**
 * The 50 rows behind a row, as one prepared statement on an open connection: what a list page cannot cost less than.
 * Calling `all` runs it.
 */
export function nextPage(
  db: BetterSqlite3.Database,
  { sort, descending, filter }: List,
  from: string
): { all(): BareRow[] } {
  const keys = KEYS[sort]
  const wanted: string[] = []
  const values: unknown[] = []
  if (filter.statuses) {
    wanted.push(`status IN (${filter.statuses.map(() => '?').join()})`)
    values.push(...filter.statuses)
  } else {
    wanted.push("status <> 'trashed'")
  }
  if (filter.section !== undefined) {
    wanted.push('section = ?')
    values.push(filter.section)
  }
  const order = keys
    .split(', ')
    .map((key) => `${key} ${descending ? 'DESC' : 'ASC'}`)
    .join(', ')
  const text = `SELECT id, headline, slugline, section, byline, language, direction, status, words, lead_media_id, created_at, changed_at, release_at, revision
    FROM articles WHERE (${keys}) ${descending ? '<' : '>'} (${keys
      .split(', ')
      .map(() => '?')
      .join()}) AND ${wanted.join(' AND ')} ORDER BY ${order} LIMIT 50`
  const start = db.prepare<[string]>(`SELECT ${keys} FROM articles WHERE id = ?`).raw().get(from) as unknown[]
  const prepared = statements.get(db) ?? new Map<string, BetterSqlite3.Statement<unknown[], BareRow>>()
  statements.set(db, prepared)
  const statement = prepared.get(text) ?? db.prepare<unknown[], BareRow>(text)
  prepared.set(text, statement)
  return { all: () => statement.all(...start, ...values) }
}
