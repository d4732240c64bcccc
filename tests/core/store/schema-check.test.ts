import BetterSqlite3 from 'better-sqlite3'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../src/main/core/store/database.ts'
import { migrate } from '../../../src/main/core/store/migrate.ts'
import { migrations } from '../../../src/main/core/store/migrations/index.ts'
import { hasOurSchema } from '../../../src/main/core/store/schema-check.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-schema-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each(['library', 'killed'])(
  'a library written long ago (%s) has the schema of its time, and then of ours',
  (name) => {
    const file = join(folder, 'galley.db')
    const frozen = join(import.meta.dirname, '../../frozen/0.1.0', name, 'galley.db.gz')
    writeFileSync(file, gunzipSync(readFileSync(frozen)))
    const raw = new BetterSqlite3(file, { readonly: true })
    expect(hasOurSchema(raw, Number(raw.pragma('user_version', { simple: true })))).toBe(true)
    raw.close()
    const db = openDatabase(file, 'write')
    migrate(db)
    expect(hasOurSchema(db.raw, migrations.length)).toBe(true)
    db.raw.close()
  }
)

test.each(migrations.map((_, at) => at + 1))(
  'no letter of the schema of version %i can be another unnoticed',
  (version) => {
    const db = openDatabase(join(folder, 'galley.db'), 'write')
    migrate(db, version)
    expect(hasOurSchema(db.raw, version)).toBe(true)
    db.raw.unsafeMode(true)
    db.raw.pragma('writable_schema = ON')
    const { changes } = db.raw
      .prepare(`UPDATE sqlite_schema SET sql = replace(sql, 'revision', 'Aevision') WHERE name = 'articles'`)
      .run()
    expect(changes).toBe(1)
    expect(hasOurSchema(db.raw, version)).toBe(false)
    db.raw.close()
  }
)

test('a table, an index and a view that another program has put beside ours are no damage', () => {
  const db = openDatabase(join(folder, 'galley.db'), 'write')
  migrate(db)
  db.raw.exec(`
    CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);
    CREATE INDEX by_a_tool ON articles (revision);
    CREATE VIEW titles AS SELECT id FROM articles;
  `)
  expect(hasOurSchema(db.raw, migrations.length)).toBe(true)
  db.raw.exec('DROP TABLE spelling_words')
  expect(hasOurSchema(db.raw, migrations.length)).toBe(false)
  db.raw.close()
})
