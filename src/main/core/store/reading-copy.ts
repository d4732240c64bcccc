import { readFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { logFrames, readLog } from './log.ts'
import { sizeOf } from './files.ts'

/** A library above this size is not read into memory. */
const LARGEST = 1024 * 1024 * 1024

/**
 * A library as one database in memory, its log laid over it, for where SQLite cannot read the files in place: beside a
 * database with a log it has to write, even to read, and neither a read-only folder nor a full disk takes that. Throws
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
  // Bytes 18 and 19 say how the file is read and written: 2 with a log, 1 without.
  if (bytes[18] === 2) bytes.fill(1, 18, 20)
  return new BetterSqlite3(bytes)
}

/** A library of this size may be read into memory. */
export function fitsMemory(file: string): boolean {
  return sizeOf(file) + sizeOf(`${file}-wal`) <= LARGEST
}

/**
 * SQLite could not read a file in place for want of a place to write: anything else is not helped by reading it from
 * memory.
 */
export function needsMemory(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR_(SHM|WRITE|LOCK|FSTAT))/.test(String(error.code))
  )
}
