import { GalleyError } from '../../../shared/rpc/errors.ts'

/** What SQLite threw, in words for the person. Anything that is not SQLite's comes back as it is. */
export function storageError(thrown: unknown): unknown {
  if (
    !(thrown instanceof Error) ||
    !('code' in thrown) ||
    typeof thrown.code !== 'string' ||
    !thrown.code.startsWith('SQLITE_')
  )
    return thrown
  const code = thrown.code
  if (code === 'SQLITE_FULL') {
    return new GalleyError(
      'storage_full',
      'The disk is full. What you typed is kept here and will be saved as soon as there is room.',
      { next: 'Free some space; saving goes on by itself.', cause: thrown }
    )
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') {
    return new GalleyError('read_only', 'The library folder cannot be written to.', {
      next: 'Make the folder writable, or choose another with --library.',
      cause: thrown
    })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new GalleyError('busy', 'The library is busy for a moment.', { next: 'Try again.', cause: thrown })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new GalleyError('damaged', 'The library file is damaged.', {
      next: 'Restart Galley: it keeps the damaged file and goes back to the last good backup.',
      cause: thrown
    })
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new GalleyError(
      'storage_failed',
      'The disk answered with an error. What you typed is kept here and will be tried again.',
      { next: 'Check the disk; saving goes on by itself.', cause: thrown }
    )
  }
  // A constraint or a statement that does not fit the schema is a bug, not the disk's fault.
  return thrown
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
