import { GalleyError } from '../../../shared/rpc/errors.ts'
import { migrations } from './migrations/index.ts'
import type { SqliteDb } from './sql.ts'
import { say } from '../../../shared/words/message.ts'

/** Applies the migrations the file does not have yet, each in a transaction that also records its number. */
export function migrate(db: SqliteDb, upTo: number = migrations.length): void {
  const version = requireKnownSchema(db)
  for (const migration of migrations.slice(version, upTo)) {
    db.raw.exec('BEGIN IMMEDIATE')
    try {
      db.raw.exec(migration.up)
      migration.fill?.(db)
      db.raw.pragma(`user_version = ${migration.number}`)
      db.raw.exec('COMMIT')
    } catch (error) {
      if (db.raw.inTransaction) db.raw.exec('ROLLBACK')
      throw error
    }
  }
}

/**
 * The schema version of the file, as the number of migrations applied. Throws `unsupported` for a newer schema, and
 * leaves the file untouched.
 */
export function requireKnownSchema(db: SqliteDb): number {
  const version = Number(db.raw.pragma('user_version', { simple: true }))
  if (version > migrations.length) throw newerLibrary()
  return version
}

export function newerLibrary(): GalleyError {
  return new GalleyError('unsupported', say('store.newerLibrary'))
}
