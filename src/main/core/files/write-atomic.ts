import { createHash, randomBytes } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { numberedNames } from './safe-name.ts'
import { say } from '../../../shared/words/message.ts'

/** What is asked of the disk; a parameter so that each call can be made to fail in tests. */
export interface FileCalls {
  readonly open: typeof nodeFs.open
  readonly link: typeof nodeFs.link
  readonly rename: typeof nodeFs.rename
  readonly unlink: typeof nodeFs.unlink
}

export interface WriteOptions {
  /**
   * Where a file of that name is: `fail` (a GalleyError `conflict`), `replace` it in one step, or `rename` ours to the
   * next free "name (2).html". Only `replace` ever touches a file that was there.
   */
  readonly existing: 'fail' | 'replace' | 'rename'
  /** False in a run of many files into one folder; `syncFolder` once at its end then makes their names last. */
  readonly syncFolder?: boolean
  /** Who may read it, for a file of the library's own; an exported file is everybody's. */
  readonly mode?: 0o600 | 0o644
  readonly calls?: FileCalls
}

/**
 * Puts a whole file under a name in one step: at any instant, kill -9 and power cuts included, the name holds the old
 * bytes, the new bytes or nothing, never a part. Returns the path it got. Throws GalleyErrors `conflict`,
 * `storage_full`, `read_only`, `storage_failed`; the temporary file is gone then.
 */
export async function writeAtomic(path: string, data: Uint8Array | string, options: WriteOptions): Promise<string> {
  const calls = options.calls ?? nodeFs
  const folder = dirname(path)
  const temporary = join(folder, temporaryName())
  inUse.add(temporary)
  try {
    const file = await calls.open(temporary, 'wx', options.mode ?? 0o644)
    try {
      await file.writeFile(data)
      await file.sync()
    } finally {
      await file.close()
    }
    const placed = await place(calls, temporary, path, options.existing)
    if (options.syncFolder !== false) await syncFolder(folder, calls)
    return placed
  } catch (error) {
    await calls.unlink(temporary).catch(() => undefined)
    throw fileError(error)
  } finally {
    inUse.delete(temporary)
  }
}

/**
 * Makes the names of a folder survive a power cut. Where the system cannot do that for folders (Windows) it has nothing
 * to do.
 */
export async function syncFolder(folder: string, calls: Pick<FileCalls, 'open'> = nodeFs): Promise<void> {
  let handle
  try {
    handle = await calls.open(folder, 'r')
  } catch (error) {
    if (['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(codeOf(error))) return
    throw fileError(error)
  }
  try {
    await handle.sync()
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOTSUP', 'EBADF', 'EISDIR'].includes(codeOf(error))) throw fileError(error)
  } finally {
    await handle.close()
  }
}

/**
 * Takes away temporary files that a killed Galley left in a folder: those of this machine whose process is gone, and
 * any older than a day. Never one that is being written. Returns how many.
 */
export async function sweepTemporary(folder: string): Promise<number> {
  let swept = 0
  for (const name of await nodeFs.readdir(folder).catch(() => [])) {
    const owner = TEMPORARY.exec(name)
    if (!owner) continue
    const path = join(folder, name)
    if (inUse.has(path)) continue
    if (!(await isAbandoned(path, owner[1] ?? '', Number(owner[2])))) continue
    try {
      await nodeFs.unlink(path)
      swept += 1
    } catch {
      // It may be gone already, or not ours to remove; neither is in anybody's way.
    }
  }
  return swept
}

/** True for the names `writeAtomic` gives to files that are not finished. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name)
}

/**
 * Turns what the file system threw into what a person can read. Anything that is not the file system's comes back as it
 * is.
 */
export function fileError(thrown: unknown): unknown {
  if (thrown instanceof GalleyError) return thrown
  switch (codeOf(thrown)) {
    case '':
      return thrown
    case 'ENOSPC':
    case 'EDQUOT':
      return new GalleyError('storage_full', say('files.diskFull'), { cause: thrown })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new GalleyError('read_only', say('files.cannotWrite'), {
        cause: thrown
      })
    case 'EEXIST':
      return new GalleyError('conflict', say('files.nameTaken'), {
        cause: thrown
      })
    case 'ENOENT':
    case 'ENOTDIR':
      return new GalleyError('storage_failed', say('files.folderMissing'), {
        cause: thrown
      })
    default:
      return new GalleyError('storage_failed', say('files.diskFailed'), {
        cause: thrown
      })
  }
}

const inUse = new Set<string>()
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
const TEMPORARY = /^\.galley-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function temporaryName(): string {
  return `.galley-${machine}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`
}

async function place(
  calls: FileCalls,
  temporary: string,
  path: string,
  existing: WriteOptions['existing']
): Promise<string> {
  if (existing === 'replace') {
    await renameStubbornly(calls, temporary, path)
    return path
  }
  if (existing === 'fail') {
    await placeNew(calls, temporary, path)
    return path
  }
  for (const name of numberedNames(basename(path))) {
    const candidate = join(dirname(path), name)
    try {
      await placeNew(calls, temporary, candidate)
      return candidate
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
  throw new GalleyError('conflict', say('files.noNameLeft'))
}

/** Gives the finished file its name, or fails with EEXIST: a link, unlike a rename, never replaces what is there. */
async function placeNew(calls: FileCalls, temporary: string, path: string): Promise<void> {
  try {
    await calls.link(temporary, path)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EACCES'].includes(codeOf(error))) throw error
    return await claimAndRename(calls, temporary, path)
  }
  // The file has its name; a second name left behind is swept later.
  await calls.unlink(temporary).catch(() => undefined)
}

/**
 * For file systems without hard links (FAT sticks, some network shares): the name is claimed by an empty file that can
 * only be made where nothing is, then replaced. A kill between the two steps leaves the empty file.
 */
async function claimAndRename(calls: FileCalls, temporary: string, path: string): Promise<void> {
  const claim = await calls.open(path, 'wx', 0o644)
  await claim.close()
  try {
    await renameStubbornly(calls, temporary, path)
  } catch (error) {
    await calls.unlink(path).catch(() => undefined)
    throw error
  }
}

/** On Windows a virus scanner or indexer may hold a file for a moment; the rename goes through a little later. */
async function renameStubbornly(calls: FileCalls, from: string, to: string): Promise<void> {
  const patience = process.platform === 'win32' ? [20, 60, 180, 500] : []
  for (const wait of patience) {
    try {
      return await calls.rename(from, to)
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
  await calls.rename(from, to)
}

async function isAbandoned(path: string, madeOn: string, pid: number): Promise<boolean> {
  if (madeOn === machine && !isRunning(pid)) return true
  // Our own number may be that of an earlier process, or of a worker that is writing at this moment.
  const patience = madeOn === machine && pid === process.pid ? MINUTE : DAY
  try {
    return Date.now() - (await nodeFs.stat(path)).mtimeMs > patience
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
