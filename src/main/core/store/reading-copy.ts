import { readFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { logFrames, readLog } from './log.ts'
import { sizeOf } from './files.ts'

/** Bytes. A larger library is not read into memory. */
const LARGEST = 1024 * 1024 * 1024

/**
 * Opens a library as a database in memory, with its log applied, for when SQLite cannot read the files in place: to
 * read a database with a log it must write beside it, which neither a read-only folder nor a full disk allows. Throws
 * what the file system and SQLite throw.
 */
export function openInMemory(file: string): BetterSqlite3.Database {
  if (!fitsMemory(file)) throw new Error('The library is too large to be read where nothing can be written.')
  let bytes: Buffer = readFileSync(file)
  const log = sizeOf(`${file}-wal`) > 0 ? new Uint8Array(readFileSync(`${file}-wal`)) : new Uint8Array()
  const found = readLog(log)
  if (found?.headerWhole) {
    const pages = new Map<number, number>()
    for (const { page, at } of logFrames(log, { ...found, written: found.usable })) pages.set(page, at)
    const size = Math.max(0, ...pages.keys()) * found.pageSize
    if (size > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(size - bytes.length)])
    for (const [page, at] of pages) bytes.set(log.subarray(at, at + found.pageSize), (page - 1) * found.pageSize)
  }
  // Bytes 18 and 19 of the header are the read and write versions: 2 with a log, 1 without.
  if (bytes[18] === 2) bytes.fill(1, 18, 20)
  return new BetterSqlite3(bytes)
}

/** True if a library of this size may be read into memory. */
export function fitsMemory(file: string): boolean {
  return sizeOf(file) + sizeOf(`${file}-wal`) <= LARGEST
}

/**
 * True if SQLite failed to read a file in place only because it could not write beside it; reading into memory helps
 * with nothing else.
 */
export function needsMemory(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR_(SHM|WRITE|LOCK|FSTAT))/.test(String(error.code))
  )
}
