import type { Clock } from '../../shared/lib/clock.ts'
import type { Finding } from '../../shared/spelling/finding.ts'
import type { Checked, SpellingQuestion, SpellingReply, TextToCheck } from './engine.ts'
import { KnownTexts } from './known-texts.ts'

/** The part of a Worker that is used. */
export interface SpellingWorker {
  onmessage: ((event: MessageEvent<SpellingReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(question: SpellingQuestion): void
  terminate(): void
}

export type EngineName = 'harper' | 'hunspell'
export type Trouble = 'missing' | 'failed'

/** An engine idle for this long is stopped: its memory is worth more than a fast next start. */
export const IDLE_MS = 5 * 60_000
/** A worker that broke this many times without a reply in between is not started again. */
const MOST_FAILURES = 3
/** Longer than any start or any text takes: a worker silent for this long is stuck. */
export const SILENT_MS = 120_000

type Unnumbered = SpellingQuestion extends infer Question
  ? Question extends SpellingQuestion
    ? Omit<Question, 'id'>
    : never
  : never

interface Running {
  readonly worker: SpellingWorker
  readonly open: Map<number, (reply: SpellingReply | null) => void>
  /** Has replied once. */
  isUp: boolean
  /** Waits for a reply while questions are pending, and for a question otherwise. */
  stopTimer: () => void
}

/** Passes questions to the engines, each in a worker that lives only as long as it is needed. */
export class Speller {
  readonly #start: (engine: EngineName) => SpellingWorker
  readonly #clock: Clock
  readonly #running = new Map<EngineName, Running>()
  readonly #failures = new Map<EngineName, number>()
  readonly #known = new KnownTexts()
  #last = 0

  constructor(start: (engine: EngineName) => SpellingWorker, clock: Clock) {
    this.#start = start
    this.#clock = clock
  }

  /** Returns the findings in each text, in order. Also `failed` if the engines were stopped in the meantime. */
  async check(language: string, texts: readonly TextToCheck[]): Promise<Checked | Trouble> {
    const reply = await this.#ask({ ask: 'check', language, texts })
    if (reply === null || 'suggestions' in reply) return 'failed'
    if ('trouble' in reply) return reply.trouble
    for (const [at, text] of texts.entries()) this.#known.set(language, text, reply.checked[at] ?? [])
    return reply.checked
  }

  /** The findings from an earlier check of a text, in whichever story; undefined if there was none. */
  known(language: string, text: TextToCheck): readonly Finding[] | undefined {
    return this.#known.get(language, text)
  }

  /** Empty if the engine has no suggestion or is not running. */
  async suggest(language: string, word: string): Promise<readonly string[]> {
    const reply = await this.#ask({ ask: 'suggest', language, word })
    return reply !== null && 'suggestions' in reply ? reply.suggestions : []
  }

  /** True if the engine of a language has broken so often that it is no longer asked. */
  isOut(language: string): boolean {
    return (this.#failures.get(engineOf(language)) ?? 0) >= MOST_FAILURES
  }

  /** True if the engine of a language has replied since it was started, so that it replies quickly. */
  isUp(language: string): boolean {
    return this.#running.get(engineOf(language))?.isUp ?? false
  }

  /** Stops the workers; the next question starts them again. */
  stop(): void {
    for (const engine of this.#running.keys()) this.#end(engine)
    this.#failures.clear()
  }

  #ask(question: Unnumbered): Promise<SpellingReply | null> {
    const engine = engineOf(question.language)
    const running = this.#worker(engine)
    if (!running) return Promise.resolve(null)
    const id = (this.#last += 1)
    return new Promise((resolve) => {
      running.open.set(id, resolve)
      if (running.open.size === 1) this.#listen(engine, running)
      running.worker.postMessage({ ...question, id })
    })
  }

  #worker(engine: EngineName): Running | null {
    const there = this.#running.get(engine)
    if (there) return there
    if ((this.#failures.get(engine) ?? 0) >= MOST_FAILURES) return null
    let worker: SpellingWorker
    try {
      worker = this.#start(engine)
    } catch (error) {
      console.warn('Spelling:', error)
      this.#broke(engine)
      return null
    }
    const running: Running = { worker, open: new Map(), isUp: false, stopTimer: () => undefined }
    worker.onmessage = ({ data }) => {
      running.isUp = true
      if ('trouble' in data && data.trouble === 'failed') {
        console.warn(`Spelling: ${data.why}`)
        this.#count(engine)
      } else this.#failures.delete(engine)
      running.open.get(data.id)?.(data)
      running.open.delete(data.id)
      if (running.open.size > 0) return this.#listen(engine, running)
      running.stopTimer()
      running.stopTimer = this.#clock.after(IDLE_MS, () => this.#end(engine))
    }
    worker.onerror = () => this.#broke(engine)
    this.#running.set(engine, running)
    return running
  }

  #listen(engine: EngineName, running: Running): void {
    running.stopTimer()
    running.stopTimer = this.#clock.after(SILENT_MS, () => this.#broke(engine))
  }

  #broke(engine: EngineName): void {
    this.#count(engine)
    this.#end(engine)
  }

  #count(engine: EngineName): void {
    this.#failures.set(engine, (this.#failures.get(engine) ?? 0) + 1)
  }

  #end(engine: EngineName): void {
    const running = this.#running.get(engine)
    if (!running) return
    this.#running.delete(engine)
    running.stopTimer()
    running.worker.terminate()
    // It reloads its dictionaries when it starts, and a user may have replaced one.
    if (engine === 'hunspell') this.#known.forget((language) => engineOf(language) === engine)
    for (const settle of running.open.values()) settle(null)
  }
}

export function engineOf(language: string): EngineName {
  return /^en(?:-|$)/i.test(language) ? 'harper' : 'hunspell'
}
