import type { Readable, Writable } from 'node:stream'

export type Params = Readonly<Record<string, unknown>>
type Listener = (params: Record<string, unknown>) => void

/**
 * The DevTools protocol over a pair of pipes: no port is opened, and nothing lies between the bench and the browser.
 */
export class Cdp {
  #nextId = 1
  #buffered: Buffer[] = []
  readonly #waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void; method: string }
  >()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #out: Writable
  #closed: Error | null = null

  constructor(out: Writable, input: Readable) {
    this.#out = out
    input.on('data', (chunk: Buffer) => this.#read(chunk))
    input.on('error', () => this.end())
    out.on('error', () => this.end())
  }

  get alive(): boolean {
    return this.#closed === null
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<Record<string, unknown>> {
    if (this.#closed) return Promise.reject(this.#closed)
    const id = this.#nextId++
    const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>()
    this.#waiting.set(id, { resolve, reject, method })
    this.#out.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
    return promise
  }

  /** Calls back for every event of that name of that session (or of the browser itself); the answer stops it. */
  on(event: string, listener: Listener, sessionId = ''): () => void {
    const key = `${sessionId} ${event}`
    const listeners = this.#listeners.get(key) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(key, listeners)
    return () => listeners.delete(listener)
  }

  /** The browser is gone: everything that waits fails. */
  end(): void {
    if (this.#closed) return
    this.#closed = new Error('the browser is gone')
    for (const { reject } of this.#waiting.values()) reject(this.#closed)
    this.#waiting.clear()
  }

  #read(chunk: Buffer): void {
    let rest = chunk
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...this.#buffered, rest.subarray(0, end)]).toString('utf8')
      this.#buffered = []
      rest = rest.subarray(end + 1)
      this.#take(JSON.parse(text) as Message)
    }
    if (rest.length > 0) this.#buffered.push(rest)
  }

  #take(message: Message): void {
    if (message.id === undefined) {
      for (const listener of this.#listeners.get(`${message.sessionId ?? ''} ${message.method ?? ''}`) ?? [])
        listener(message.params ?? {})
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`))
    else waiting?.resolve(message.result ?? {})
  }
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}
