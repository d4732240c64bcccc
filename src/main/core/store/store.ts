import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { assert } from '../../../shared/lib/assert.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { openDatabase, type Reading } from './database.ts'
import { privateFile, makeFolder } from './files.ts'
import { LogMark, readMark, type LogPosition, type SavedStory } from './log-mark.ts'
import { migrate, requireKnownSchema } from './migrate.ts'
import { needsReopening, storageError } from './storage-error.ts'
import { sql, type ReadableDb, type SqliteDb, type WritableDb } from './sql.ts'

export const DATABASE_NAME = 'galley.db'

/**
 * The library's one writing connection. Every write is a named transaction; a disk error closes the connection and the
 * next call reopens it, so that editing goes on without a restart.
 */
export class Store {
  readonly folder: string
  /** False: this connection writes. `beside`: somebody else does. `alone`: nobody can. */
  readonly #reading: Reading | false
  #db: SqliteDb | null
  #closed = false
  #damageSeen = false
  readonly #mark: LogMark | null
  /** The log's file handle, for reading its salts. */
  #log: number | null = null

  private constructor(folder: string, reading: Reading | false, db: SqliteDb, mark: LogMark | null) {
    this.folder = folder
    this.#reading = reading
    this.#db = db
    this.#mark = mark
  }

  /**
   * Opens a library for reading only: `beside` the process that writes it, or `alone` where nothing can be written.
   * Throws GalleyErrors.
   */
  static read(folder: string, reading: Reading): Store {
    try {
      const db = openDatabase(join(folder, DATABASE_NAME), reading)
      requireKnownSchema(db)
      return new Store(folder, reading, db, null)
    } catch (error) {
      throw storageError(error, folder)
    }
  }

  /** Opens or creates the library in `folder` and migrates its schema. Throws GalleyErrors. */
  static open(folder: string): Store {
    let mark: LogMark | null = null
    let db: SqliteDb | null = null
    try {
      makeFolder(folder)
      privateFile(join(folder, DATABASE_NAME))
      mark = LogMark.begin(folder, readMark(folder)?.stories ?? [])
      db = openDatabase(join(folder, DATABASE_NAME), 'write')
      migrate(db)
      const store = new Store(folder, false, db, mark)
      // From the start there is a log and the mark knows it, so that a log that turns up later from elsewhere is not
      // taken for it.
      store.write('note the opening', (library) =>
        library.run(
          sql`INSERT INTO library (key, value) VALUES ('openings', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`
        )
      )
      return store
    } catch (error) {
      mark?.close()
      db?.raw.close()
      throw storageError(error, folder)
    }
  }

  /** True if something read in this run failed its checksum; the next start then checks thoroughly. */
  get damageSeen(): boolean {
    return this.#damageSeen
  }

  get readOnly(): boolean {
    return this.#reading !== false
  }

  /** How other connections of this process should open it for reading. */
  get reading(): Reading {
    return this.#reading || 'beside'
  }

  get databaseFile(): string {
    return join(this.folder, DATABASE_NAME)
  }

  /** Reads on the writing connection, for what a save needs to know. Long reads belong to the library reader. */
  read<T>(body: (db: ReadableDb) => T): T {
    return this.#guard((db) => body(db))
  }

  /** One transaction: all or nothing. `name` is shown in the log if it fails. */
  write<T>(name: string, body: (db: WritableDb) => T): T {
    return this.#guard((db) => {
      const result = transact(db, body)
      this.#noteCommit(db)
      return result
    }, name)
  }

  /**
   * Like `write`, but without waiting for the disk: it survives a kill, but a power cut may undo it until the next
   * `write`. Only for what could just as well not have happened, and never for a save.
   */
  writeUnsynced<T>(name: string, body: (db: WritableDb) => T): T {
    const { result, isNewLog } = this.#guard((db) => {
      db.raw.exec('PRAGMA synchronous = NORMAL')
      try {
        return {
          result: transact(db, (library) => {
            const made = body(library)
            assert(db.takeSaving().length + db.takeErasing().length === 0, 'a save waits for the disk')
            return made
          }),
          isNewLog: this.#isNewLog()
        }
      } finally {
        this.#restoreSync(db)
      }
    }, name)
    // The mark must not get ahead of the disk, so it is not updated here. But it can recognise only its own log and the
    // next one, so a log restarted here is synced and marked.
    if (isNewLog) this.write('note the log', noteLog)
    return result
  }

  /** Makes every later commit wait for the disk again, on a new connection if necessary. */
  #restoreSync(db: SqliteDb): void {
    try {
      db.raw.exec('PRAGMA synchronous = FULL')
    } catch {
      this.#drop()
    }
  }

  /** Gives `body` the connection itself, to run its own transactions: for repairs on opening. */
  rework<T>(body: (raw: BetterSqlite3.Database) => T): T {
    return this.#guard((db) => {
      this.#mark?.unsure()
      try {
        return body(db.raw)
      } finally {
        this.#noteCommit(db)
      }
    }, 'repair')
  }

  /** Corrects a story's last save in the mark, or removes the story, once its loss has been reported. */
  remark(stories: Iterable<readonly [string, SavedStory | null]>): void {
    for (const [id, saved] of stories) this.#mark?.set(id, saved)
  }

  /** The connection itself, for backup and integrity checks inside store/. */
  connection(): SqliteDb {
    if (this.#closed) throw new Error('The library is closed')
    this.#db ??= openDatabase(this.databaseFile, this.#reading || 'write')
    return this.#db
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#db && this.#mark) this.#fold(this.#db, this.#mark)
    this.#db?.raw.close()
    this.#db = null
    this.#closeLog()
    this.#mark?.close()
  }

  /** Writes the log into the database, so that the mark can record that the log is no longer needed. */
  #fold(db: SqliteDb, mark: LogMark): void {
    try {
      const [busy, logged, folded] = db.raw.prepare('PRAGMA wal_checkpoint(PASSIVE)').raw().get() as [
        number,
        number,
        number
      ]
      if (busy === 0 && logged === folded) return mark.folded()
    } catch {
      // The log stays, and the next start uses it.
    }
    mark.unsure()
  }

  /** The save is already on disk: nothing here may make it fail. */
  #noteCommit(db: SqliteDb): void {
    if (!this.#mark) return
    try {
      const salts = this.#salts()
      const frames = db.get<{ log: number }>(LOG_LENGTH)?.log ?? 0
      const saves = db.takeSaving().flatMap(({ story, revision, savedAt }): [string, SavedStory][] => {
        const id =
          typeof story === 'string'
            ? story
            : db.get<{ id: string }>(sql`SELECT id FROM articles WHERE seq = ${story}`)?.id
        return id === undefined ? [] : [[id, { revision, savedAt: Date.parse(savedAt) }]]
      })
      this.#mark.committed({ ...salts, frames }, saves)
      for (const id of db.takeErasing()) this.#mark.set(id, null)
    } catch {
      this.#mark.unsure()
    }
  }

  /** True if the mark describes another log, or if that cannot be told. */
  #isNewLog(): boolean {
    try {
      return this.#mark?.isOf(this.#salts()) === false
    } catch {
      return true
    }
  }

  /** The salts that identify the log. Throws what the file system throws. */
  #salts(): Omit<LogPosition, 'frames'> {
    this.#log ??= openSync(`${this.databaseFile}-wal`, 'r')
    const header = Buffer.alloc(32)
    readSync(this.#log, header, 0, 32, 0)
    return { salt1: header.readUInt32BE(16), salt2: header.readUInt32BE(20) }
  }

  #closeLog(): void {
    if (this.#log !== null) closeSync(this.#log)
    this.#log = null
  }

  #guard<T>(body: (db: SqliteDb) => T, name = 'read'): T {
    try {
      return body(this.connection())
    } catch (error) {
      if (needsReopening(error)) this.#drop()
      const told = storageError(error, this.folder)
      if (told instanceof GalleyError && told.code === 'damaged') this.#damageSeen = true
      if (told instanceof Error && told !== error) told.stack = `${told.stack}\n  in ${name}`
      throw told
    }
  }

  #drop(): void {
    this.#mark?.unsure()
    this.#closeLog()
    try {
      this.#db?.raw.close()
    } catch {
      // A connection that cannot even be closed is dropped anyway; the next call opens a new one.
    }
    this.#db = null
  }
}

function transact<T>(db: SqliteDb, body: (db: WritableDb) => T): T {
  db.takeSaving()
  db.takeErasing()
  db.raw.exec('BEGIN IMMEDIATE')
  try {
    const result = body(db)
    db.raw.exec('COMMIT')
    return result
  } catch (error) {
    if (db.raw.inTransaction) db.raw.exec('ROLLBACK')
    throw error
  }
}

/** The value changes each time, because SQLite does not write or sync a transaction that changes nothing. */
function noteLog(db: WritableDb): void {
  db.run(
    sql`INSERT INTO library (key, value) VALUES ('logs', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`
  )
}

/** Asks how many frames of the log are committed, without writing anything. */
const LOG_LENGTH = sql`PRAGMA wal_checkpoint(NOOP)`
