import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Events } from '../events.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/** Long work a person can watch and stop. */
export class Jobs {
  readonly #events: Events
  readonly #running = new Map<string, AbortController>()

  constructor(events: Events) {
    this.#events = events
  }

  /** Runs `work` as a job: its progress goes to every connection, cancelling it or losing `signal` aborts it. */
  async run<T>(
    jobId: string | undefined,
    label: Message,
    signal: AbortSignal,
    work: (job: { signal: AbortSignal; progress(done: number, total: number | null): void }) => Promise<T>
  ): Promise<T> {
    if (jobId === undefined) return work({ signal, progress: () => undefined })
    if (this.#running.has(jobId)) throw new GalleyError('busy', say('app.jobUnderWay'))
    const abort = new AbortController()
    this.#running.set(jobId, abort)
    let at = { done: 0, total: null as number | null }
    const tell = (state: 'running' | 'done' | 'failed' | 'cancelled'): void =>
      this.#events.emit('job', { jobId, label, ...at, state })
    const both = AbortSignal.any([signal, abort.signal])
    try {
      tell('running')
      const result = await work({
        signal: both,
        progress: (done, total) => {
          at = { done, total }
          tell('running')
        }
      })
      tell('done')
      return result
    } catch (error) {
      tell(both.aborted ? 'cancelled' : 'failed')
      throw both.aborted && !(error instanceof GalleyError)
        ? new GalleyError('cancelled', say('galley.stopped'))
        : error
    } finally {
      this.#running.delete(jobId)
    }
  }

  cancel(jobId: string): void {
    this.#running.get(jobId)?.abort()
  }

  cancelAll(): void {
    for (const abort of this.#running.values()) abort.abort()
  }
}
