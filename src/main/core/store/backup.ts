import { renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { copyLibrary } from './copy-library.ts'
import { openDatabase } from './database.ts'
import { namesIn, privateFile, sizeOf, syncFolder, makeFolder } from './files.ts'
import type { VerifyAnswer } from './reader/protocol.ts'
import { sql } from './sql.ts'
import { storageError } from './storage-error.ts'
import type { Store } from './store.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface BackupFile {
  readonly name: string
  readonly file: string
  /** The library's change counter when the backup was made. Backups are ordered by this, never by a clock. */
  readonly changeSeq: number
  /** YYYYMMDD by the clock when it was made; only used to tell days apart. */
  readonly day: string
}

const EVERY = 10 * 60_000
const KEEP_LAST = 6
const KEEP_DAYS = 7
/** Bytes. A library this small is copied on quitting faster than a worker would start. */
const SMALL = 8 * 1024 * 1024
/** Bytes. A larger library that already has a backup is not copied on quitting, because that would take too long. */
const QUIT_LIMIT = 512 * 1024 * 1024

/** The backups of a library, newest first. */
export function listBackups(folder: string): BackupFile[] {
  return backupsIn(join(folder, 'backups'))
}

/** The backups in any folder, newest first. */
export function backupsIn(folder: string): BackupFile[] {
  const backups: BackupFile[] = []
  for (const name of namesIn(folder)) {
    const match = /^galley-(\d{12})-(\d{8})(-before-v\d+)?\.db$/.exec(name)
    if (match) backups.push({ name, file: join(folder, name), changeSeq: Number(match[1]), day: match[2] ?? '' })
  }
  return backups.toSorted((a, b) => b.changeSeq - a.changeSeq || (a.name < b.name ? 1 : -1))
}

/** Copies the library into a new file and verifies the copy. */
export type Copy = (target: string, signal?: AbortSignal) => Promise<VerifyAnswer>

export interface BackupOptions {
  readonly copy: Copy
  readonly now: number
  /** Appended to the name of a backup made before a migration. */
  readonly suffix?: string
  readonly signal?: AbortSignal
}

/**
 * Copies an open library, and gives the copy its final name only once it has been verified. Old backups are deleted
 * after that. Throws `storage_full` before starting if there is no room, and `damaged` if the copy is not intact.
 */
export async function makeBackup(
  folder: string,
  { copy, now, suffix = '', signal }: BackupOptions
): Promise<BackupFile> {
  const target = join(folder, 'backups')
  makeFolder(target)
  const size = sizeOf(join(folder, 'galley.db'))
  const disk = statfsSync(target)
  if (disk.bavail * disk.bsize < size * 1.2 + 1024 * 1024) {
    throw new GalleyError('storage_full', say('store.noRoomForBackup'))
  }
  const temporary = join(target, `backup-${process.pid}.tmp`)
  try {
    discard(temporary)
    privateFile(temporary)
    const answer = await copy(temporary, signal)
    if (answer.problems.length > 0) {
      throw new GalleyError(
        'damaged',
        say('store.backupNotWhole', { problem: answer.problems[0] ?? say('store.noLibraryInFile') })
      )
    }
    const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
    const name = `galley-${String(answer.changeSeq).padStart(12, '0')}-${day}${suffix}.db`
    renameSync(temporary, join(target, name))
    syncFolder(target)
    rotateBackups(folder)
    return { name, file: join(target, name), changeSeq: answer.changeSeq, day }
  } catch (error) {
    discard(temporary)
    throw storageError(error, folder)
  }
}

/**
 * Keeps the newest six and, of the older ones, the newest of each further day, up to eight days in all; fewer if they
 * would fill the disk, but never fewer than two. The order is that of changes: a clock that jumps cannot make a recent
 * backup look old.
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
  readonly copy: Copy
  /** Brings the change counter up to date with what was typed; otherwise it would say that nothing changed. */
  readonly catchUp: () => void
  readonly log: (line: string) => void
  /** Called after each new backup, and when one was due but nothing had changed: copies it to a second place. */
  readonly mirror?: () => Promise<void>
}

/** Makes a backup every ten minutes if something changed, and one on closing. */
export class BackupSchedule {
  readonly #options: BackupScheduleOptions
  readonly #abort = new AbortController()
  #cancelTimer: () => void = () => undefined
  #running: Promise<void> | null = null
  #problem: Message | null = null

  constructor(options: BackupScheduleOptions) {
    this.#options = options
  }

  /** Why the last attempt failed; null if it did not. */
  get problem(): Message | null {
    return this.#problem
  }

  start(): void {
    this.#cancelTimer = this.#options.clock.after(EVERY, () => {
      void this.backUp()
      this.start()
    })
  }

  /**
   * Makes a backup if anything changed since the last one. Never throws: a failure is logged, and the next round
   * retries.
   */
  async backUp(): Promise<void> {
    this.#running ??= this.#backUp().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  /** Stops, and makes a last backup if one is due and quick to make. */
  async close(): Promise<void> {
    this.#cancelTimer()
    if (this.#running) {
      this.#abort.abort()
      await this.#running
      return
    }
    const { folder, databaseFile } = this.#options.store
    const size = sizeOf(databaseFile)
    if (size <= SMALL) await this.#backUp((target) => copyHere(databaseFile, target))
    else if (size <= QUIT_LIMIT || listBackups(folder).length === 0) await this.backUp()
  }

  async #backUp(copy: Copy = this.#options.copy): Promise<void> {
    const { store, clock, catchUp, log, mirror } = this.#options
    try {
      catchUp()
      const changeSeq =
        store.read((db) =>
          db.get<{ value: number }>(sql`SELECT CAST(value AS INTEGER) AS value FROM library WHERE key = 'change_seq'`)
        )?.value ?? 0
      const [newest] = listBackups(store.folder)
      if (changeSeq === 0) return
      if (newest?.changeSeq === changeSeq) return await mirror?.()
      await makeBackup(store.folder, { copy, now: clock.now(), signal: this.#abort.signal })
      this.#problem = null
      await mirror?.()
    } catch (error) {
      if (error instanceof GalleyError && error.code === 'cancelled') return
      const line = error instanceof Error ? error.message : ''
      this.#problem = error instanceof GalleyError ? error.said : say('store.sqliteSays', { line })
      log(`backup failed: ${line}`)
    }
  }
}

async function copyHere(databaseFile: string, target: string): Promise<VerifyAnswer> {
  const source = openDatabase(databaseFile, 'beside')
  try {
    const answer = await copyLibrary(source.raw, target)
    if (!answer) throw new Error('Nobody stopped it')
    return answer
  } finally {
    source.raw.close()
  }
}

function discard(file: string): void {
  for (const name of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${name}`, { force: true })
}
