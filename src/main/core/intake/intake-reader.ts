import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { IntakeReview } from '../../../shared/contract/intake.ts'
import { GalleyError, type WireError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import type { IntakeInput, IntakeOptions } from './read-intake.ts'

/** No page a person means to take in is read for longer, in ms. */
const PATIENCE = 30_000

/** One page to read. `linesToo`: with what became of each line, which a person is to see; the story alone is lighter. */
export interface IntakeReading {
  readonly id: number
  readonly input: IntakeInput
  readonly options: IntakeOptions
  readonly linesToo: boolean
}

export type IntakeReply =
  /** The review without its lines and blocks, which follow in so many pieces. */
  | { readonly id: number; readonly ok: true; readonly review: IntakeReview; readonly pieces: number }
  | { readonly id: number; readonly ok: false; readonly error: WireError }

export interface IntakePiece {
  readonly id: number
  readonly lines?: IntakeReview['lines']
  readonly blocks?: IntakeReview['body']['blocks']
}

interface Waiting {
  readonly reading: IntakeReading
  /** What has come of the answer, and how many pieces of it are still to come. */
  partly: { readonly review: IntakeReview; left: number } | null
  settle(reply: IntakeReply): void
  fail(error: GalleyError): void
}

/**
 * Reads pages off the saving thread, one after the other. A page that is called off, or takes longer than `patience` ms, goes with
 * the worker that was at it.
 */
export class IntakeReader {
  readonly #patience: number
  readonly #queue: Waiting[] = []
  #worker: Worker | null = null
  #running: Waiting | null = null
  #timer: NodeJS.Timeout | null = null
  #nextId = 1

  constructor(patience: number = PATIENCE) {
    this.#patience = patience
  }

  /** Rejects with the GalleyErrors of `readIntake`, with `cancelled`, or with `too_large` for what cannot be read in time. */
  read(
    input: IntakeInput,
    options: IntakeOptions,
    { linesToo, signal }: { readonly linesToo: boolean; readonly signal?: AbortSignal | undefined }
  ): Promise<IntakeReview> {
    if (signal?.aborted) return Promise.reject(stopped())
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        reading: { id: this.#nextId++, input, options, linesToo },
        partly: null,
        settle(reply) {
          signal?.removeEventListener('abort', abort)
          if (reply.ok) resolve(reply.review)
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

  /** Whoever still waits gets `cancelled`. */
  async close(): Promise<void> {
    for (const waiting of this.#queue.splice(0)) waiting.fail(stopped())
    if (this.#running) this.#drop(this.#running, stopped())
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  #next(): void {
    if (this.#running) return
    const waiting = this.#queue.shift()
    if (!waiting) {
      // An idle worker does not keep the process alive.
      this.#worker?.unref()
      return
    }
    this.#running = waiting
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    worker.postMessage(waiting.reading)
    this.#timer = setTimeout(() => this.#drop(waiting, tooLong()), this.#patience)
    this.#timer.unref()
  }

  #start(): Worker {
    const worker = new Worker(workerFile(), { stdout: true })
    worker.on('message', (message: IntakeReply | IntakePiece) => {
      const running = this.#running
      if (running?.reading.id !== message.id) return
      const reply = collect(running, message)
      if (!reply) return worker.postMessage('next')
      this.#rest()
      running.settle(reply)
      this.#next()
    })
    worker.on('error', () => this.#died(worker))
    worker.on('exit', () => this.#died(worker))
    return worker
  }

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

  /** Out of memory, most likely: the page is to blame, and is not tried again. */
  #died(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const running = this.#running
    this.#rest()
    running?.fail(tooLong())
    this.#next()
  }

  #rest(): void {
    this.#running = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** The whole answer, when all of its pieces are there. */
function collect(waiting: Waiting, message: IntakeReply | IntakePiece): IntakeReply | null {
  if ('ok' in message) {
    if (!message.ok || message.pieces === 0) return message
    waiting.partly = { review: message.review, left: message.pieces }
    return null
  }
  const { partly } = waiting
  if (!partly) return null
  // One by one: spread, as many arguments as lines would not fit on the stack.
  for (const line of message.lines ?? []) partly.review.lines.push(line)
  for (const block of message.blocks ?? []) partly.review.body.blocks.push(block)
  partly.left -= 1
  return partly.left > 0 ? null : { id: message.id, ok: true, review: partly.review, pieces: 0 }
}

/** Beside this file in the sources; beside or above it where everything is bundled. */
function workerFile(): string {
  const here = import.meta.dirname
  const candidates = [
    join(here, 'intake-worker.ts'),
    join(here, 'intake-worker.js'),
    join(here, '..', 'intake-worker.js')
  ]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (!found) throw new Error('The worker for pages is missing from this build')
  return found
}

function stopped(): GalleyError {
  return new GalleyError('cancelled', say('intake.stopped'))
}

function tooLong(): GalleyError {
  return new GalleyError('too_large', say('intake.takesTooLong'))
}
