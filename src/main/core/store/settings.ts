import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** Every stored setting as parsed JSON; the service validates them. */
export function getSettings(db: ReadableDb): Record<string, unknown> {
  const rows = db.all<{ key: string; value: string }>(sql`SELECT key, value FROM settings`)
  return Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]))
}

export function putSettings(db: WritableDb, changed: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(changed)) {
    db.run(
      sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
    )
  }
}
