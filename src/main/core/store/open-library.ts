import { randomUUID } from 'node:crypto'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import type { RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { makeBackup } from './backup.ts'
import { copyLibrary } from './copy-library.ts'
import { openDatabase, type Reading } from './database.ts'
import { makePrivate, sizeOf, sweepTemporaryFiles, writeWhole, makeFolder } from './files.ts'
import { harvest } from './harvest.ts'
import { hasTraces, inspectLibrary, repairRows } from './integrity.ts'
import { acquireLock, type LibraryLock } from './lock.ts'
import { judgeLog, type LogVerdict } from './log.ts'
import { mendLosses } from './losses.ts'
import { readMark } from './log-mark.ts'
import { newerLibrary } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { notice, readNotices, writeNotices } from './notices.ts'
import { PageReader } from './page-reader.ts'
import { quarantineFolder, setAside } from './quarantine.ts'
import type { VerifyAnswer } from './reader/protocol.ts'
import { finishRecovery, recoverLibrary, type Recovered } from './recover.ts'
import { columnsOf, doubtOutbox, salvageStories } from './salvage.ts'
import { storageError } from './storage-error.ts'
import { DATABASE_NAME, Store } from './store.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface OpenedLibrary {
  readonly store: Store
  /** Null while the library is open for reading only. */
  readonly lock: LibraryLock | null
  /** Why it is open for reading only, for the person; null when it is not. */
  readonly readOnlyReason: Message | null
  /** What was found and done at this opening and at earlier ones, and nobody has seen yet; mostly nothing. */
  readonly notices: readonly RecoveryNotice[]
  /** Tells libraries of the same name apart; null where it cannot be known. */
  readonly id: string | null
  /** Closes the store, notes that it was closed properly and lets the next one in. */
  close(): void
}

/** Left in the library's folder: that there is one, and how the last run ended. */
const Marker = z.object({ format: z.literal(1), library: z.uuid(), state: z.enum(['open', 'closed', 'suspect']) })
type Marker = z.infer<typeof Marker>

/** A log above this size is taken as it is. */
const LARGEST_LOG = 256 * 1024 * 1024

/**
 * Opens the library in a folder, or makes one. One process writes; another that comes later reads, and is told why; so does this one where the folder or
 * the disk takes no writing. A damaged library is put aside and restored, a schema of an earlier Galley is backed up and brought up to date. Throws
 * GalleyErrors: `unsupported` for a library of a newer Galley, `read_only` for a folder in which there is nothing to read and nothing can be made,
 * `storage_full`, `storage_failed`.
 */
export async function openLibrary(folder: string, now: number = Date.now()): Promise<OpenedLibrary> {
  const lock = lockOrReason(folder)
  if ('reason' in lock) return openForReading(folder, lock.reason, lock.reading)
  for (let tries = 1; ; tries++) {
    let error: unknown
    try {
      return await openForWriting(folder, lock, now)
    } catch (thrown) {
      error = storageError(thrown, folder)
    }
    // A disk that stumbles once is no reason to open for reading.
    if (error instanceof GalleyError && error.code === 'storage_failed' && tries < TRIES) {
      await sleep(PAUSE)
      continue
    }
    lock.release()
    const reason = reasonToRead(error)
    if (reason === undefined || sizeOf(join(folder, DATABASE_NAME)) === 0) throw error
    try {
      return openForReading(folder, reason, 'alone')
    } catch {
      throw error
    }
  }
}

/** Tries at opening a disk that fails, and the pause between two of them in milliseconds. */
const TRIES = 3
const PAUSE = 200

const READ_ONLY_REASONS: Readonly<Partial<Record<GalleyError['code'], Message>>> = {
  storage_full: say('store.readOnlyFull'),
  storage_failed: say('store.readOnlyFailed'),
  read_only: say('store.readOnlyFolder')
}

/** Why a library that cannot be opened for writing can still be read; undefined where that is no help. */
function reasonToRead(error: unknown): Message | undefined {
  return error instanceof GalleyError ? READ_ONLY_REASONS[error.code] : undefined
}

function openForReading(folder: string, reason: Message, reading: Reading): OpenedLibrary {
  const store = Store.read(folder, reading)
  return {
    store,
    lock: null,
    readOnlyReason: reason,
    notices: readNotices(folder),
    id: readMarker(folder)?.library ?? null,
    close: () => store.close()
  }
}

async function openForWriting(folder: string, lock: LibraryLock, now: number): Promise<OpenedLibrary> {
  const stamp =
    new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-') + `-${randomUUID().slice(0, 4)}`
  const marker = readMarker(folder)
  makePrivate(folder)
  sweepTemporaryFiles(folder)
  sweepTemporaryFiles(join(folder, 'backups'))
  const finished = finishRecovery(folder, stamp)
  const saves = readMark(folder)?.stories ?? new Map()
  const log = examineLog(folder, stamp)

  const clean = marker?.state === 'closed' ? 'clean' : 'unclean'
  const after = log.verdict !== 'whole' || marker?.state === 'suspect' ? 'suspect' : clean
  const inspection = inspectLibrary(folder, hasTraces(folder), after)
  if (inspection.state === 'newer') throw newerLibrary()
  let recovered = inspection.state === 'damaged' ? recoverLibrary(folder, inspection.why, stamp) : null
  if (inspection.state === 'whole') await backUpBeforeMigration(folder, now)

  let store: Store
  try {
    store = Store.open(folder)
  } catch (error) {
    // Looking only reads, and SQLite passes over what it needs for writing alone: a constraint of a damaged schema.
    if (recovered || !(error instanceof GalleyError) || error.code !== 'damaged') throw error
    recovered = recoverLibrary(folder, 'unreadable', stamp)
    store = Store.open(folder)
  }
  const library = marker?.library ?? randomUUID()
  const mark = (state: Marker['state']): void =>
    writeWhole(join(folder, 'library.json'), `${JSON.stringify({ format: 1, library, state } satisfies Marker)}\n`)
  let notices: readonly RecoveryNotice[]
  try {
    const found: Found = { finished, log, recovered, suspect: after === 'suspect' }
    const told = mend(store, found, now, () => mendLosses(store, saves))
    notices = [...readNotices(folder), ...told]
    if (told.length > 0) writeNotices(folder, notices)
    mark('open')
  } catch (error) {
    store.close()
    throw error
  }
  let closed = false
  return {
    store,
    lock,
    readOnlyReason: null,
    notices,
    id: library,
    close() {
      if (closed) return
      closed = true
      const { damageSeen } = store
      store.close()
      try {
        mark(damageSeen ? 'suspect' : 'closed')
      } catch {
        // It then counts as not closed properly, which costs the next start a check and nothing else.
      }
      lock.release()
    }
  }
}

function lockOrReason(folder: string): LibraryLock | { readonly reason: Message; readonly reading: Reading } {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
    return (
      acquireLock(folder) ?? {
        reason: say('store.openElsewhere'),
        reading: 'beside'
      }
    )
  } catch (thrown) {
    const error = storageError(thrown, folder)
    const reason = reasonToRead(error)
    if (reason === undefined || sizeOf(join(folder, DATABASE_NAME)) === 0) throw error
    return { reason, reading: 'alone' }
  }
}

function readMarker(folder: string): Marker | null {
  try {
    return Marker.parse(JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8')))
  } catch {
    return null
  }
}

interface ExaminedLog {
  readonly verdict: LogVerdict
  /** The name under which it is kept in quarantine. */
  readonly kept: readonly string[]
  /** It was this library's, and what is behind the damage may still be read. */
  readonly readable: string | null
  /** Nothing in it was needed: the library had been closed. */
  readonly needless: boolean
}

/** Holds the log against the mark. A foreign one, or one that is none, is moved aside and never replayed; of a damaged one a copy is kept. */
function examineLog(folder: string, stamp: string): ExaminedLog {
  const name = `${DATABASE_NAME}-wal`
  const size = sizeOf(join(folder, name))
  const mark = readMark(folder)
  const bytes = size > 0 && size <= LARGEST_LOG ? new Uint8Array(readFileSync(join(folder, name))) : new Uint8Array()
  const verdict = size > LARGEST_LOG ? 'whole' : judgeLog(mark, bytes)
  const kept =
    verdict === 'whole' || verdict === 'missing'
      ? null
      : setAside(folder, name, stamp, verdict === 'cut' ? 'copy' : 'move')
  return {
    verdict,
    kept: kept === null ? [] : [kept],
    readable: verdict === 'cut' && kept !== null ? join(quarantineFolder(folder), kept) : null,
    needless: mark?.state === 'closed'
  }
}

interface Found {
  readonly finished: readonly string[] | null
  readonly log: ExaminedLog
  readonly recovered: Recovered | null
  readonly suspect: boolean
}

/** Puts right what was found, in the library that is open by now, and says so. */
function mend(
  store: Store,
  { finished, log, recovered, suspect }: Found,
  now: number,
  losses: () => ReturnType<typeof mendLosses>
): RecoveryNotice[] {
  const told: RecoveryNotice[] = []
  if (finished) told.push(notice(now, { kind: 'finished' }, { kept: [...finished] }))
  const fromLog = log.readable && !recovered ? salvageLog(store, log.readable) : 0
  if (suspect && !recovered) {
    const { repaired, beyondRepair } = store.rework((raw) => repairRows(store.folder, raw))
    if (repaired + beyondRepair > 0) told.push(notice(now, { kind: 'stories', repaired, beyondRepair }))
  }
  const { lost, forward } = losses()
  if (recovered) {
    const { kept, ...said } = recovered
    told.push(
      notice(
        now,
        { kind: 'restored', ...said, salvaged: said.salvaged + forward },
        { lost, kept: [...kept, ...log.kept] }
      )
    )
  } else if (log.verdict !== 'whole' && !(log.needless && log.verdict === 'garbage')) {
    told.push(
      notice(now, { kind: 'log', fault: log.verdict, forward: forward + fromLog }, { lost, kept: [...log.kept] })
    )
  } else if (lost.length + forward > 0) told.push(notice(now, { kind: 'older', forward }, { lost }))
  if (told.length > 0) store.rework(doubtOutbox)
  return told
}

/** The saves behind the damage in a log: what SQLite read of it is in the library already. */
function salvageLog(store: Store, file: string): number {
  const { raw } = store.connection()
  const pages = new PageReader(null, new Uint8Array(readFileSync(file)))
  try {
    return salvageStories(
      raw,
      harvest(pages, (table) => columnsOf(raw, table))
    )
  } finally {
    pages.close()
  }
}

async function backUpBeforeMigration(folder: string, now: number): Promise<void> {
  const db = openDatabase(join(folder, DATABASE_NAME), 'beside')
  try {
    const schema = Number(db.raw.pragma('user_version', { simple: true }))
    if (schema === 0 || schema >= migrations.length) return
    const stories = Number(db.raw.prepare('SELECT count(*) FROM articles').pluck().get())
    if (stories > 0)
      await makeBackup(folder, {
        copy: (target) => copyHere(db.raw, target),
        now,
        suffix: `-before-v${migrations.length}`
      })
  } finally {
    db.raw.close()
  }
}

async function copyHere(source: BetterSqlite3.Database, target: string): Promise<VerifyAnswer> {
  const answer = await copyLibrary(source, target)
  if (!answer) throw new Error('The copying was stopped')
  return answer
}
