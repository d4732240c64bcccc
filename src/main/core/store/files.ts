import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Writes a small file whole: the name holds the old bytes or the new ones, whatever happens. Throws what the file
 * system throws.
 */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
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
