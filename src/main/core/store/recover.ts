import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DamageReason } from '../../../shared/contract/recovery.ts'
import { listBackups, type BackupFile } from './backup.ts'
import { openDatabase } from './database.ts'
import { privateFile, sizeOf, syncFile, syncFolder } from './files.ts'
import { harvest } from './harvest.ts'
import { openDamaged, verifyFile } from './integrity-check.ts'
import { LogMark, readMark } from './log-mark.ts'
import { migrate } from './migrate.ts'
import { PageReader } from './page-reader.ts'
import { setAside } from './quarantine.ts'
import { columnsOf, doubtOutbox, salvageStories, salvageTables } from './salvage.ts'
import type { SqliteDb } from './sql.ts'

const DATABASE = 'galley.db'
const RESTORED = 'restored.db'

export interface Recovered {
  readonly why: DamageReason
  /** When the backup used for the restoration was made; null if there was no good one. */
  readonly backupAt: string | null
  readonly stories: number
  /** Stories taken from the damaged files, either newer than in the backup or not in it. */
  readonly salvaged: number
  readonly kept: readonly string[]
}

/**
 * Replaces a damaged library with the newest good backup and everything that the damaged file and its log still yield.
 * The damaged files are moved to quarantine, never deleted. It can be killed at any point: either nothing has happened
 * yet, or `finishRecovery` completes it. Throws what SQLite and the file system throw.
 */
export function recoverLibrary(folder: string, why: DamageReason, stamp: string): Recovered {
  const building = join(folder, `${RESTORED}.tmp`)
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${building}${end}`, { force: true })
  const backup = newestGoodBackup(folder)
  privateFile(building)
  if (backup) copyFileSync(backup.file, building)
  const target = openDatabase(building, 'write')
  let salvaged = 0
  let stories = 0
  try {
    // Whatever a kill leaves of this file is discarded; it is synced as a whole when it is ready.
    target.raw.pragma('synchronous = OFF')
    migrate(target)
    salvaged = salvage(folder, target)
    stories = Number(target.raw.prepare('SELECT count(*) FROM articles').pluck().get())
    target.raw.pragma('wal_checkpoint(TRUNCATE)')
    target.raw.pragma('journal_mode = DELETE')
  } finally {
    target.raw.close()
  }
  syncFile(building)
  renameSync(building, join(folder, RESTORED))
  syncFolder(folder)
  const backupAt = backup && statSync(backup.file).mtime.toISOString()
  return { why, backupAt, stories, salvaged, kept: finishRecovery(folder, stamp) ?? [] }
}

/**
 * Reads what the pages of the damaged file and its log still hold into `target`; returns how many stories came back.
 */
function salvage(folder: string, target: SqliteDb): number {
  const file = join(folder, DATABASE)
  const log = sizeOf(`${file}-wal`) > 0 ? new Uint8Array(readFileSync(`${file}-wal`)) : new Uint8Array()
  const pages = new PageReader(file, log)
  let salvaged: number
  try {
    salvaged = salvageStories(
      target.raw,
      harvest(pages, (table) => columnsOf(target.raw, table))
    )
  } finally {
    pages.close()
  }
  const damaged = openDamaged(file)
  try {
    if (damaged) salvageTables(target.raw, damaged)
  } finally {
    damaged?.close()
  }
  doubtOutbox(target.raw)
  return salvaged
}

/**
 * The last steps of a recovery; safe to repeat after a kill between any two of them. Returns the names of the files set
 * aside; null if there was nothing to finish.
 */
export function finishRecovery(folder: string, stamp: string): string[] | null {
  const restored = join(folder, RESTORED)
  if (!existsSync(restored)) return null
  // A new mark, because the log that the old one describes goes aside with the damaged file.
  LogMark.begin(folder, readMark(folder)?.stories ?? []).close()
  const kept = ['', '-wal', '-shm'].flatMap((end) => setAside(folder, `${DATABASE}${end}`, stamp) ?? [])
  renameSync(restored, join(folder, DATABASE))
  syncFolder(folder)
  return kept
}

function newestGoodBackup(folder: string): BackupFile | null {
  for (const backup of listBackups(folder)) {
    const answer = verifyFile(backup.file, false)
    if (answer && answer.problems.length === 0) return backup
  }
  return null
}
