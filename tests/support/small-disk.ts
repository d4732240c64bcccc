import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of its own that a test can fill and make read-only. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves not one byte free. */
  fill(): void
  makeRoom(): void
  makeReadOnly(): void
  remove(): void
}

/** Mounts a disk of so many megabytes in a new folder; null where that is not allowed: it takes Linux and root. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  mkdirSync(folder, { recursive: true })
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0
  if (!mount(`size=${megabytes}m,mode=0700`)) return null
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a')
      try {
        for (const size of [1024 * 1024, 4096, 1]) {
          try {
            for (;;) writeSync(file, Buffer.alloc(size))
          } catch (error) {
            if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
          }
        }
      } finally {
        closeSync(file)
      }
    },
    makeRoom: () => rmSync(ballast, { force: true }),
    makeReadOnly() {
      spawnSync('mount', ['-o', 'remount,ro', folder])
    },
    remove() {
      spawnSync('umount', ['-l', folder])
    }
  }
}
