import { Worker } from 'node:worker_threads'

/** The same bare statements asked of another thread: what the hop costs that keeps a long read from delaying a save. */
export class BareWorker {
  readonly #worker: Worker
  #answer: (rows: unknown) => void = () => undefined

  constructor(library: string) {
    this.#worker = new Worker(new URL('./bare-worker-thread.ts', import.meta.url), { workerData: { library } })
    this.#worker.on('message', (rows: unknown) => this.#answer(rows))
  }

  ask(question: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#answer = resolve
    this.#worker.once('error', reject)
    this.#worker.postMessage(question)
    return promise.finally(() => this.#worker.off('error', reject))
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
