import { parentPort, workerData } from 'node:worker_threads'
import { toWireError } from '../../../../shared/rpc/errors.ts'
import { copyLibrary } from '../copy-library.ts'
import { openDatabase } from '../database.ts'
import { verifyFile } from '../integrity-check.ts'
import { readFacets, type FacetsRequest } from '../library-facets.ts'
import { readCounts, readPage, type PageRequest } from '../library-pages.ts'
import { picturesInUse, picturesOfStories } from '../picture-uses.ts'
import { searchStories, type SearchRequest } from '../search.ts'
import type { SqliteDb } from '../sql.ts'
import { findMadeFrom } from '../wire-items.ts'
import { storageError } from '../storage-error.ts'
import type { ReaderData, ReaderReply, ReaderRequest, VerifyRequest } from './protocol.ts'

/**
 * The worker that reads lists, searches and counts on its own connection, so that no long read gets in the way of a
 * save. One request at a time, in order; one that nobody waits for any more is abandoned between two rows.
 */
const { file, reading } = workerData as ReaderData
let connection: SqliteDb | null = null

// The client sends the next request only after the reply to the last: there is never more than one under way.
parentPort?.on(
  'message',
  (request: ReaderRequest) => void answer(request).then((reply) => parentPort?.postMessage(reply))
)

async function answer(request: ReaderRequest): Promise<ReaderReply> {
  const flag = new Int32Array(request.stop)
  const stopped = (): boolean => Atomics.load(flag, 0) === 1
  try {
    return { id: request.id, ok: true, output: stopped() ? null : await run(request, stopped) }
  } catch (error) {
    // Whatever went wrong, the next request starts on a fresh connection.
    close()
    return { id: request.id, ok: false, error: toWireError(storageError(error)) }
  }
}

function run({ call, input }: ReaderRequest, stopped: () => boolean): unknown {
  switch (call) {
    case 'page':
      return atOneMoment((db) => readPage(db, input as PageRequest))
    case 'search':
      return atOneMoment((db) => searchStories(db, input as SearchRequest, stopped))
    case 'madeFrom':
      return atOneMoment((db) => findMadeFrom(db, (input as { itemId: string }).itemId))
    case 'picturesOf':
      return atOneMoment((db) => picturesOfStories(db, input as readonly string[], stopped))
    case 'picturesInUse':
      return atOneMoment((db) => picturesInUse(db, input as readonly string[], stopped))
    case 'facets':
      return atOneMoment((db) => readFacets(db, input as FacetsRequest))
    case 'ids':
      return atOneMoment((db) => readPage(db, input as PageRequest).rows.map(({ id }) => id))
    case 'counts':
      return atOneMoment(readCounts)
    case 'verify': {
      const { file: other, full } = input as VerifyRequest
      return verifyFile(other, full, stopped)
    }
    case 'copy': {
      const { target } = input as { target: string }
      return copyLibrary(open().raw, target, stopped)
    }
  }
}

/** A read transaction: everything in it sees the library as it was at its first row. */
function atOneMoment<T>(body: (db: SqliteDb) => T): T {
  const db = open()
  db.raw.exec('BEGIN')
  try {
    return body(db)
  } finally {
    db.raw.exec('COMMIT')
  }
}

function open(): SqliteDb {
  connection ??= openDatabase(file, reading)
  return connection
}

function close(): void {
  try {
    connection?.raw.close()
  } catch {
    // It is dropped either way.
  }
  connection = null
}
