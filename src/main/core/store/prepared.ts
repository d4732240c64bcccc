import type BetterSqlite3 from 'better-sqlite3'

const statements = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement>>()

/**
 * A statement on a bare connection, prepared once: checking and salvaging a library run the same few for each of its
 * stories. Throws what SQLite throws.
 */
export function statement(db: BetterSqlite3.Database, text: string): BetterSqlite3.Statement {
  const known = statements.get(db) ?? new Map<string, BetterSqlite3.Statement>()
  statements.set(db, known)
  const prepared = known.get(text) ?? db.prepare(text)
  known.set(text, prepared)
  return prepared
}
