import type { SqliteDb } from '../sql.ts'
import { stories } from './0001-stories.ts'
import { publishing } from './0002-publishing.ts'
import { search } from './0003-search.ts'

export interface Migration {
  /** Its place in the list, from 1. */
  readonly number: number
  readonly name: string
  readonly up: string
  /** What SQL alone cannot work out; runs after \`up\`, in the same transaction. */
  readonly fill?: (db: SqliteDb) => void
}

/** In order, never edited after release: a library of any age walks up through these. */
export const migrations: readonly Migration[] = [stories, publishing, search]
