import BetterSqlite3 from 'better-sqlite3'
import { migrate } from './migrate.ts'
import { SqliteDb } from './sql.ts'

/**
 * Whether a library file has the schema that the migrations up to `version` create. SQLite reads most of the schema
 * only when it is used: a trigger or constraint renamed by damage passes SQLite's own checks, and then fails the first
 * save. Anything another program added is not damage.
 */
export function hasOurSchema(raw: BetterSqlite3.Database, version: number): boolean {
  const made = new BetterSqlite3(':memory:')
  try {
    migrate(new SqliteDb(made), version)
    const there = objectsOf(raw)
    return [...objectsOf(made)].every((one) => there.has(one))
  } finally {
    made.close()
  }
}

/** Every table, index, view and trigger as created, regardless of how SQLite has formatted and quoted it since. */
function objectsOf(raw: BetterSqlite3.Database): ReadonlySet<string> {
  const rows = raw
    .prepare<[], { type: string; name: string; sql: string | null }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`
    )
    .all()
  return new Set(rows.map(({ type, name, sql }) => `${type} ${name} ${sql?.replaceAll(/[\s"]+/g, ' ') ?? ''}`))
}
