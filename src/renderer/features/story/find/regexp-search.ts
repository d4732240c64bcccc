import type { FindQuery, RegExpFound } from '../../../../shared/find/find.ts'
import type { Clock } from '../../../../shared/lib/clock.ts'

export interface RegExpQuestion {
  readonly id: number
  readonly texts: readonly string[]
  readonly query: FindQuery
  readonly replacement: string
}

export interface RegExpReply {
  readonly id: number
  /** The matches in each text; null announces that the search has begun. */
  readonly found: readonly (readonly RegExpFound[])[] | null
}

/** The part of Worker that is used. */
export interface SearchWorker {
  onmessage: ((event: MessageEvent<RegExpReply>) => void) | null
  postMessage(question: RegExpQuestion): void
  terminate(): void
}

/** How long a regular expression may take over one story, counted from when it starts running. */
export const LIMIT_MS = 1000

/**
 * Searches texts with a regular expression in a worker. A search that takes too long, or that a newer one overtakes, is
 * stopped together with its worker.
 */
export class RegExpSearch {
  readonly #start: () => SearchWorker
  readonly #clock: Clock
  #worker: SearchWorker | null = null
  #open: { readonly id: number; settle(found: RegExpReply['found'] | 'ended' | 'overtaken'): void } | null = null
  #stopTimer: () => void = () => undefined
  #last = 0

  constructor(start: () => SearchWorker, clock: Clock) {
    this.#start = start
    this.#clock = clock
  }

  /** The matches in each text; `ended` if the expression took too long, `overtaken` if a newer search came in. */
  search(question: Omit<RegExpQuestion, 'id'>): Promise<NonNullable<RegExpReply['found']> | 'ended' | 'overtaken'> {
    this.#end('overtaken')
    const id = (this.#last += 1)
    const worker = (this.#worker ??= this.#start())
    return new Promise((resolve) => {
      this.#open = { id, settle: (found) => found !== null && resolve(found) }
      worker.onmessage = ({ data }) => {
        if (data.id !== this.#open?.id) return
        this.#stopTimer()
        if (data.found === null) {
          this.#stopTimer = this.#clock.after(LIMIT_MS, () => this.#end('ended'))
          return
        }
        const { settle } = this.#open
        this.#open = null
        settle(data.found)
      }
      worker.postMessage({ ...question, id })
    })
  }

  stop(): void {
    this.#end('overtaken')
    this.#worker?.terminate()
    this.#worker = null
  }

  #end(why: 'ended' | 'overtaken'): void {
    this.#stopTimer()
    this.#stopTimer = () => undefined
    if (!this.#open) return
    const { settle } = this.#open
    this.#open = null
    this.#worker?.terminate()
    this.#worker = null
    settle(why)
  }
}
