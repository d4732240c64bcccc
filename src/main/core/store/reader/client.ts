import { Worker } from 'node:worker_threads'
import type { LibraryFacets, LibraryPage, SearchPage } from '../../../../shared/contract/library.ts'
import { GalleyError } from '../../../../shared/rpc/errors.ts'
import { workerFile } from '../../workers/worker-file.ts'
import type { Reading } from '../database.ts'
import type { FacetsRequest } from '../library-facets.ts'
import type { readCounts, PageRequest } from '../library-pages.ts'
import type { SearchRequest } from '../search.ts'
import type { MadeFrom } from '../wire-items.ts'
import type {
  ReaderCall,
  ReaderCalls,
  ReaderData,
  ReaderReply,
  ReaderRequest,
  VerifyAnswer,
  VerifyRequest
} from './protocol.ts'
import { say } from '../../../../shared/words/message.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** A search with the same key supersedes an unanswered earlier one, whose caller gets `cancelled`. */
  readonly key?: string | undefined
}

/**
 * Reads lists, searches and counts off the main thread. Three workers, each with its own connection and started when
 * first needed: one for what must be immediate (pages, counts, newest-first searches), one for ranking every hit of a
 * search, and one for copying and checking whole files.
 */
export class LibraryReader {
  readonly #quick: Lane
  readonly #ranking: Lane
  readonly #checking: Lane

  constructor(databaseFile: string, reading: Reading = 'beside') {
    this.#quick = new Lane(databaseFile, reading)
    this.#ranking = new Lane(databaseFile, reading)
    this.#checking = new Lane(databaseFile, reading)
  }

  /** Starts the worker for lists before the first list is requested. */
  warmUp(): void {
    this.#quick.start()
  }

  page(request: PageRequest, options: ReadOptions = {}): Promise<LibraryPage> {
    return this.#quick.ask('page', request, options)
  }

  counts(options: ReadOptions = {}): Promise<ReturnType<typeof readCounts>> {
    return this.#quick.ask('counts', null, options)
  }

  facets(request: FacetsRequest, options: ReadOptions = {}): Promise<LibraryFacets> {
    return this.#quick.ask('facets', request, options)
  }

  ids(request: PageRequest, options: ReadOptions = {}): Promise<readonly string[]> {
    return this.#quick.ask('ids', request, options)
  }

  /** Looks through every story; lists do not wait for it. */
  madeFrom(itemId: string, options: ReadOptions = {}): Promise<readonly MadeFrom[]> {
    return this.#ranking.ask('madeFrom', { itemId }, options)
  }

  /**
   * The pictures in the library that the stories mention anywhere. Does not wait for a copy of the library to finish.
   */
  async picturesOf(storyIds: readonly string[], options: ReadOptions = {}): Promise<readonly string[]> {
    return (await this.#ranking.ask('picturesOf', storyIds, options)) ?? []
  }

  /**
   * Those of the pictures that something in the library still uses. Reads everything, but nobody at the desk waits for
   * it.
   */
  async picturesInUse(ids: readonly string[], options: ReadOptions = {}): Promise<readonly string[]> {
    return (await this.#checking.ask('picturesInUse', ids, options)) ?? ids
  }

  async search(request: SearchRequest, options: ReadOptions = {}): Promise<SearchPage> {
    const found = await (request.order === 'newest' ? this.#quick : this.#ranking).ask('search', request, options)
    if (!found) throw cancelled()
    return found
  }

  /** Reads a whole library file, this one or a backup, and reports what is wrong with it. */
  async verify(request: VerifyRequest, options: ReadOptions = {}): Promise<VerifyAnswer> {
    const answer = await this.#checking.ask('verify', request, options)
    if (!answer) throw cancelled()
    return answer
  }

  /** Copies the library into a new file and verifies the copy; saves go on meanwhile. */
  async copy(target: string, options: ReadOptions = {}): Promise<VerifyAnswer> {
    const answer = await this.#checking.ask('copy', { target }, options)
    if (!answer) throw cancelled()
    return answer
  }

  /** Kills the worker for lists, as a crash would. */
  crashForTest(): void {
    this.#quick.crashForTest()
  }

  /** Callers still waiting get `cancelled`. */
  async close(): Promise<void> {
    await Promise.all([this.#quick.close(), this.#ranking.close(), this.#checking.close()])
  }
}

interface Waiting {
  readonly request: ReaderRequest
  readonly key: string | undefined
  readonly settle: (reply: ReaderReply) => void
  readonly fail: (error: unknown) => void
  /** True once it has been sent again after the worker died on it; after a second death it fails. */
  retried: boolean
}

/**
 * One worker and its queue. Only one request is with the worker at a time, so that queued ones can still be dropped.
 */
class Lane {
  readonly #file: string
  readonly #reading: Reading
  #worker: Worker | null = null
  #running: Waiting | null = null
  readonly #queue: Waiting[] = []
  #nextId = 1
  #closed = false

  constructor(file: string, reading: Reading) {
    this.#file = file
    this.#reading = reading
  }

  start(): void {
    if (this.#worker || this.#closed) return
    const worker = new Worker(workerFile(import.meta.dirname, 'library-reader'), {
      workerData: { file: this.#file, reading: this.#reading } satisfies ReaderData
    })
    worker.unref()
    worker.on('message', (reply: ReaderReply) => this.#answered(reply))
    worker.on('error', () => this.#died(worker))
    worker.on('exit', () => this.#died(worker))
    this.#worker = worker
  }

  ask<C extends ReaderCall>(
    call: C,
    input: ReaderCalls[C]['input'],
    { signal, key }: ReadOptions
  ): Promise<ReaderCalls[C]['output']> {
    if (this.#closed) return Promise.reject(new GalleyError('cancelled', say('store.closed')))
    if (signal?.aborted) return Promise.reject(cancelled())
    return new Promise((resolve, reject) => {
      const request: ReaderRequest = { id: this.#nextId++, call, input, stop: new SharedArrayBuffer(4) }
      const done = (): void => signal?.removeEventListener('abort', abort)
      const waiting: Waiting = {
        request,
        key,
        retried: false,
        settle(reply) {
          done()
          if (reply.ok) resolve(reply.output as ReaderCalls[C]['output'])
          else reject(GalleyError.fromWire(reply.error))
        },
        fail(error) {
          done()
          reject(error)
        }
      }
      const abort = (): void => this.#drop(waiting)
      signal?.addEventListener('abort', abort, { once: true })
      if (key !== undefined) {
        for (const other of [...this.#queue, ...(this.#running ? [this.#running] : [])])
          if (other.key === key) this.#drop(other)
      }
      this.#queue.push(waiting)
      this.#next()
    })
  }

  crashForTest(): void {
    void this.#worker?.terminate()
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const waiting of [...this.#queue, ...(this.#running ? [this.#running] : [])]) this.#drop(waiting)
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  #next(): void {
    if (this.#running || this.#closed) return
    const waiting = this.#queue.shift()
    if (!waiting) {
      // An idle worker does not keep the process alive.
      this.#worker?.unref()
      return
    }
    this.start()
    this.#running = waiting
    this.#worker?.ref()
    this.#worker?.postMessage(waiting.request)
  }

  #answered(reply: ReaderReply): void {
    const running = this.#running
    if (!running || running.request.id !== reply.id) return
    this.#running = null
    running.settle(reply)
    this.#next()
  }

  /** Takes a request back: from the queue, or from the worker at its next row. Its caller is told at once. */
  #drop(waiting: Waiting): void {
    Atomics.store(new Int32Array(waiting.request.stop), 0, 1)
    const at = this.#queue.indexOf(waiting)
    if (at >= 0) this.#queue.splice(at, 1)
    waiting.fail(cancelled())
  }

  #died(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const running = this.#running
    this.#running = null
    if (running && !running.retried) {
      running.retried = true
      this.#queue.unshift(running)
    } else {
      running?.fail(new GalleyError('internal', say('store.readingFailed')))
    }
    this.#next()
  }
}

function cancelled(): GalleyError {
  return new GalleyError('cancelled', say('galley.stopped'))
}
