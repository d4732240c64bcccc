import { rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { storageError } from './storage-error.ts'

export interface LibraryLock {
  release(): void
}

/**
 * Makes this process the library's only writer; returns null while another process is. The lock is an operating system
 * lock on a small SQLite database (SQLite's locks work on every system), so it ends with the process, however that
 * ends. Throws `read_only` if the folder cannot be written to.
 */
export function acquireLock(folder: string): LibraryLock | null {
  const file = join(folder, 'galley.lock')
  try {
    return hold(file)
  } catch (error) {
    if (!isNotADatabase(error)) throw storageError(error, folder)
  }
  // Nobody can hold a lock on a file that is not a database: it is debris.
  try {
    rmSync(file, { force: true })
    return hold(file)
  } catch (error) {
    throw storageError(error, folder)
  }
}

function hold(file: string): LibraryLock | null {
  const raw = new BetterSqlite3(file, { timeout: 0 })
  try {
    raw.pragma('journal_mode = MEMORY')
    raw.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    raw.close()
    if (
      error instanceof Error &&
      'code' in error &&
      typeof error.code === 'string' &&
      error.code.startsWith('SQLITE_BUSY')
    )
      return null
    throw error
  }
  held.add(raw)
  return {
    release() {
      if (held.delete(raw)) raw.close()
    }
  }
}

/** Keeps the connections referenced: garbage collection would close them and release the lock. */
const held = new Set<BetterSqlite3.Database>()

function isNotADatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB'
}
