import BetterSqlite3 from 'better-sqlite3'
import { verifyFile } from './integrity-check.ts'
import type { VerifyAnswer } from './reader/protocol.ts'

/** Pages (of 4 kB) copied per step; copying can be stopped between two steps. */
const PAGES = 4000

/**
 * Copies an open library, as it is at this moment, into a new self-contained file that can also be read from a
 * read-only folder, then verifies the copy. Null when stopped. Throws what SQLite throws.
 */
export async function copyLibrary(
  source: BetterSqlite3.Database,
  target: string,
  stopped: () => boolean = () => false
): Promise<VerifyAnswer | null> {
  // Held through all steps: otherwise every save made meanwhile would restart the copy.
  source.exec('BEGIN')
  try {
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    await source.backup(target, {
      progress() {
        if (stopped()) throw new Stopped()
        return PAGES
      }
    })
  } catch (error) {
    if (error instanceof Stopped) return null
    throw error
  } finally {
    source.exec('COMMIT')
  }
  const copy = new BetterSqlite3(target, { fileMustExist: true })
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  return verifyFile(target, false, stopped)
}

class Stopped extends Error {}
