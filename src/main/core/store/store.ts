import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { openDatabase } from './database.ts'
import { migrate, requireKnownSchema } from './migrate.ts'
import { needsReopening, storageError } from './storage-error.ts'
import type { ReadableDb, SqliteDb, WritableDb } from './sql.ts'

export const DATABASE_NAME = 'galley.db'

/**
 * The library's one writing connection. Every write is a named transaction; an error from the disk closes the
 * connection and the next call opens it again, so editing goes on without a restart.
 */
export class Store {
  readonly folder: string
  readonly readOnly: boolean
  #db: SqliteDb | null
  #closed = false
  #damageSeen = false

  private constructor(folder: string, readOnly: boolean, db: SqliteDb) {
    this.folder = folder
    this.readOnly = readOnly
    this.#db = db
  }

  /** Opens or makes the library in `folder` and brings its schema up to date. Throws GalleyErrors. */
  static open(folder: string, mode: 'write' | 'read' = 'write'): Store {
    try {
      if (mode === 'write') mkdirSync(folder, { recursive: true, mode: 0o700 })
      const db = openDatabase(join(folder, DATABASE_NAME), mode)
      if (mode === 'write') migrate(db)
      else requireKnownSchema(db)
      return new Store(folder, mode === 'read', db)
    } catch (error) {
      throw storageError(error)
    }
  }

  /** Something read in this run was not what was written; the next start looks closely. */
  get damageSeen(): boolean {
    return this.#damageSeen
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
      db.raw.exec('BEGIN IMMEDIATE')
      try {
        const result = body(db)
        db.raw.exec('COMMIT')
        return result
      } catch (error) {
        if (db.raw.inTransaction) db.raw.exec('ROLLBACK')
        throw error
      }
    }, name)
  }

  /** The connection itself, for backup and integrity checks inside store/. */
  connection(): SqliteDb {
    if (this.#closed) throw new Error('The library is closed')
    this.#db ??= openDatabase(this.databaseFile, this.readOnly ? 'read' : 'write')
    return this.#db
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#db?.raw.close()
    this.#db = null
  }

  #guard<T>(body: (db: SqliteDb) => T, name = 'read'): T {
    try {
      return body(this.connection())
    } catch (error) {
      if (needsReopening(error)) this.#drop()
      const told = storageError(error)
      if (told instanceof GalleyError && told.code === 'damaged') this.#damageSeen = true
      if (told instanceof Error && told !== error) told.stack = `${told.stack}\n  in ${name}`
      throw told
    }
  }

  #drop(): void {
    try {
      this.#db?.raw.close()
    } catch {
      // A connection that cannot even close is dropped all the same; the next call opens a new one.
    }
    this.#db = null
  }
}
