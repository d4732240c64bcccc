import { randomUUID } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { makeBackup } from './backup.ts'
import { copyLibrary } from './copy-library.ts'
import { sweepTemporaryFiles, writeWhole } from './files.ts'
import {
  finishRecovery,
  hasTraces,
  inspectLibrary,
  mendLog,
  recoverLibrary,
  repairRows,
  type Notice
} from './integrity.ts'
import { acquireLock, type LibraryLock } from './lock.ts'
import { newerLibrary } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase } from './database.ts'
import type { VerifyAnswer } from './reader/protocol.ts'
import { DATABASE_NAME, Store } from './store.ts'

export interface OpenedLibrary {
  readonly store: Store
  /** Null while the library is open for reading only. */
  readonly lock: LibraryLock | null
  /** Why it is open for reading only, for the person; null when it is not. */
  readonly readOnlyReason: string | null
  /** What was found and done on opening; mostly none. */
  readonly notices: readonly Notice[]
  /** Closes the store, notes that it was closed properly and lets the next one in. */
  close(): void
}

/** Left in the library's folder: that there is one, and how the last run ended. */
const Marker = z.object({ format: z.literal(1), library: z.uuid(), state: z.enum(['open', 'closed', 'suspect']) })
type Marker = z.infer<typeof Marker>

/**
 * Opens the library in a folder, or makes one. One process writes; another that comes later reads, and is told why. A
 * damaged library is put aside and restored, a schema of an earlier Galley is backed up and brought up to date. Throws
 * GalleyErrors: `unsupported` for a library of a newer Galley, `read_only` for a folder in which there is nothing to
 * read and nothing can be made, `storage_full`, `storage_failed`.
 */
export async function openLibrary(folder: string, now: number = Date.now()): Promise<OpenedLibrary> {
  const lock = lockOrReason(folder)
  if ('reason' in lock) {
    const store = Store.open(folder, 'read')
    return { store, lock: null, readOnlyReason: lock.reason, notices: [], close: () => store.close() }
  }
  try {
    return await openForWriting(folder, lock, now)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openForWriting(folder: string, lock: LibraryLock, now: number): Promise<OpenedLibrary> {
  const notices: Notice[] = []
  const stamp =
    new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-') + `-${randomUUID().slice(0, 4)}`
  const marker = readMarker(folder)
  sweepTemporaryFiles(folder)
  sweepTemporaryFiles(join(folder, 'backups'))
  if (finishRecovery(folder, stamp))
    notices.push({
      message: 'An interrupted repair of the library was finished.',
      next: 'Look through what you worked on last.'
    })
  const mended = mendLog(folder, stamp)
  if (mended) notices.push(mended)

  const after = mended || marker?.state === 'suspect' ? 'suspect' : marker?.state === 'closed' ? 'clean' : 'unclean'
  const inspection = inspectLibrary(folder, hasTraces(folder), after)
  if (inspection.state === 'newer') throw newerLibrary()
  if (inspection.state === 'damaged') notices.push(recoverLibrary(folder, inspection.why, stamp))
  else if (inspection.state === 'whole') {
    if (after === 'suspect') notices.push(...repair(folder))
    await backUpBeforeMigration(folder, now)
  }

  const store = Store.open(folder)
  const library = marker?.library ?? randomUUID()
  const mark = (state: Marker['state']): void =>
    writeWhole(join(folder, 'library.json'), `${JSON.stringify({ format: 1, library, state } satisfies Marker)}\n`)
  try {
    mark('open')
  } catch (error) {
    store.close()
    throw error instanceof GalleyError
      ? error
      : new GalleyError('storage_failed', 'The library folder cannot be written to just now.', {
          next: 'Check the disk and try again.',
          cause: error
        })
  }
  let closed = false
  return {
    store,
    lock,
    readOnlyReason: null,
    notices,
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

function lockOrReason(folder: string): LibraryLock | { readonly reason: string } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return (
      acquireLock(folder) ?? {
        reason: 'This library is open in another Galley on this machine. You can read here, and write there.'
      }
    )
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['EACCES', 'EPERM', 'EROFS', 'read_only'].includes(code))
      return { reason: 'The folder of this library cannot be written to. Make it writable to work on it.' }
    throw error
  }
}

function readMarker(folder: string): Marker | null {
  try {
    return Marker.parse(JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8')))
  } catch {
    return null
  }
}

function repair(folder: string): Notice[] {
  const db = openDatabase(join(folder, DATABASE_NAME), 'write')
  try {
    const { repaired, beyondRepair } = repairRows(folder, db.raw)
    const notices: Notice[] = []
    if (repaired > 0)
      notices.push({
        message: `${repaired} damaged ${repaired === 1 ? 'story was' : 'stories were'} put back to the newest good version.`,
        next: 'Look through what you worked on last.'
      })
    if (beyondRepair > 0)
      notices.push({
        message: `${beyondRepair} damaged ${beyondRepair === 1 ? 'story has' : 'stories have'} no good version anywhere.`,
        next: 'Run the doctor to see which.'
      })
    return notices
  } finally {
    db.raw.close()
  }
}

async function backUpBeforeMigration(folder: string, now: number): Promise<void> {
  const db = openDatabase(join(folder, DATABASE_NAME), 'write')
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
