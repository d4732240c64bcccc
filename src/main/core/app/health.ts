import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { listBackups, type BackupSchedule } from '../store/backup.ts'
import type { RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { noticeWords } from '../../../shared/words/en/recovery.ts'
import { hashedMedia } from '../store/media.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import { countUnindexed } from '../store/search.ts'
import type { Store } from '../store/store.ts'

export interface HealthLine {
  readonly check: string
  readonly ok: boolean
  readonly message: string
}

export interface HealthOptions {
  readonly store: Store
  readonly reader: LibraryReader
  /** Null while the library is open for reading only. */
  readonly backups: Pick<BackupSchedule, 'problem'> | null
  readonly readOnlyReason: string | null
  /** What was found and done when the library was opened. */
  readonly notices: readonly RecoveryNotice[]
}

/** Less free space than this, in bytes, and the next backup or picture may not fit. */
const LOW_DISK = 500 * 1024 * 1024

/**
 * The library's health, a line for each check. Reads everything there is: takes seconds for a large library, none of
 * them on this thread.
 */
export async function checkHealth(options: HealthOptions, signal?: AbortSignal): Promise<HealthLine[]> {
  const { store, reader, readOnlyReason, notices } = options
  const lines: HealthLine[] = []
  const line = (check: string, ok: boolean, message: string): void => {
    lines.push({ check, ok, message })
  }

  line('lock', readOnlyReason === null, readOnlyReason ?? 'This Galley is the only one that writes to the library.')
  for (const notice of notices) line('opening', false, noticeWords(notice).message)

  const found = await reader.verify({ file: store.databaseFile, full: true }, { signal })
  line(
    'library file',
    found.problems.length === 0,
    found.problems.length === 0
      ? `${count(found.stories, 'story', 'stories')}; every page and every checksum is right.`
      : found.problems.slice(0, 5).join(' ')
  )
  line('schema', true, `Version ${found.schema}.`)

  const waiting = store.read(countUnindexed)
  line(
    'search',
    true,
    waiting === 0
      ? 'The index knows every story as it is.'
      : `${count(waiting, 'story is', 'stories are')} waiting to be indexed; that goes on by itself.`
  )
  lines.push(await checkPictures(store, signal))
  lines.push(await checkBackups(options, found.changeSeq, signal))

  const disk = await statfs(store.folder)
  const free = disk.bavail * disk.bsize
  line(
    'disk',
    free >= LOW_DISK,
    `${megabytes(free)} free.${free < LOW_DISK ? ' Free some space: backups need as much as the library.' : ''}`
  )
  const leftovers = (await readdir(store.folder)).filter((name) => name.endsWith('.tmp')).length
  line(
    'temporary files',
    leftovers === 0,
    leftovers === 0 ? 'None left over.' : `${leftovers} left over; they go at the next start.`
  )
  const kept = await readdir(join(store.folder, 'quarantine')).catch(() => [])
  if (kept.length > 0)
    line(
      'quarantine',
      true,
      `${count(kept.length, 'damaged file is', 'damaged files are')} kept there. Delete them when nothing is missing.`
    )
  return lines
}

async function checkPictures(store: Store, signal?: AbortSignal): Promise<HealthLine> {
  const media = store.read(hashedMedia)
  const missing: string[] = []
  const damaged: string[] = []
  for (const { id, name } of media) {
    if (signal?.aborted) throw new GalleyError('cancelled', 'The check was stopped.')
    const sum = await hashFile(join(store.folder, 'media', id.slice(0, 2), id))
    if (sum === null) missing.push(name)
    else if (sum !== id) damaged.push(name)
  }
  const problems = [
    missing.length > 0 && `Missing: ${missing.slice(0, 5).join(', ')}.`,
    damaged.length > 0 && `Damaged: ${damaged.slice(0, 5).join(', ')}.`
  ].filter((problem) => problem !== false)
  return {
    check: 'pictures',
    ok: problems.length === 0,
    message:
      problems.length > 0
        ? `${problems.join(' ')} Add them again.`
        : `${count(media.length, 'picture', 'pictures')}, all as they were added.`
  }
}

async function checkBackups(
  { store, reader, backups }: HealthOptions,
  changeSeq: number,
  signal?: AbortSignal
): Promise<HealthLine> {
  const [newest, ...others] = listBackups(store.folder)
  if (!newest)
    return {
      check: 'backups',
      ok: changeSeq === 0,
      message:
        changeSeq === 0 ? 'Nothing to back up yet.' : 'None yet. One is made after ten minutes of work and on closing.'
    }
  const answer = await reader.verify({ file: newest.file, full: false }, { signal })
  if (answer.problems.length > 0)
    return {
      check: 'backups',
      ok: false,
      message: `The newest backup (${newest.name}) is damaged: ${answer.problems[0]}`
    }
  const behind = changeSeq - newest.changeSeq
  const state = `${others.length + 1} kept; the newest is whole${behind > 0 ? ` and ${count(behind, 'change', 'changes')} behind` : ' and has everything'}.`
  return {
    check: 'backups',
    ok: !backups?.problem,
    message: backups?.problem ? `${state} The last try failed: ${backups.problem}` : state
  }
}

/** Null where there is no such file. */
async function hashFile(file: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array)
  } catch {
    return null
  }
  return hash.digest('hex')
}

function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}

function megabytes(bytes: number): string {
  return bytes > 10 * 1024 ** 3 ? `${Math.round(bytes / 1024 ** 3)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`
}
