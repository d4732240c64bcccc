import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync
} from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Writes a small file atomically: whatever happens, the name holds either the old bytes or the new ones. Throws what
 * the file system throws.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.tmp`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    writeAll(handle, typeof content === 'string' ? Buffer.from(content) : content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.byteLength;) done += writeSync(handle, bytes, done)
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Creates a file only its owner can read, unless it exists: left to itself, SQLite or a copy would create it readable
 * by all.
 */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
}

/**
 * Removes everyone else's access to a folder and its contents. Descends into a folder only if it was open to others
 * itself. Does nothing on Windows, which has no such permissions.
 */
export function makePrivate(folder: string): void {
  if (process.platform === 'win32') return
  const wasOpen = tighten(folder, 0o700)
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found?.isFile()) tighten(path, 0o600)
    else if (found?.isDirectory() && wasOpen) makePrivate(path)
  }
}

/** Returns true if others had any access. */
function tighten(path: string, mode: number): boolean {
  const found = lstatSync(path)
  if ((found.mode & 0o077) === 0) return false
  chmodSync(path, mode)
  return true
}

/**
 * Creates a folder that only its owner can enter, and any missing parents. Throws what the file system throws, except
 * that on a read-only disk it says so: there Node reports a recursive mkdir as "not found".
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const above = dirname(folder)
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || above === folder) throw error
    makeFolder(above)
    mkdirSync(folder, { mode: 0o700 })
  }
}

/** Syncs a folder, so that renames in it survive a power cut; a no-op where folders cannot be opened (Windows). */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // If this fails, a power cut may lose the names but never the files.
  }
}

/** Size of a file in bytes; 0 if there is none. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Names in a folder; empty if there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Deletes what an interrupted run left half-written. Only for the process that holds the library's lock. */
export function sweepTemporaryFiles(folder: string): number {
  let swept = 0
  for (const name of namesIn(folder)) {
    if (!/\.tmp(-wal|-shm|-journal)?$/.test(name)) continue
    rmSync(join(folder, name), { force: true })
    swept += 1
  }
  return swept
}
