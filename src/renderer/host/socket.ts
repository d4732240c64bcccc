import { systemClock, type Clock } from '../../shared/lib/clock.ts'
import { newId } from '../../shared/lib/id.ts'
import type { Transport } from '../../shared/rpc/client.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import { decode, encode, type Push, type Reply, type Welcome } from '../../shared/rpc/wire.ts'
import { cancelled } from './bridge.ts'
import type { Line, LinkState } from './line.ts'
import { say } from '../../shared/words/message.ts'

/** The part of the browser's WebSocket that is used; the `ws` package has it too. */
export interface Socket {
  send(text: string): void
  close(): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

export interface SocketOptions {
  /** Starts a new connection. */
  open(): Socket
  /** Asked after a failure: false when the host would refuse this window whatever it tried. */
  isWelcome?(): Promise<boolean>
  readonly headers?: Line['headers']
  readonly clock?: Clock
}

/** Largest message, in bytes, that the host takes. */
const MAX_MESSAGE = 64 * 1024 * 1024
const SHORTEST_WAIT = 100
const LONGEST_WAIT = 3000

/**
 * A connection that survives its WebSockets. When one drops, another is tried after 0.1 s, then after twice as long
 * each time, up to 3 s. Requests made meanwhile wait; requests under way are sent again, oldest first. That is safe in
 * both cases: a host that is still running recognises each request by connection and number and replies to a repeated
 * one without carrying it out again, and if the host died, a repeated write carries the change id, client-made id or
 * content hash that makes it the same write.
 */
export function socketLine({
  open,
  isWelcome,
  headers = {},
  clock = systemClock
}: SocketOptions): Line & { readonly opened: Promise<void>; close(): void } {
  const connectionId = newId()
  const waiting = new Map<number, { readonly text: string; settle(reply: Reply): void }>()
  const pushListeners = new Set<(push: Push) => void>()
  const linkListeners = new Set<() => void>()
  let link: LinkState = 'reconnecting'
  let socket: Socket | null = null
  let failures = 0
  let nextId = 0
  let everOpen = false
  /** Number of the last event that arrived. */
  let seen = 0
  let over = false
  let cancelRetry: () => void = () => undefined
  let markOpened: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    markOpened = resolve
  })

  function setLink(state: LinkState): void {
    if (link === state) return
    link = state
    for (const listener of linkListeners) listener()
  }

  function tell(push: Push): void {
    for (const listener of pushListeners) listener(push)
  }

  function dial(): void {
    const mine = open()
    let gone = false
    const drop = (): void => {
      if (gone) return
      gone = true
      if (socket === mine) socket = null
      if (!over) void tryAgain()
    }
    mine.addEventListener('close', drop)
    mine.addEventListener('error', drop)
    mine.addEventListener('open', () => {
      if (gone || over) return
      mine.send(encode({ hello: connectionId, awaiting: [...waiting.keys()], seen }))
      for (const { text } of waiting.values()) mine.send(text)
      socket = mine
      failures = 0
      setLink('connected')
    })
    mine.addEventListener('message', ({ data }) => receive(decode(String(data)) as Reply | Push | Welcome))
  }

  function receive(message: Reply | Push | Welcome): void {
    if ('id' in message) {
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      asked?.settle(message)
    } else if ('event' in message) {
      seen += 1
      tell(message)
    } else {
      seen = message.welcome.events
      // A host that does not know this connection, or not everything it missed, may have announced changes in between.
      if (everOpen && !message.welcome.resumed) tell({ event: 'libraryChanged', data: {} })
      everOpen = true
      markOpened()
    }
  }

  async function tryAgain(): Promise<void> {
    setLink('reconnecting')
    const wait = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** failures++)
    if (failures > 2 && isWelcome && !(await isWelcome())) {
      setLink('lost')
      return
    }
    cancelRetry = clock.after(wait, dial)
  }

  const transport: Transport = {
    request(request, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled())
        const id = nextId++
        const text = encode({ id, ...request })
        if (text.length > MAX_MESSAGE / 3 && new TextEncoder().encode(text).length > MAX_MESSAGE) {
          return reject(new GalleyError('too_large', say('hosts.tooLarge')))
        }
        const stop = (): void => {
          waiting.delete(id)
          socket?.send(encode({ cancel: id }))
          reject(cancelled())
        }
        waiting.set(id, {
          text,
          settle(reply) {
            signal?.removeEventListener('abort', stop)
            resolve(reply)
          }
        })
        signal?.addEventListener('abort', stop, { once: true })
        socket?.send(text)
      })
    },
    onPush(listener) {
      pushListeners.add(listener)
      return () => pushListeners.delete(listener)
    }
  }

  dial()
  return {
    transport,
    connectionId,
    headers,
    opened,
    // A browser has what it is to show in its address.
    listening: () => undefined,
    link: {
      get: () => link,
      subscribe(listener) {
        linkListeners.add(listener)
        return () => linkListeners.delete(listener)
      }
    },
    close() {
      over = true
      cancelRetry()
      socket?.close()
    }
  }
}
