import type { SqliteDb } from '../sql.ts'

/** One step of the library's schema: one file, one test, never edited after release. */
export interface Migration {
  /** Its place in the list, from 1. */
  readonly number: number
  readonly name: string
  readonly up: string
  /** What SQL alone cannot work out; runs after `up`, in the same transaction. */
  readonly fill?: (db: SqliteDb) => void
}
