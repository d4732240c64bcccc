import BetterSqlite3 from 'better-sqlite3'
import { verifyFile } from './integrity-check.ts'
import type { VerifyAnswer } from './reader/protocol.ts'

/** Pages copied at a time, of 4 kB; between two of these the copying can be stopped. */
const PAGES = 4000

/**
 * Copies an open library, as it is at this moment, into a new file that is alone and can be read where nothing can
 * be written; then looks the copy over. Null when stopped. Throws what SQLite throws.
 */
export async function copyLibrary(
  source: BetterSqlite3.Database,
  target: string,
  stopped: () => boolean = () => false
): Promise<VerifyAnswer | null> {
  // Held through all steps: otherwise every save made meanwhile would start the copying anew.
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
