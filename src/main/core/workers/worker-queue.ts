import { Worker } from 'node:worker_threads'
import { GalleyError, type WireError } from '../../../shared/rpc/errors.ts'

/** The whole answer to one request. */
export type Answer<T> = { readonly ok: true; readonly output: T } | { readonly ok: false; readonly error: WireError }

export interface WorkerQueueOptions {
  /** The file the worker runs; asked for at its first start. */
  readonly file: () => string
  /** What takes longer, in milliseconds, goes with the worker that is at it. */
  readonly patience: number
  /** For a request that was called off, or came after the end. */
  readonly stopped: () => GalleyError
  /** For a request that took too long, or that the worker died over: it is to blame, and is not tried again. */
  readonly beyond: () => GalleyError
}

/** Sent to a worker that has more of an answer: it may send the next piece. */
export const NEXT_PIECE = 'next'

interface Waiting<Message> {
  readonly request: { readonly id: number }
  /** False: more of the answer is to come. */
  take(message: Message): boolean
  fail(error: GalleyError): void
}

/**
 * One worker and the queue before it: one request at a time, each with its patience and its way to be called off. What a
 * worker does cannot be interrupted, so it goes with what it was at, and the next request gets a new one. The worker is
 * started when first needed, and an idle one does not keep the process alive.
 */
export class WorkerQueue<Message extends { readonly id: number }> {
  readonly #options: WorkerQueueOptions
  readonly #queue: Waiting<Message>[] = []
  #worker: Worker | null = null
  #running: Waiting<Message> | null = null
  #timer: NodeJS.Timeout | null = null
  #nextId = 1
  #closed = false

  constructor(options: WorkerQueueOptions) {
    this.#options = options
  }

  /**
   * Asks the worker; `request` gets a number. `answer`: what the messages about it come to, null while more is to come.
   * Rejects with the GalleyError of the answer, with `stopped` or with `beyond`.
   */
  ask<T>(request: object, answer: (message: Message) => Answer<T> | null, signal?: AbortSignal): Promise<T> {
    const { stopped } = this.#options
    if (this.#closed || signal?.aborted) return Promise.reject(stopped())
    return new Promise((resolve, reject) => {
      const waiting: Waiting<Message> = {
        request: { ...request, id: this.#nextId++ },
        take(message) {
          const whole = answer(message)
          if (!whole) return false
          signal?.removeEventListener('abort', abort)
          if (whole.ok) resolve(whole.output)
          else reject(GalleyError.fromWire(whole.error))
          return true
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

  /** Whoever still waits gets `stopped`. */
  async close(): Promise<void> {
    this.#closed = true
    const { stopped } = this.#options
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
      this.#worker?.unref()
      return
    }
    this.#running = waiting
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    worker.postMessage(waiting.request)
    this.#timer = setTimeout(() => this.#drop(waiting, this.#options.beyond()), this.#options.patience)
    this.#timer.unref()
  }

  #start(): Worker {
    // What decoders print is nobody's to read; standard output is the host's own.
    const worker = new Worker(this.#options.file(), { stdout: true })
    worker.on('message', (message: Message) => {
      const running = this.#running
      if (running?.request.id !== message.id) return
      if (!running.take(message)) return worker.postMessage(NEXT_PIECE)
      this.#rest()
      this.#next()
    })
    worker.on('error', () => this.#died(worker))
    worker.on('exit', () => this.#died(worker))
    return worker
  }

  #drop(waiting: Waiting<Message>, error: GalleyError): void {
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

  /** Out of memory, or a fault of a decoder. */
  #died(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const running = this.#running
    this.#rest()
    running?.fail(this.#options.beyond())
    this.#next()
  }

  #rest(): void {
    this.#running = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}
