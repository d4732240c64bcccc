import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { readStored, type StoredFile } from './stored-file.ts'
import type { PictureCall, PictureCalls, PictureReply, PictureRequest } from './worker-protocol.ts'

/** A picture that takes longer than this, in ms, is not one. */
const PATIENCE = 120_000
/** Bytes that are hashed within a millisecond or two. */
const SMALL = 1024 * 1024

/**
 * Pictures are read, hashed and decoded off the saving thread. Two workers, started when first needed: one for pictures
 * that come in or go out, which may take seconds, and one for what a window shows.
 */
export class PictureWorkers {
  readonly #working = new Lane()
  readonly #showing = new Lane()

  inspect(input: PictureCalls['inspect']['input'], signal?: AbortSignal): Promise<PictureCalls['inspect']['output']> {
    return this.#working.ask('inspect', input, signal)
  }

  rendition(
    input: PictureCalls['rendition']['input'],
    signal?: AbortSignal
  ): Promise<PictureCalls['rendition']['output']> {
    return this.#working.ask('rendition', input, signal)
  }

  show(input: PictureCalls['show']['input']): Promise<PictureCalls['show']['output']> {
    return this.#showing.ask('show', input)
  }

  /** The whole file, held against its digest: here where that is nothing, else in a worker. */
  async read(input: StoredFile): Promise<Uint8Array> {
    const { size } = await stat(input.file).catch(() => ({ size: 0 }))
    return size <= SMALL ? await readStored(input) : (await this.#showing.ask('read', input)).bytes
  }

  /** Whoever still waits gets `cancelled`. */
  async close(): Promise<void> {
    await Promise.all([this.#working.close(), this.#showing.close()])
  }
}

interface Waiting {
  readonly request: PictureRequest
  settle(reply: PictureReply): void
  fail(error: GalleyError): void
}

/** One worker and the queue before it. */
class Lane {
  #worker: Worker | null = null
  #running: Waiting | null = null
  #timer: NodeJS.Timeout | null = null
  readonly #queue: Waiting[] = []
  #nextId = 1
  #closed = false

  ask<C extends PictureCall>(
    call: C,
    input: PictureCalls[C]['input'],
    signal?: AbortSignal
  ): Promise<PictureCalls[C]['output']> {
    if (this.#closed || signal?.aborted) return Promise.reject(stopped())
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        request: { id: this.#nextId++, call, input },
        settle(reply) {
          signal?.removeEventListener('abort', abort)
          if (reply.ok) resolve(reply.output as PictureCalls[C]['output'])
          else reject(GalleyError.fromWire(reply.error))
        },
        fail(error) {
          signal?.removeEventListener('abort', abort)
          reject(error)
        }
      }
      const abort = (): void => this.#drop(waiting, stopped())
      signal?.addEventListener('abort', abort, { once: true })
      this.#queue.push(waiting)
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const waiting of this.#queue.splice(0)) waiting.fail(stopped())
    if (this.#running) this.#drop(this.#running, stopped())
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
    this.#running = waiting
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    worker.postMessage(waiting.request)
    this.#timer = setTimeout(() => this.#drop(waiting, tooMuch()), PATIENCE)
    this.#timer.unref()
  }

  #start(): Worker {
    // What the decoders print is nobody's to read; standard output is the host's own.
    const worker = new Worker(workerFile(), { stdout: true })
    worker.on('message', (reply: PictureReply) => {
      const running = this.#running
      if (running?.request.id !== reply.id) return
      this.#rest()
      running.settle(reply)
      this.#next()
    })
    worker.on('error', () => this.#died(worker))
    worker.on('exit', () => this.#died(worker))
    return worker
  }

  /** Decoding cannot be interrupted: the worker goes with what it was at, and the next request gets a new one. */
  #drop(waiting: Waiting, error: GalleyError): void {
    const at = this.#queue.indexOf(waiting)
    if (at >= 0) this.#queue.splice(at, 1)
    else if (this.#running === waiting) {
      this.#rest()
      void this.#worker?.terminate()
      this.#worker = null
    }
    waiting.fail(error)
    this.#next()
  }

  /** Out of memory, or a fault of a decoder: the picture is to blame, and is not tried again. */
  #died(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const running = this.#running
    this.#rest()
    running?.fail(tooMuch())
    this.#next()
  }

  #rest(): void {
    this.#running = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** Beside this file in the sources; beside or above it where everything is bundled. */
function workerFile(): string {
  const here = import.meta.dirname
  const candidates = [
    join(here, 'picture-worker.ts'),
    join(here, 'picture-worker.js'),
    join(here, '..', 'picture-worker.js')
  ]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (!found) throw new Error('The worker for pictures is missing from this build')
  return found
}

function stopped(): GalleyError {
  return new GalleyError('cancelled', say('galley.stopped'))
}

function tooMuch(): GalleyError {
  return new GalleyError('unsupported', say('media.notDecoded'))
}
