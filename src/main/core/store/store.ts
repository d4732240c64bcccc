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
 * The library's one writing connection. Every write is a named transaction; an error from the disk closes the
 * connection and the next call opens it again, so editing goes on without a restart.
 */
export class Store {
  readonly folder: string
  /** False: this connection writes. `beside`: somebody else does. `alone`: nobody can. */
  readonly #reading: Reading | false
  #db: SqliteDb | null
  #closed = false
  #damageSeen = false
  readonly #mark: LogMark | null
  /** The log, for reading which one it is. */
  #log: number | null = null

  private constructor(folder: string, reading: Reading | false, db: SqliteDb, mark: LogMark | null) {
    this.folder = folder
    this.#reading = reading
    this.#db = db
    this.#mark = mark
  }

  /**
   * Opens a library that is only read: `beside` the process that writes it, or `alone`, where nothing can be written.
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

  /** Opens or makes the library in `folder` and brings its schema up to date. Throws GalleyErrors. */
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
      // From the first moment there is a log, and the mark knows it: one that turns up later from elsewhere is not
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

  /** Something read in this run was not what was written; the next start looks closely. */
  get damageSeen(): boolean {
    return this.#damageSeen
  }

  get readOnly(): boolean {
    return this.#reading !== false
  }

  /** How others of this process are to open it for reading. */
  get reading(): Reading {
    return this.#reading || 'beside'
  }

  get databaseFile(): string {
    return join(this.folder, DATABASE_NAME)
  }

  /** Reads on the writing connection; for what a save needs to know. Long reads belong to the library reader. */
  read<T>(body: (db: ReadableDb) => T): T {
    return this.#guard((db) => body(db))
  }

  /** One transaction: all of it or nothing. `name` says in the log which one failed. */
  write<T>(name: string, body: (db: WritableDb) => T): T {
    return this.#guard((db) => {
      const result = transact(db, body)
      this.#noteCommit(db)
      return result
    }, name)
  }

  /**
   * As `write`, without waiting for the disk: a kill takes nothing of it back, a power cut may, as long as no `write` has
   * followed. Only for what may as well not have happened, and never for a save.
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
    // The mark must not be ahead of what is on the disk, so it is left as it is. But it knows no log beyond the one after
    // its own: one that was begun here is synced and marked.
    if (isNewLog) this.write('note the log', noteLog)
    return result
  }

  /** From here on every commit is waited for again, if need be on another connection. */
  #restoreSync(db: SqliteDb): void {
    try {
      db.raw.exec('PRAGMA synchronous = FULL')
    } catch {
      this.#drop()
    }
  }

  /** Lets `body` work on the connection itself, in transactions of its own: for repairs on opening. */
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

  /** Takes a story out of the mark, or says at which revision it is: after a loss that has been told. */
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

  /** Writes what is in the log into the database, so that the mark can say that the log is needed no more. */
  #fold(db: SqliteDb, mark: LogMark): void {
    try {
      const [busy, logged, folded] = db.raw.prepare('PRAGMA wal_checkpoint(PASSIVE)').raw().get() as [
        number,
        number,
        number
      ]
      if (busy === 0 && logged === folded) return mark.folded()
    } catch {
      // The log stays, and the next start takes it up.
    }
    mark.unsure()
  }

  /** The save is on disk by now: nothing here may fail it. */
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

  /** The mark knows another log, or nobody can say. */
  #isNewLog(): boolean {
    try {
      return this.#mark?.isOf(this.#salts()) === false
    } catch {
      return true
    }
  }

  /** Which log it is. Throws what the file system throws. */
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
      // A connection that cannot even close is dropped all the same; the next call opens a new one.
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

/** A value that is never the one before: what changes nothing is not written, and not synced. */
function noteLog(db: WritableDb): void {
  db.run(
    sql`INSERT INTO library (key, value) VALUES ('logs', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`
  )
}

/** Asks how many frames of the log are committed, and writes nothing. */
const LOG_LENGTH = sql`PRAGMA wal_checkpoint(NOOP)`
