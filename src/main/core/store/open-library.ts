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
import { hasForeignWriteVersion, openDatabase, type Reading } from './database.ts'
import { makePrivate, sizeOf, sweepTemporaryFiles, writeWhole, makeFolder } from './files.ts'
import { harvest } from './harvest.ts'
import { hasTraces, inspectLibrary, repairRows } from './integrity.ts'
import { acquireLock, type LibraryLock } from './lock.ts'
import { judgeLog, type LogVerdict } from './log.ts'
import { mendLosses } from './losses.ts'
import { readMark, type Mark } from './log-mark.ts'
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
  /** Null while the library is open read-only. */
  readonly lock: LibraryLock | null
  /** Why it is open read-only, for the person; null if it is not. */
  readonly readOnlyReason: Message | null
  /** What was found and done at this and earlier openings and nobody has seen yet; usually empty. */
  readonly notices: readonly RecoveryNotice[]
  /** Tells libraries of the same name apart; null if it cannot be known. */
  readonly id: string | null
  /** Closes the store, records that it was closed properly and lets the next process in. */
  close(): void
}

/** Left in the library's folder: shows that there is a library, and how the last run ended. */
const Marker = z.object({ format: z.literal(1), library: z.uuid(), state: z.enum(['open', 'closed', 'suspect']) })
type Marker = z.infer<typeof Marker>

/** Bytes. A log larger than this is not examined. */
const LARGEST_LOG = 256 * 1024 * 1024

/**
 * Opens the library in a folder, or creates one. One process writes; any other opens it read-only and is told why, as
 * does this one if the folder or the disk cannot be written to. A damaged library is moved aside and restored; one with
 * an older schema is backed up and migrated. Throws GalleyErrors: `unsupported` for a library of a newer Galley,
 * `read_only` if there is nothing to read in the folder and nothing can be created, `storage_full`, `storage_failed`.
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
    // One failed attempt is no reason to open read-only.
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

/** Attempts at opening on a failing disk, and the pause between them in milliseconds. */
const TRIES = 3
const PAUSE = 200

const READ_ONLY_REASONS: Readonly<Partial<Record<GalleyError['code'], Message>>> = {
  storage_full: say('store.readOnlyFull'),
  storage_failed: say('store.readOnlyFailed'),
  read_only: say('store.readOnlyFolder')
}

/** Why a library that cannot be opened for writing may still be read; undefined if reading would not work either. */
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
  const known = readMark(folder)
  const saves = known?.stories ?? new Map()
  const log = examineLog(folder, known, stamp)

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
    // The inspection only reads, and SQLite then ignores what matters only for writing, such as a constraint in a
    // damaged schema or a version in the header that it may not write.
    const isDamaged = error instanceof GalleyError && error.code === 'damaged'
    if (recovered || !(isDamaged || hasForeignWriteVersion(join(folder, DATABASE_NAME)))) throw error
    recovered = recoverLibrary(folder, 'unreadable', stamp)
    store = Store.open(folder)
  }
  const library = marker?.library ?? randomUUID()
  const mark = (state: Marker['state']): void =>
    writeWhole(join(folder, 'library.json'), `${JSON.stringify({ format: 1, library, state } satisfies Marker)}\n`)
  let notices: readonly RecoveryNotice[]
  try {
    const found: Found = { finished, log, recovered, suspect: after === 'suspect' }
    const closed = after === 'clean' && !finished && !recovered
    const told = mend(store, found, now, () => mendLosses(store, saves, { closed }))
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
        // The library then counts as not closed properly, which only costs the next start a check.
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
  /** The names under which it is kept in quarantine. */
  readonly kept: readonly string[]
  /** Path of the copy if the log was this library's, so that what follows the damage may still be read. */
  readonly readable: string | null
  /** Nothing in it was needed: the library had been closed. */
  readonly needless: boolean
}

/**
 * Compares the log with the mark. A foreign or unreadable log is moved aside and never replayed; a damaged one is
 * copied.
 */
function examineLog(folder: string, mark: Mark | null, stamp: string): ExaminedLog {
  const name = `${DATABASE_NAME}-wal`
  const size = sizeOf(join(folder, name))
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

/** Repairs what was found, in the library that is open by now, and returns notices about it. */
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

/** Reads the saves that follow the damage in a log; what precedes it SQLite has already read into the library. */
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
