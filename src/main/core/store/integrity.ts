import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { listBackups, type BackupFile } from './backup.ts'
import { openDatabase } from './database.ts'
import { namesIn, sizeOf, syncFile, syncFolder } from './files.ts'
import { findDamagedRows, isDamage, verifyFile } from './integrity-check.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { repairStory, salvageInto } from './salvage.ts'
import { storageError } from './storage-error.ts'
import { inspectWal, mendWal } from './wal.ts'

/** Something the person should know about the library they just opened. */
export interface Notice {
  readonly message: string
  readonly next?: string
}

export type Inspection =
  { readonly state: 'new' | 'whole' | 'newer' } | { readonly state: 'damaged'; readonly why: string }

const DATABASE = 'galley.db'
const RESTORED = 'restored.db'
/**
 * A library up to this size is checked page by page after it was not closed properly; a larger one would keep the
 * person waiting.
 */
const QUICK_CHECK_LIMIT = 64 * 1024 * 1024
const WAL_LIMIT = 256 * 1024 * 1024

/**
 * Looks at a library before it is opened; for the holder of its lock only. `expected`: there has been a library here.
 * `after`: how the last run ended. Throws GalleyErrors for a full disk, a lock or a missing permission, none of which
 * is damage.
 */
export function inspectLibrary(folder: string, expected: boolean, after: 'clean' | 'unclean' | 'suspect'): Inspection {
  const file = join(folder, DATABASE)
  const size = sizeOf(file)
  if (size === 0) {
    if (!expected) return { state: 'new' }
    return { state: 'damaged', why: existsSync(file) ? 'the library file is empty' : 'the library file is missing' }
  }
  let raw: BetterSqlite3.Database | null = null
  try {
    raw = new BetterSqlite3(file, { timeout: 5000 })
    raw.pragma('cell_size_check = ON')
    const schema = Number(raw.pragma('user_version', { simple: true }))
    if (schema === 0) {
      const tables = Number(raw.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
      return tables === 0 && !expected
        ? { state: 'new' }
        : { state: 'damaged', why: 'the library file holds no library' }
    }
    if (schema > migrations.length) return { state: 'newer' }
    const counted = Number(raw.prepare(`SELECT value FROM library WHERE key = 'change_seq'`).pluck().get() ?? -1)
    const newest = Number(raw.prepare('SELECT coalesce(max(change_seq), 0) FROM articles').pluck().get())
    if (counted < newest) return { state: 'damaged', why: 'the library’s change counter is behind its stories' }
    if (after === 'suspect' || (after === 'unclean' && size <= QUICK_CHECK_LIMIT)) {
      const [found] = raw.pragma('quick_check(1)') as Record<string, string>[]
      const line = Object.values(found ?? {})[0]
      if (line !== 'ok') return { state: 'damaged', why: line ?? 'it cannot be checked' }
    }
    return { state: 'whole' }
  } catch (error) {
    if (!isDamage(error)) throw storageError(error)
    return { state: 'damaged', why: error instanceof Error ? error.message : 'it cannot be read' }
  } finally {
    raw?.close()
  }
}

/**
 * Mends a write-ahead log that was damaged in its middle, so that SQLite does not forget the saves behind it in
 * silence. The log as it was is kept in quarantine. Answers what was found; null for a log that is as it should be.
 */
export function mendLog(folder: string, stamp: string): Notice | null {
  const file = join(folder, `${DATABASE}-wal`)
  if (sizeOf(file) === 0 || sizeOf(file) > WAL_LIMIT) return null
  const state = inspectWal(new Uint8Array(readFileSync(file)))
  if (!state || (state.broken.length === 0 && !state.headerBroken)) return null
  mkdirSync(join(folder, 'quarantine'), { recursive: true, mode: 0o700 })
  copyFileSync(file, join(folder, 'quarantine', `${stamp}-${DATABASE}-wal`))
  mendWal(file)
  return {
    message: 'The log of the last saves was damaged. What was saved after the damage has been kept.',
    next: 'The damaged log is in the quarantine folder of the library.'
  }
}

/**
 * Puts the newest good backup in place of a damaged library, with everything the damaged file still yields. The damaged
 * file is moved to quarantine, never deleted. Can be killed at any point: either nothing has happened yet, or
 * `finishRecovery` goes on from there.
 */
export function recoverLibrary(folder: string, why: string, stamp: string): Notice {
  const building = join(folder, `${RESTORED}.tmp`)
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${building}${end}`, { force: true })
  const backup = newestGoodBackup(folder)
  if (backup) copyFileSync(backup.file, building)
  const target = openDatabase(building, 'write')
  let salvaged = 0
  let stories = 0
  try {
    migrate(target)
    const damaged = openDamaged(join(folder, DATABASE)) ?? (backup && openLogOver(folder, backup.file))
    if (damaged) {
      try {
        salvaged = salvageInto(target.raw, damaged)
      } finally {
        damaged.close()
      }
    }
    stories = Number(target.raw.prepare('SELECT count(*) FROM articles').pluck().get())
    target.raw.pragma('wal_checkpoint(TRUNCATE)')
    target.raw.pragma('journal_mode = DELETE')
  } finally {
    target.raw.close()
  }
  syncFile(building)
  renameSync(building, join(folder, RESTORED))
  syncFolder(folder)
  finishRecovery(folder, stamp)
  const from = backup ? `the backup of change ${backup.changeSeq}` : 'what could still be read of it'
  return {
    message: `The library was damaged (${why}). It has been put together again from ${from}: ${stories} ${stories === 1 ? 'story' : 'stories'}${salvaged > 0 ? `, ${salvaged} of them as last saved` : ''}.`,
    next: 'The damaged file is kept in the quarantine folder of the library. Look through what you worked on last.'
  }
}

/**
 * The last steps of a recovery; safe to repeat after a kill between any two of them. True when there was one to finish.
 */
export function finishRecovery(folder: string, stamp: string): boolean {
  const restored = join(folder, RESTORED)
  if (!existsSync(restored)) return false
  mkdirSync(join(folder, 'quarantine'), { recursive: true, mode: 0o700 })
  for (const end of ['', '-wal', '-shm']) {
    const file = join(folder, `${DATABASE}${end}`)
    if (existsSync(file)) renameSync(file, join(folder, 'quarantine', `${stamp}-${DATABASE}${end}`))
  }
  syncFolder(join(folder, 'quarantine'))
  renameSync(restored, join(folder, DATABASE))
  syncFolder(folder)
  return true
}

/**
 * Holds every stored text against its checksum and replaces those that fail with the newest good one, from history,
 * journal or backups. One bad row costs one story's last changes, not the library. Answers what was done; the library
 * must be open for writing here alone.
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

/** True where a library has been, whatever its file looks like now. */
export function hasTraces(folder: string): boolean {
  return (
    existsSync(join(folder, 'library.json')) ||
    listBackups(folder).length > 0 ||
    namesIn(join(folder, 'media')).length > 0
  )
}

function newestGoodBackup(folder: string): BackupFile | null {
  for (const backup of listBackups(folder)) {
    const answer = verifyFile(backup.file, false)
    if (answer && answer.problems.length === 0) return backup
  }
  return null
}

/**
 * The log of the last saves laid over a backup, where the file it belongs to is lost: not a consistent library, but one
 * in which the rows of the last saves can be read, and their checksums tell which are whole.
 */
function openLogOver(folder: string, backup: string): BetterSqlite3.Database | null {
  const log = join(folder, `${DATABASE}-wal`)
  if (sizeOf(log) === 0) return null
  const both = join(folder, 'log-over-backup.tmp')
  copyFileSync(backup, both)
  copyFileSync(log, `${both}-wal`)
  const raw = new BetterSqlite3(both)
  try {
    raw.pragma('journal_mode = WAL')
    raw.close()
  } catch {
    raw.close()
  }
  copyFileSync(log, `${both}-wal`)
  rmSync(`${both}-shm`, { force: true })
  return openDamaged(both)
}

/** For reading what is left, without writing to it; null when SQLite cannot make anything of it. */
function openDamaged(file: string): BetterSqlite3.Database | null {
  if (sizeOf(file) === 0) return null
  let raw: BetterSqlite3.Database | null = null
  try {
    raw = new BetterSqlite3(file, { readonly: true, fileMustExist: true })
    raw.pragma('cell_size_check = ON')
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    return raw
  } catch {
    raw?.close()
    return null
  }
}
