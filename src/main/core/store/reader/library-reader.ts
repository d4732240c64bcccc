import { parentPort, workerData } from 'node:worker_threads'
import { toWireError } from '../../../../shared/rpc/errors.ts'
import { openDatabase } from '../database.ts'
import { verifyFile } from '../integrity-check.ts'
import { readCounts, readPage, type PageRequest } from '../library-pages.ts'
import { searchStories, type SearchRequest } from '../search.ts'
import type { SqliteDb } from '../sql.ts'
import { storageError } from '../storage-error.ts'
import type { ReaderData, ReaderReply, ReaderRequest, VerifyRequest } from './protocol.ts'

/**
 * The worker that reads lists, searches and counts on a connection of its own, so that no long read ever stands in the way of a save.
 * One request at a time, in the order they come; one that nobody waits for is left between two rows.
 */
const { file } = workerData as ReaderData
let connection: SqliteDb | null = null

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)))

function answer(request: ReaderRequest): ReaderReply {
  const flag = new Int32Array(request.stop)
  const stopped = (): boolean => Atomics.load(flag, 0) === 1
  try {
    return { id: request.id, ok: true, output: stopped() ? null : run(request, stopped) }
  } catch (error) {
    // Whatever went wrong, the next request starts on a connection that nothing is known against.
    close()
    return { id: request.id, ok: false, error: toWireError(storageError(error)) }
  }
}

function run({ call, input }: ReaderRequest, stopped: () => boolean): unknown {
  switch (call) {
    case 'page': return atOneMoment((db) => readPage(db, input as PageRequest))
    case 'search': return atOneMoment((db) => searchStories(db, input as SearchRequest, stopped))
    case 'counts': return atOneMoment(readCounts)
    case 'verify': {
      const { file: other, full } = input as VerifyRequest
      return verifyFile(other, full, stopped)
    }
  }
}

/** A read transaction: everything in it sees the library as it was at its first row. */
function atOneMoment<T>(body: (db: SqliteDb) => T): T {
  connection ??= openDatabase(file, 'read')
  connection.raw.exec('BEGIN')
  try {
    return body(connection)
  } finally {
    connection.raw.exec('COMMIT')
  }
}

function close(): void {
  try {
    connection?.raw.close()
  } catch {
    // It is dropped either way.
  }
  connection = null
}
