import { connect, type Socket } from 'node:net'
import type { Transport } from '../../../shared/rpc/client.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { decode, encode, type Push, type Reply } from '../../../shared/rpc/wire.ts'
import { findInstance } from './address.ts'
import { checkLent } from './lent-address.ts'
import { splitLines } from './lines.ts'
import { say } from '../../../shared/words/message.ts'

export interface LocalTransport extends Transport {
  close(): void
}

/**
 * How long an instance has to answer on its socket, in ms. A healthy one answers at once; one that hangs or is stopped
 * must not keep the person waiting for as long as a second.
 */
const PATIENCE = 500

/**
 * A connection to the instance that has this library open; null if there is none (a file left by one that died counts
 * as none).
 */
export async function connectToRunning(library: string): Promise<LocalTransport | null> {
  const opened = await open(library, { use: 'contract' })
  if (!opened) return null
  const { socket } = opened
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: unknown): void }>()
  const listeners = new Set<(push: Push) => void>()
  let next = 0
  let gone = false
  opened.onLine((text) => {
    const message = decode(text) as Reply | Push
    if ('id' in message) {
      waiting.get(message.id)?.resolve(message)
      waiting.delete(message.id)
    } else if ('event' in message) for (const listener of listeners) listener(message)
  })
  socket.on('close', () => {
    gone = true
    for (const { reject } of waiting.values()) reject(closed())
    waiting.clear()
  })
  return {
    request(request, signal) {
      return new Promise((resolve, reject) => {
        if (gone) return reject(closed())
        if (signal?.aborted) return reject(new GalleyError('cancelled', say('galley.stopped')))
        const id = next++
        waiting.set(id, { resolve, reject })
        signal?.addEventListener(
          'abort',
          () => {
            if (!waiting.delete(id)) return
            socket.write(`${encode({ cancel: id })}\n`)
            reject(new GalleyError('cancelled', say('galley.stopped')))
          },
          { once: true }
        )
        socket.write(`${encode({ id, ...request })}\n`)
      })
    },
    onPush(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => socket.destroy()
  }
}

/**
 * Asks the running instance to show itself, at an address such as /story/ID if one is given. Returns an address to open
 * if that instance has no window of its own, `true` if it showed itself, and null if none is running. Throws `refused`
 * for an address that does not lead to a loopback host.
 */
export async function showRunning(library: string, address: string | null): Promise<string | true | null> {
  const opened = await open(library, { use: 'show', address })
  if (!opened) return null
  const answer = opened.first as { address?: unknown }
  return typeof answer.address === 'string' ? checkLent(answer.address) : true
}

async function open(
  library: string,
  opening: { use: 'contract' } | { use: 'show'; address: string | null }
): Promise<{ socket: Socket; first: unknown; onLine(listener: (text: string) => void): void } | null> {
  const instance = await findInstance(library)
  if (!instance) return null
  const socket = connect(instance.socket)
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  let listener: (text: string) => void = () => undefined
  const first = await new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => {
      socket.destroy()
      resolve(null)
    }, PATIENCE)
    listener = resolve
    socket.on('close', () => resolve(null))
    socket.on(
      'data',
      splitLines(
        (text) => listener(text),
        () => Infinity,
        () => undefined
      )
    )
    socket.write(`${JSON.stringify({ key: instance.key, ...opening })}\n`)
    socket.once('data', () => clearTimeout(timer))
    socket.once('close', () => clearTimeout(timer))
  })
  if (first === null) return null
  return {
    socket,
    first: JSON.parse(first),
    onLine: (next) => {
      listener = next
    }
  }
}

function closed(): GalleyError {
  return new GalleyError('unreachable', say('hosts.closed'))
}
