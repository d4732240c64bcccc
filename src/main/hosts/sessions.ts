import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { contract } from '../../shared/contract/contract.ts'
import { steadyClock, type Clock } from '../../shared/lib/clock.ts'
import { toWireError } from '../../shared/rpc/errors.ts'
import { Cancel, Hello, Listening, Request, type Push, type Reply } from '../../shared/rpc/wire.ts'
import type { Core } from '../core/core.ts'

/** How long a dropped connection is remembered, in ms: its work continues and its events are kept. */
const GRACE = 15_000
/**
 * How many of a connection's last events are kept in case they were lost; a client that missed more is told to reload.
 */
const MAX_KEPT_EVENTS = 300
/** How many replies to writes are kept per connection, in case a reply was lost. */
const MAX_KEPT_REPLIES = 200

/** What a window, a socket or a command line may send. */
export const ClientMessage = z.union([Request, Cancel, Hello, Listening])
export type ClientMessage = z.infer<typeof ClientMessage>

/**
 * Keeps track of who is connected. A session belongs to one window and outlives its sockets: a request repeated after a
 * dropped socket counts as the same request, is done once, and gets the same reply.
 */
export class Sessions {
  readonly #core: Core
  readonly #clock: Clock
  readonly #byId = new Map<string, Session>()
  readonly #unsubscribe: () => void

  constructor(core: Core, clock: Clock = steadyClock) {
    this.#core = core
    this.#clock = clock
    this.#unsubscribe = core.subscribe((push) => {
      for (const session of this.#byId.values()) session.deliver(push)
    })
  }

  /**
   * Returns the session with that id if it is still remembered, or else a new one. `send` receives its events from now
   * on; `missed` are those after number `seen`. `resumed` is false if some of them are gone.
   */
  join(
    id: string,
    send: (push: Push) => void,
    seen?: number
  ): { session: Session; resumed: boolean; events: number; missed: readonly Push[] } {
    const known = this.#byId.get(id)
    const session = known ?? new Session(id, this.#core)
    if (!known) this.#byId.set(id, session)
    session.attach(send)
    const missed = session.eventsAfter(known ? seen : undefined)
    return {
      session,
      resumed: known !== undefined && missed !== null,
      events: session.events - (missed?.length ?? 0),
      missed: missed ?? []
    }
  }

  /** The connection dropped. The session waits for a new one, unless `forGood`. A newer connection keeps it alive. */
  leave(session: Session, send: (push: Push) => void, forGood = false): void {
    if (!session.detach(send)) return
    const end = (): void => {
      if (session.attached || this.#byId.get(session.id) !== session) return
      this.#byId.delete(session.id)
      session.end()
    }
    if (forGood) end()
    else session.forget = this.#clock.after(GRACE, end)
  }

  get size(): number {
    return [...this.#byId.values()].filter((session) => session.attached).length
  }

  /**
   * Asks every window to save its last words and waits until all are quiet, with nothing under way and no new request
   * for 150 ms; at most `limit` ms.
   */
  async lastWords(limit = 1500): Promise<void> {
    if (this.size === 0) {
      // A window that has just gone may have sent its last words; they are read before anything is closed.
      await new Promise<void>((resolve) => {
        this.#clock.after(50, resolve)
      })
      return
    }
    this.#core.emit('flush', {})
    const end = this.#clock.now() + limit
    let seen = -1
    while (this.#clock.now() < end) {
      const asked = [...this.#byId.values()].reduce((sum, session) => sum + session.asked, 0)
      const busy = [...this.#byId.values()].some((session) => session.busy)
      if (!busy && asked === seen) return
      seen = asked
      await new Promise<void>((resolve) => {
        this.#clock.after(150, resolve)
      })
    }
  }

  /** Ends every session; nothing is delivered afterwards. */
  close(): void {
    this.#unsubscribe()
    for (const session of this.#byId.values()) session.end()
    this.#byId.clear()
  }
}

export class Session {
  readonly id: string
  /** How many requests there have been in all. */
  asked = 0
  /** Cancels the timer after which the session is forgotten. */
  forget: () => void = () => undefined
  readonly #core: Core
  readonly #running = new Map<number, { readonly reply: Promise<Reply>; readonly stop: AbortController }>()
  readonly #answered = new Map<number, Promise<Reply>>()
  #send: ((push: Push) => void) | null = null
  #kept: Push[] = []
  #events = 0

  constructor(id: string, core: Core) {
    this.id = id
    this.#core = core
  }

  get attached(): boolean {
    return this.#send !== null
  }

  get busy(): boolean {
    return this.#running.size > 0
  }

  attach(send: (push: Push) => void): void {
    this.forget()
    this.#send = send
  }

  /** How many events there have been. */
  get events(): number {
    return this.#events
  }

  /** Null if some of them are no longer kept; empty for a new connection. */
  eventsAfter(seen = this.#events): readonly Push[] | null {
    const count = this.#events - seen
    if (count < 0 || count > this.#kept.length) return null
    return count === 0 ? [] : this.#kept.slice(-count)
  }

  /** Returns false if another connection has already taken over. */
  detach(send: (push: Push) => void): boolean {
    if (this.#send !== send) return false
    this.#send = null
    return true
  }

  deliver(push: Push): void {
    this.#events += 1
    this.#kept.push(push)
    if (this.#kept.length > 2 * MAX_KEPT_EVENTS) this.#kept = this.#kept.slice(-MAX_KEPT_EVENTS)
    this.#send?.(push)
  }

  /** Always replies, and with the same reply to the same number. */
  request(request: Request): Promise<Reply> {
    const before = this.#running.get(request.id)?.reply ?? this.#answered.get(request.id)
    if (before) return before
    this.asked += 1
    const stop = new AbortController()
    const reply = this.#core
      .dispatch(request, { connectionId: this.id, signal: stop.signal })
      .catch((thrown: unknown): Reply => ({ id: request.id, ok: false, error: toWireError(thrown) }))
      .finally(() => this.#running.delete(request.id))
    this.#running.set(request.id, { reply, stop })
    if (isWrite(request.call)) this.#remember(request.id, reply)
    return reply
  }

  cancel(id: number): void {
    this.#running.get(id)?.stop.abort()
  }

  /** Called after a dropped socket, with what the client still waits for. Anything else was cancelled meanwhile. */
  keepOnly(awaiting: readonly number[]): void {
    const wanted = new Set(awaiting)
    for (const [id, { stop }] of this.#running) if (!wanted.has(id)) stop.abort()
    for (const id of this.#answered.keys()) if (!wanted.has(id)) this.#answered.delete(id)
  }

  end(): void {
    this.forget()
    this.#send = null
    for (const { stop } of this.#running.values()) stop.abort()
  }

  #remember(id: number, reply: Promise<Reply>): void {
    this.#answered.set(id, reply)
    for (const oldest of this.#answered.keys()) {
      if (this.#answered.size <= MAX_KEPT_REPLIES) break
      this.#answered.delete(oldest)
    }
  }
}

/** An id for a connection that has not said hello. */
export function anonymousId(): string {
  return randomUUID()
}

function isWrite(call: string): boolean {
  const [group = '', name = ''] = call.split('.')
  const groups: Readonly<Record<string, Readonly<Record<string, { readonly kind: string }>>>> = contract.calls
  return (
    Object.hasOwn(groups, group) && Object.hasOwn(groups[group] ?? {}, name) && groups[group]?.[name]?.kind === 'write'
  )
}
