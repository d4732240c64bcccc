import { closeSync, openSync, readSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { assert } from '../../../shared/lib/assert.ts'
import { migrate } from './migrate.ts'
import { fitsMemory, needsMemory, openInMemory } from './reading-copy.ts'
import { indexStories, unindexedStories } from './search.ts'
import { sql, SqliteDb } from './sql.ts'
import { storiesBehind } from './stories.ts'

/** Marks a file as a Galley library in SQLite's header ("Gall" in ASCII). */
const APPLICATION_ID = 0x47616c6c

/**
 * Who writes a library that is only read here: another connection or process (`beside`), or nobody because nothing can
 * be written (`alone`).
 */
export type Reading = 'beside' | 'alone'

/** Byte 18 of a database is the version that writes it: 1 without a log, 2 with one. */
const WRITE_VERSION = 18

/**
 * True if SQLite takes a file for one of a later version of its own, and so writes nothing to it. Galley never makes
 * such a file: the byte is damaged.
 */
export function hasForeignWriteVersion(file: string): boolean {
  const byte = Buffer.alloc(1)
  const handle = openSync(file, 'r')
  try {
    return readSync(handle, byte, 0, 1, WRITE_VERSION) === 1 && byte.readUInt8() > 2
  } finally {
    closeSync(handle)
  }
}

/**
 * Opens a library database with the settings that keep every acknowledged save, and checks that they took effect. With
 * synchronous = FULL a save survives a power cut (NORMAL would lose some). For reading it also works where nothing can
 * be written: the file is then read into memory and stays as it was at that moment, and the search index is brought up
 * to date there, because nobody else will do it. Throws whatever SQLite throws.
 */
export function openDatabase(file: string, mode: 'write' | Reading): SqliteDb {
  const raw = mode === 'write' ? new BetterSqlite3(file, { timeout: 5000 }) : openReadable(file, mode)
  try {
    if (mode === 'write') raw.pragma('journal_mode = WAL')
    raw.pragma('synchronous = FULL')
    raw.pragma('foreign_keys = ON')
    raw.pragma('trusted_schema = OFF')
    raw.pragma('cell_size_check = ON')
    raw.pragma('mmap_size = 0')
    raw.pragma('temp_store = MEMORY')
    if (mode === 'write' && raw.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      raw.pragma(`application_id = ${APPLICATION_ID}`)
    checkSettings(raw)
    const db = new SqliteDb(raw)
    if (mode !== 'write' && raw.memory) {
      migrate(db)
      bringInStep(db)
      raw.pragma('query_only = ON')
    }
    return db
  } catch (error) {
    raw.close()
    throw error
  }
}

/**
 * The latest typing is only in the journals: gives those stories the place in the list that the writer would give them,
 * and indexes them for search.
 */
function bringInStep(db: SqliteDb): void {
  for (const { id } of storiesBehind(db))
    db.run(sql`UPDATE articles SET change_seq = (SELECT max(change_seq) + 1 FROM articles) WHERE id = ${id}`)
  indexStories(db, unindexedStories(db, Infinity))
}

/**
 * Opens a connection that cannot write: on the file itself if possible, else on a copy in memory. Throws what SQLite
 * throws.
 */
export function openReadable(file: string, reading: Reading = 'beside'): BetterSqlite3.Database {
  let raw: BetterSqlite3.Database | null = null
  try {
    if (reading === 'alone' && fitsMemory(file)) return openInMemory(file)
    raw = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 5000 })
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    return raw
  } catch (error) {
    raw?.close()
    if (!needsMemory(error)) throw error
    try {
      return openInMemory(file)
    } catch {
      throw error
    }
  }
}

function checkSettings(raw: BetterSqlite3.Database): void {
  const is = (pragma: string): unknown => raw.pragma(pragma, { simple: true })
  assert(raw.memory || raw.readonly || is('journal_mode') === 'wal', 'the library is in WAL mode')
  assert(is('synchronous') === 2, 'synchronous is FULL')
  assert(is('foreign_keys') === 1, 'foreign keys are on')
  assert(is('trusted_schema') === 0, 'the schema is not trusted')
  const version = String(raw.prepare('SELECT sqlite_version()').pluck().get())
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  assert(
    major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3))),
    `SQLite ${version} is 3.51.3 or newer`
  )
}
