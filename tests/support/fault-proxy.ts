import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** One request as it came past. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Whether the CMS got it. */
  forwarded: boolean
}

/** What can go wrong between a desk and a CMS. `after`: the CMS has done the work all the same. */
export const faults = {
  'cut before': drop(false),
  'cut after': drop(true),
  'cut in mid-answer': midway,
  'silence before': silence(false),
  'silence after': silence(true),
  'slow drip': drip,
  '500 before': status(false, 500),
  '500 after': status(true, 500),
  '502 web page after': page(true, 502),
  '503 with seconds': status(false, 503, { 'retry-after': '7' }),
  '503 after': status(true, 503, { 'retry-after': '7' }),
  '429 with seconds': status(false, 429, { 'retry-after': '7' }),
  '429 after': status(true, 429),
  '302 elsewhere': status(false, 302, { location: 'http://127.0.0.1:9/elsewhere' }),
  '307 elsewhere after': status(true, 307, { location: 'http://127.0.0.1:9/elsewhere' }),
  '308 same place': status(false, 308, { location: '/api/elsewhere' }),
  'sign-in page 200': page(false, 200),
  'sign-in page 200 after': page(true, 200),
  'broken JSON after': raw(true, 'application/json', '{"id": '),
  'a megabyte and more after': raw(true, 'application/json', JSON.stringify({ padding: 'x'.repeat(2 * 1024 * 1024) })),
  'gzip bomb': bomb,
  '401': status(false, 401),
  '403 after': status(true, 403),
  '404': status(false, 404),
  '409': status(false, 409),
  '412 after': status(true, 412),
  '413': status(false, 413),
  '422': status(false, 422),
  'delivered twice': twice,
  '504 now, delivered late': late,
  'not HTTP': garbage
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

interface Turn {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly seen: Seen
  readonly forward: () => Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>
  readonly later: (work: () => Promise<unknown>) => void
}
type Fault = (turn: Turn) => void | Promise<void>

/** Stands between a desk and a CMS on loopback, passes everything on as it is, and goes wrong when told to. */
export class FaultProxy {
  readonly seen: Seen[] = []
  #target: string
  #rules: { fault: FaultName; matches: (seen: Seen) => boolean }[] = []
  #server: Server | null = null
  #port = 0
  #late: Promise<unknown>[] = []
  readonly #passing = new Set<Promise<unknown>>()
  #onSeen: ((seen: Seen) => void | Promise<void>) | null = null

  constructor(target: string) {
    this.#target = target
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Where it passes things on to from now on. */
  set target(url: string) {
    this.#target = url
  }

  /** The next request that matches goes wrong, once. */
  failNext(fault: FaultName, matches: (seen: Seen) => boolean): void {
    this.#rules.push({ fault, matches })
  }

  /** Called with every request before anything is done with it. */
  onSeen(listener: ((seen: Seen) => void | Promise<void>) | null): void {
    this.#onSeen = listener
  }

  get pending(): number {
    return this.#rules.length
  }

  clear(): void {
    this.#rules = []
  }

  /** What was passed on has been dealt with, late deliveries too. */
  async settled(): Promise<void> {
    while (this.#late.length > 0) await Promise.allSettled(this.#late.splice(0))
    while (this.#passing.size > 0) await Promise.allSettled(this.#passing)
  }

  async start(): Promise<void> {
    const server = createServer(
      (incoming, outgoing) => void this.#handle(incoming, outgoing).catch(() => outgoing.destroy())
    )
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Nobody listens: connections are refused. `start` comes back on the same port. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server) return
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
    await this.settled()
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece)
    const seen: Seen = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(pieces),
      forwarded: false
    }
    this.seen.push(seen)
    await this.#onSeen?.(seen)
    const forward = async () => {
      seen.forwarded = true
      const passing = passOn(this.#target, seen)
      this.#passing.add(passing)
      return passing.finally(() => this.#passing.delete(passing))
    }
    const index = this.#rules.findIndex((rule) => rule.matches(seen))
    const [rule] = index < 0 ? [] : this.#rules.splice(index, 1)
    if (rule) return faults[rule.fault]({ incoming, outgoing, seen, forward, later: (work) => this.#late.push(work()) })
    const { status: code, headers, body } = await forward()
    outgoing.writeHead(code, headers)
    outgoing.end(seen.method === 'HEAD' ? undefined : body)
  }
}

async function passOn(
  target: string,
  { method, path, headers, body }: Seen
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  const url = new URL(path, target)
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers: { ...headers, host: url.host }, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) })
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function drop(after: boolean): Fault {
  return async ({ incoming, forward }) => {
    if (after) await forward()
    incoming.socket.destroy()
  }
}

async function midway({ incoming, outgoing, forward }: Turn): Promise<void> {
  const { status: code, headers, body } = await forward()
  outgoing.writeHead(code, { ...headers, 'content-length': String(Math.max(body.byteLength, 100)) })
  outgoing.write(body.subarray(0, Math.floor(body.byteLength / 2)))
  setTimeout(() => incoming.socket.destroy(), 5)
}

function silence(after: boolean): Fault {
  return async ({ forward }) => {
    if (after) await forward()
  }
}

/** A byte now and then, never an end. */
async function drip({ outgoing, forward }: Turn): Promise<void> {
  await forward()
  outgoing.writeHead(200, { 'content-type': 'application/json' })
  outgoing.write('{')
  const timer = setInterval(() => outgoing.write(' '), 20)
  outgoing.on('close', () => clearInterval(timer))
}

function status(after: boolean, code: number, headers: Record<string, string> = {}): Fault {
  return async ({ outgoing, forward }) => {
    if (after) await forward()
    outgoing.writeHead(code, { 'content-type': 'application/problem+json', ...headers })
    outgoing.end(JSON.stringify({ status: code, detail: `The other side says <b>${code}</b>.` }))
  }
}

function page(after: boolean, code: number): Fault {
  return raw(after, 'text/html', '<!doctype html><title>Sign in</title><h1>Welcome to Hotel Wi-Fi</h1>', code)
}

function raw(after: boolean, type: string, body: string, code = 200): Fault {
  return async ({ outgoing, forward }) => {
    if (after) await forward()
    outgoing.writeHead(code, { 'content-type': type, etag: '"x"' })
    outgoing.end(body)
  }
}

async function bomb({ outgoing, forward }: Turn): Promise<void> {
  await forward()
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', etag: '"x"' })
  outgoing.end(gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)))
}

async function twice({ outgoing, forward }: Turn): Promise<void> {
  await forward()
  const { status: code, headers, body } = await forward()
  outgoing.writeHead(code, headers)
  outgoing.end(body)
}

/** A gateway gives up, and the request it holds arrives after the desk has looked and found nothing. */
function late({ outgoing, forward, later }: Turn): void {
  outgoing.writeHead(504, { 'content-type': 'text/html' })
  outgoing.end('<h1>Gateway timeout</h1>')
  later(async () => {
    await new Promise((resolve) => setTimeout(resolve, 60))
    await forward().catch(() => undefined)
  })
}

function garbage({ incoming }: Turn): void {
  incoming.socket.end('SSH-2.0-OpenSSH_9.2\r\n')
}
