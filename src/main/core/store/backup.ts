import { mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { namesIn, sizeOf, syncFolder } from './files.ts'
import { verifyFile } from './integrity-check.ts'
import type { VerifyAnswer } from './reader/protocol.ts'
import { sql } from './sql.ts'
import { storageError } from './storage-error.ts'
import type { Store } from './store.ts'

export interface BackupFile {
  readonly name: string
  readonly file: string
  /** The library's change counter at the time: backups are in order of this, never of a clock. */
  readonly changeSeq: number
  /** YYYYMMDD by the clock of the time; only tells days apart. */
  readonly day: string
}

const EVERY = 10 * 60_000
const KEEP_LAST = 6
const KEEP_DAYS = 7
/** Pages copied at a time, of 4 kB: well under a millisecond, so that a save never waits for a backup. */
const PAGES = 64
/** Checked in this thread below this size; above it a worker does. */
const SMALL = 16 * 1024 * 1024
/** A larger library is not copied on quitting when it has a backup: it would hold up the quitting. */
const QUIT_LIMIT = 512 * 1024 * 1024

/** The backups of a library, newest first. */
export function listBackups(folder: string): BackupFile[] {
  const backups: BackupFile[] = []
  for (const name of namesIn(join(folder, 'backups'))) {
    const match = /^galley-(\d{12})-(\d{8})(-before-v\d+)?\.db$/.exec(name)
    if (match) backups.push({ name, file: join(folder, 'backups', name), changeSeq: Number(match[1]), day: match[2] ?? '' })
  }
  return backups.toSorted((a, b) => b.changeSeq - a.changeSeq || (a.name < b.name ? 1 : -1))
}

/** Looks a backup over; large ones are for a worker to read. */
export type Verify = (file: string) => Promise<VerifyAnswer>

export interface BackupOptions {
  readonly verify: Verify
  readonly now: number
  /** Put behind the name of one that is made before a migration. */
  readonly suffix?: string
  readonly signal?: AbortSignal
}

/**
 * Copies a library that is open, in small steps between which saves go on, checks the copy and gives it its name only then. Old ones
 * go when the new one is there. Throws `storage_full` before it begins where there is no room, `damaged` when the copy is not whole.
 */
export async function makeBackup(source: BetterSqlite3.Database, folder: string, { verify, now, suffix = '', signal }: BackupOptions): Promise<BackupFile> {
  const target = join(folder, 'backups')
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const size = sizeOf(join(folder, 'galley.db'))
  const disk = statfsSync(target)
  if (disk.bavail * disk.bsize < size * 1.2 + 1024 * 1024) {
    throw new GalleyError('storage_full', 'There is no room on the disk for a backup of the library.', { next: 'Free some space; the next backup is tried by itself.' })
  }
  const temporary = join(target, `backup-${process.pid}.tmp`)
  try {
    discard(temporary)
    await source.backup(temporary, {
      progress() {
        if (signal?.aborted) throw new GalleyError('cancelled', 'The backup was stopped.')
        return PAGES
      }
    })
    makeStandalone(temporary)
    const answer = size < SMALL ? verifyFile(temporary, false) : await verify(temporary)
    if (!answer || answer.problems.length > 0) {
      throw new GalleyError('damaged', `The backup is not whole: ${answer?.problems[0] ?? 'it could not be read'}`, { next: 'Run the doctor on the library.' })
    }
    const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
    const name = `galley-${String(answer.changeSeq).padStart(12, '0')}-${day}${suffix}.db`
    renameSync(temporary, join(target, name))
    syncFolder(target)
    rotateBackups(folder)
    return { name, file: join(target, name), changeSeq: answer.changeSeq, day }
  } catch (error) {
    discard(temporary)
    throw storageError(error)
  }
}

/**
 * Keeps the newest six and, of the older ones, the newest of each of seven days; fewer where they would fill the disk, never
 * fewer than two. What counts is the order of changes: a clock that jumps cannot make a recent backup old.
 */
export function rotateBackups(folder: string): void {
  const backups = listBackups(folder)
  const kept = backups.slice(0, KEEP_LAST)
  const days = new Set(kept.map(({ day }) => day))
  for (const backup of backups.slice(KEEP_LAST)) {
    if (days.has(backup.day) || days.size > KEEP_DAYS) continue
    days.add(backup.day)
    kept.push(backup)
  }
  const disk = statfsSync(folder)
  const sizes = kept.map(({ file }) => sizeOf(file))
  const room = (disk.bavail * disk.bsize + sizes.reduce((sum, size) => sum + size, 0)) / 4
  let used = 0
  const names = new Set<string>()
  for (const [at, backup] of kept.entries()) {
    used += sizes[at] ?? 0
    if (at < 2 || used <= room) names.add(backup.name)
  }
  for (const { name, file } of backups) if (!names.has(name)) rmSync(file, { force: true })
}

export interface BackupScheduleOptions {
  readonly store: Store
  readonly clock: Clock
  readonly verify: Verify
  readonly log: (line: string) => void
}

/** A backup after every ten minutes in which something changed, and one on closing. */
export class BackupSchedule {
  readonly #options: BackupScheduleOptions
  readonly #abort = new AbortController()
  #cancelTimer: () => void = () => undefined
  #running: Promise<void> | null = null
  #problem: string | null = null

  constructor(options: BackupScheduleOptions) {
    this.#options = options
  }

  /** Why the last try failed, in words; null when it did not. */
  get problem(): string | null {
    return this.#problem
  }

  start(): void {
    this.#cancelTimer = this.#options.clock.after(EVERY, () => {
      void this.backUp()
      this.start()
    })
  }

  /** Makes a backup if anything changed since the last one. Never throws: a failed backup is logged and tried again. */
  async backUp(): Promise<void> {
    this.#running ??= this.#backUp().finally(() => { this.#running = null })
    await this.#running
  }

  /** With a last backup, where one is due and quick to make. */
  async close(): Promise<void> {
    this.#cancelTimer()
    if (this.#running) {
      this.#abort.abort()
      await this.#running
      return
    }
    const { folder, databaseFile } = this.#options.store
    if (sizeOf(databaseFile) <= QUIT_LIMIT || listBackups(folder).length === 0) await this.backUp()
  }

  async #backUp(): Promise<void> {
    const { store, clock, verify, log } = this.#options
    try {
      const changeSeq = store.read((db) => db.get<{ value: number }>(sql`SELECT CAST(value AS INTEGER) AS value FROM library WHERE key = 'change_seq'`))?.value ?? 0
      const [newest] = listBackups(store.folder)
      if (changeSeq === 0 || newest?.changeSeq === changeSeq) return
      await makeBackup(store.connection().raw, store.folder, { verify, now: clock.now(), signal: this.#abort.signal })
      this.#problem = null
    } catch (error) {
      if (error instanceof GalleyError && error.code === 'cancelled') return
      this.#problem = error instanceof Error ? error.message : 'unknown'
      log(`backup failed: ${this.#problem}`)
    }
  }
}

/** A backup is one file, whole in itself, that can be read where nothing can be written. */
function makeStandalone(file: string): void {
  const raw = new BetterSqlite3(file)
  try {
    raw.pragma('journal_mode = DELETE')
  } finally {
    raw.close()
  }
}

function discard(file: string): void {
  for (const name of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${name}`, { force: true })
}
