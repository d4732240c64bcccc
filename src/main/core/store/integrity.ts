import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { DamageReason } from '../../../shared/contract/recovery.ts'
import { listBackups } from './backup.ts'
import { namesIn, sizeOf } from './files.ts'
import { findDamagedRows, isDamage, openDamaged } from './integrity-check.ts'
import { migrations } from './migrations/index.ts'
import { hasOurSchema } from './schema-check.ts'
import { repairStory } from './salvage.ts'
import { storageError } from './storage-error.ts'

export type Inspection =
  { readonly state: 'new' | 'whole' | 'newer' } | { readonly state: 'damaged'; readonly why: DamageReason }

const DATABASE = 'galley.db'
/**
 * Bytes. A library up to this size is checked page by page if it was not closed properly; with a larger one that would
 * keep the person waiting.
 */
const QUICK_CHECK_LIMIT = 64 * 1024 * 1024

/**
 * Examines a library before it is opened; only for the holder of its lock. `expected`: there has been a library here.
 * `after`: how the last run ended. Throws GalleyErrors for a full disk, a lock or a missing permission, none of which
 * is damage.
 */
export function inspectLibrary(folder: string, expected: boolean, after: 'clean' | 'unclean' | 'suspect'): Inspection {
  const file = join(folder, DATABASE)
  const size = sizeOf(file)
  if (size === 0) {
    if (!expected) return { state: 'new' }
    return { state: 'damaged', why: existsSync(file) ? 'empty' : 'missing' }
  }
  // If the log holds every page, SQLite never looks at the file, and an overwritten file would go unnoticed.
  if (sizeOf(`${file}-wal`) > 0 && !beginsAsDatabase(file)) return { state: 'damaged', why: 'not-a-library' }
  let raw: BetterSqlite3.Database | null = null
  try {
    // Read-only, because closing a writable connection would fold the log into a file that may be damaged. Only rolling
    // back a journal needs write access.
    raw = new BetterSqlite3(file, { readonly: !existsSync(`${file}-journal`), timeout: 5000 })
    raw.pragma('cell_size_check = ON')
    const schema = Number(raw.pragma('user_version', { simple: true }))
    if (schema === 0) {
      const tables = Number(raw.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
      return tables === 0 && !expected ? { state: 'new' } : { state: 'damaged', why: 'not-a-library' }
    }
    if (schema > migrations.length) return { state: 'newer' }
    const counted = Number(raw.prepare(`SELECT value FROM library WHERE key = 'change_seq'`).pluck().get() ?? -1)
    const newest = Number(raw.prepare('SELECT coalesce(max(change_seq), 0) FROM articles').pluck().get())
    if (counted < newest) return { state: 'damaged', why: 'counter' }
    if (after === 'suspect' || (after === 'unclean' && size <= QUICK_CHECK_LIMIT)) {
      const [found] = raw.pragma(after === 'suspect' ? 'integrity_check(1)' : 'quick_check(1)') as Record<
        string,
        string
      >[]
      const line = Object.values(found ?? {})[0]
      if (line !== 'ok') return { state: 'damaged', why: 'unreadable' }
      if (after === 'suspect' && !hasOurSchema(raw, schema)) return { state: 'damaged', why: 'unreadable' }
    }
    return { state: 'whole' }
  } catch (error) {
    if (!isDamage(error)) throw storageError(error, folder)
    return { state: 'damaged', why: 'unreadable' }
  } finally {
    raw?.close()
  }
}

/** The sixteen bytes every SQLite file begins with, which no save ever changes. */
function beginsAsDatabase(file: string): boolean {
  const start = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, start, 0, 16, 0)
  } finally {
    closeSync(handle)
  }
  return start.toString('latin1') === 'SQLite format 3\0'
}

/**
 * Verifies every stored text against its checksum and replaces those that fail with the newest good one, from the
 * history, the journal or backups. A bad row costs one story its last changes, not the library. Returns how many were
 * repaired; only this process may have the library open for writing.
 */
export function repairRows(
  folder: string,
  library: BetterSqlite3.Database
): { repaired: number; beyondRepair: number } {
  const damaged = [...new Set((findDamagedRows(library) ?? []).map(({ seq }) => seq))]
  if (damaged.length === 0) return { repaired: 0, beyondRepair: 0 }
  const backups = listBackups(folder).flatMap(({ file }) => openDamaged(file) ?? [])
  try {
    const results = damaged.map((seq) => repairStory(library, seq, backups))
    return {
      repaired: results.filter((result) => result !== null).length,
      beyondRepair: results.filter((result) => result === null).length
    }
  } finally {
    for (const backup of backups) backup.close()
  }
}

/** True if a library has been here, whatever its file looks like now. */
export function hasTraces(folder: string): boolean {
  return (
    existsSync(join(folder, 'library.json')) ||
    listBackups(folder).length > 0 ||
    namesIn(join(folder, 'media')).length > 0
  )
}
