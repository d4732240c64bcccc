import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backupsIn, listBackups } from './backup.ts'
import { privateFile, sizeOf, syncFile, syncFolder, makeFolder } from './files.ts'

export type SecondProblem = 'missing' | 'read-only' | 'full' | 'failed'

/** How many of the newest backups are kept in the second place. */
const KEEP = 6

/**
 * Copies the newest backups to a second place of the person's choice, such as another disk. If that disk is missing,
 * the library carries on: the problem is reported, and the next backup tries again.
 */
export class SecondFolder {
  readonly #library: string
  readonly #name: string
  readonly #chosen: () => string
  #problem: SecondProblem | null = null

  /**
   * `name`: the folder in the second place, which other libraries may share. `chosen`: the second place; empty if none.
   */
  constructor(library: string, name: string, chosen: () => string) {
    this.#library = library
    this.#name = name
    this.#chosen = chosen
  }

  get problem(): SecondProblem | null {
    const chosen = this.#chosen()
    if (chosen === '') return null
    return existsSync(chosen) ? this.#problem : 'missing'
  }

  /** Where the copies go; null while no place is chosen. */
  get folder(): string | null {
    const chosen = this.#chosen()
    return chosen === '' ? null : join(chosen, this.#name)
  }

  newestAt(): string | null {
    const [newest] = this.folder === null ? [] : backupsIn(this.folder)
    return newest ? statSync(newest.file).mtime.toISOString() : null
  }

  /** Copies the newest backup there, unless it already is. Never throws. */
  async copy(): Promise<void> {
    const { folder } = this
    const [newest] = listBackups(this.#library)
    if (folder === null || !newest) return
    try {
      // If the disk is not mounted, the folder must not be created on the disk below the mount point.
      if (!existsSync(this.#chosen())) return
      makeFolder(folder)
      const target = join(folder, newest.name)
      if (sizeOf(target) !== sizeOf(newest.file)) {
        const temporary = `${target}.tmp`
        rmSync(temporary, { force: true })
        privateFile(temporary)
        await copyFile(newest.file, temporary)
        syncFile(temporary)
        renameSync(temporary, target)
        syncFolder(folder)
        for (const { file } of backupsIn(folder).slice(KEEP)) rmSync(file, { force: true })
      }
      this.#problem = null
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      this.#problem =
        code === 'ENOSPC' || code === 'EDQUOT'
          ? 'full'
          : ['EROFS', 'EACCES', 'EPERM'].includes(code)
            ? 'read-only'
            : 'failed'
    }
  }
}
