import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { listBackups, type BackupSchedule } from '../store/backup.ts'
import type { RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { hashedMedia } from '../store/media.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import { countUnindexed } from '../store/search.ts'
import type { Store } from '../store/store.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface HealthLine {
  readonly check: string
  readonly ok: boolean
  readonly found: Message
}

export interface HealthOptions {
  readonly store: Store
  readonly reader: LibraryReader
  /** Null while the library is open for reading only. */
  readonly backups: Pick<BackupSchedule, 'problem'> | null
  readonly readOnlyReason: Message | null
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
  const line = (check: string, ok: boolean, found: Message): void => {
    lines.push({ check, ok, found })
  }

  line('lock', readOnlyReason === null, readOnlyReason ?? say('health.onlyWriter'))
  for (const notice of notices) line('opening', false, say('recovery.notice', { notice }))

  const found = await reader.verify({ file: store.databaseFile, full: true }, { signal })
  line(
    'library file',
    found.problems.length === 0,
    found.problems.length === 0
      ? say('health.fileWhole', { stories: found.stories })
      : say('health.problems', { problems: found.problems.slice(0, 5) })
  )
  line('schema', true, say('health.schema', { version: found.schema }))

  const waiting = store.read(countUnindexed)
  line('search', true, waiting === 0 ? say('health.searchCurrent') : say('health.searchBehind', { waiting }))
  lines.push(await checkPictures(store, signal))
  lines.push(await checkBackups(options, found.changeSeq, signal))

  const disk = await statfs(store.folder)
  const free = disk.bavail * disk.bsize
  line('disk', free >= LOW_DISK, say(free >= LOW_DISK ? 'health.disk' : 'health.diskLow', { free }))
  const leftovers = (await readdir(store.folder)).filter((name) => name.endsWith('.tmp')).length
  line(
    'temporary files',
    leftovers === 0,
    leftovers === 0 ? say('health.noLeftovers') : say('health.leftovers', { count: leftovers })
  )
  const kept = await readdir(join(store.folder, 'quarantine')).catch(() => [])
  if (kept.length > 0) line('quarantine', true, say('health.quarantine', { count: kept.length }))
  return lines
}

async function checkPictures(store: Store, signal?: AbortSignal): Promise<HealthLine> {
  const media = store.read(hashedMedia)
  const missing: string[] = []
  const damaged: string[] = []
  for (const { id, name } of media) {
    if (signal?.aborted) throw new GalleyError('cancelled', say('app.checkStopped'))
    const sum = await hashFile(join(store.folder, 'media', id.slice(0, 2), id))
    if (sum === null) missing.push(name)
    else if (sum !== id) damaged.push(name)
  }
  const ok = missing.length === 0 && damaged.length === 0
  return {
    check: 'pictures',
    ok,
    found: ok
      ? say('health.pictures', { count: media.length })
      : say('health.badPictures', { missing: missing.slice(0, 5), damaged: damaged.slice(0, 5) })
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
      found: changeSeq === 0 ? say('health.nothingToBackUp') : say('health.noBackup')
    }
  const answer = await reader.verify({ file: newest.file, full: false }, { signal })
  if (answer.problems.length > 0)
    return {
      check: 'backups',
      ok: false,
      found: say('health.backupDamaged', {
        name: newest.name,
        problem: answer.problems[0] ?? say('store.noLibraryInFile')
      })
    }
  const behind = changeSeq - newest.changeSeq
  const state = say('health.backups', { kept: others.length + 1, behind })
  return {
    check: 'backups',
    ok: !backups?.problem,
    found: backups?.problem ? say('health.backupFailed', { state, problem: backups.problem }) : state
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
