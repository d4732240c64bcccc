import { timingSafeEqual } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { z } from 'zod'
import type { Core } from '../../core/core.ts'
import type { Sessions } from '../sessions.ts'
import { textLine, type TextLine } from '../text-line.ts'
import { announce, newInstance, withdraw } from './address.ts'
import { splitLines } from './lines.ts'

export interface LocalServerOptions {
  readonly library: string
  readonly sessions: Sessions
  /** The reply to a second start of the app: an address to open, or null after bringing the window forward. */
  onSecondStart?(address: string | null): string | null
}

/** The first line: the key from the library folder, and what the connection is for. */
const Opening = z.union([
  z.object({ key: z.string().max(200), use: z.literal('contract') }),
  z.object({ key: z.string().max(200), use: z.literal('show'), address: z.string().max(500).nullable() })
])

/** Characters. A key is short, so anybody who sends more than this without one is cut off. */
const MAX_OPENING = 2000

/**
 * Lets the command line and a second start reach the instance with the library open: a socket only this user can open,
 * and a key from a file only this user can read. Carries the contract's messages, one per line.
 */
export async function startLocalServer({
  library,
  sessions,
  onSecondStart
}: LocalServerOptions): Promise<{ close(): Promise<void> }> {
  const instance = newInstance(library)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    let line: TextLine | null = null
    let opened = false
    sockets.add(socket)
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      line?.drop(true)
    })
    const take = (text: string): void => {
      if (line) {
        if (!line.receive(text)) socket.destroy()
        return
      }
      const opening = opened ? null : parseOpening(text)
      opened = true
      if (!opening || !sameKey(opening.key, instance.key)) return void socket.destroy()
      if (opening.use === 'contract') {
        line = textLine(sessions, (message) => socket.write(`${message}\n`))
        socket.write('{"ready":true}\n')
      } else socket.end(`${JSON.stringify({ address: onSecondStart?.(opening.address) ?? null })}\n`)
    }
    socket.on(
      'data',
      splitLines(
        take,
        () => (line ? Infinity : MAX_OPENING),
        () => socket.destroy()
      )
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(instance.socket, resolve)
  })
  try {
    announce(library, instance)
  } catch (error) {
    server.close()
    throw error
  }
  return {
    async close() {
      await withdraw(library, instance)
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      if (process.platform !== 'win32') await rm(instance.socket, { force: true })
    }
  }
}

/**
 * The same when a host starts. Returns null, and the app continues without it, if there is nothing to forward calls to
 * because the library is read-only, or if its folder cannot be written to.
 */
export async function tryLocalServer(
  options: LocalServerOptions,
  core: Pick<Core, 'readOnly'>,
  log: (line: string) => void
): Promise<{ close(): Promise<void> } | null> {
  if (core.readOnly) return null
  try {
    return await startLocalServer(options)
  } catch (error) {
    log(`no control socket: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

function parseOpening(text: string): z.infer<typeof Opening> | null {
  try {
    return Opening.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function sameKey(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}
