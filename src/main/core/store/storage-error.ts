import { statfsSync } from 'node:fs'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * What SQLite or the file system threw, in words for the person. Anything else comes back as it is. `folder`: of the
 * library, for telling a full disk from a failing one.
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
  // A file that cannot grow, such as the index of the log, is an I/O error to SQLite whatever the reason.
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
  // A constraint or a statement that does not fit the schema is a bug, not the disk's fault.
  return thrown
}

/** Not even the index of an empty log (32 KB) fits on the disk of a folder. */
function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < 32 * 1024
  } catch {
    return false
  }
}

/** What the file system throws, by what SQLite would have thrown. */
const OF_THE_FILE_SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'SQLITE_FULL',
  EDQUOT: 'SQLITE_FULL',
  EROFS: 'SQLITE_READONLY',
  EACCES: 'SQLITE_READONLY',
  EPERM: 'SQLITE_READONLY',
  EIO: 'SQLITE_IOERR'
}

/** After these the connection's own state is not to be trusted: it is closed and opened anew. */
export function needsReopening(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN)/.test(thrown.code)
  )
}
