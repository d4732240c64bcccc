import { statfsSync } from 'node:fs'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * What SQLite or the file system threw, as an error a person can read. Anything else is returned as it is. `folder`:
 * the library's, to tell a full disk from a failing one.
 */
export function storageError(thrown: unknown, folder?: string): unknown {
  if (
    thrown instanceof GalleyError ||
    !(thrown instanceof Error) ||
    !('code' in thrown) ||
    typeof thrown.code !== 'string'
  )
    return thrown
  const code = OF_THE_FILE_SYSTEM[thrown.code] ?? thrown.code
  if (!code.startsWith('SQLITE_')) return thrown
  // When a file cannot grow, such as the log's index, SQLite reports an I/O error whatever the reason.
  if (code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && folder !== undefined && isFull(folder))) {
    return new GalleyError('storage_full', say('store.diskFull'), { cause: thrown })
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') {
    return new GalleyError('read_only', say('store.cannotWrite'), {
      cause: thrown
    })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new GalleyError('busy', say('store.busy'), { cause: thrown })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new GalleyError('damaged', say('store.damaged'), {
      cause: thrown
    })
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new GalleyError('storage_failed', say('store.diskFailed'), { cause: thrown })
  }
  // A failed constraint, or a statement that does not fit the schema, is a bug and not the disk's fault.
  return thrown
}

/** True if the folder's disk has no room even for the index of an empty log (32 KB). */
function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < 32 * 1024
  } catch {
    return false
  }
}

/** File system error codes, mapped to what SQLite would have thrown. */
const OF_THE_FILE_SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'SQLITE_FULL',
  EDQUOT: 'SQLITE_FULL',
  EROFS: 'SQLITE_READONLY',
  EACCES: 'SQLITE_READONLY',
  EPERM: 'SQLITE_READONLY',
  EIO: 'SQLITE_IOERR'
}

/** After these the connection's own state cannot be trusted: it is closed and reopened. */
export function needsReopening(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN)/.test(thrown.code)
  )
}
