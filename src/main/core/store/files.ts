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
 * Writes a small file whole: the name holds the old bytes or the new ones, whatever happens. Throws what the file
 * system throws.
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
 * Makes a file that only its owner can read, where there is none: what makes files without being told so leaves them
 * readable to all.
 */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
}

/**
 * Takes a folder and what is in it from everybody but its owner. Looks into a folder below only where the folder above
 * it was open to others. Where the system has no such permissions (Windows) it has nothing to do.
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

/** True when others could do anything with it. */
function tighten(path: string, mode: number): boolean {
  const found = lstatSync(path)
  if ((found.mode & 0o077) === 0) return false
  chmodSync(path, mode)
  return true
}

/**
 * Makes a folder that only its owner can enter, and those above it where they are missing. Throws what the file system
 * throws: what Node says of a recursive one on a disk that takes none is that it is not there.
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

/** Makes renames in a folder last; a no-op where folders cannot be opened (Windows). */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // Without it the names may be lost in a power cut, never the files.
  }
}

/** Bytes of a file; 0 where there is none. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Names in a folder; none where there is no folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Takes away what an interrupted run left half-written. Only for the process that holds the library's lock. */
export function sweepTemporaryFiles(folder: string): number {
  let swept = 0
  for (const name of namesIn(folder)) {
    if (!/\.tmp(-wal|-shm|-journal)?$/.test(name)) continue
    rmSync(join(folder, name), { force: true })
    swept += 1
  }
  return swept
}
