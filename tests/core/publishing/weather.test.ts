import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { TargetInput } from '../../../src/main/core/publishing/targets/targets.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, SECRET, temporaryFolder } from './newsroom.ts'

const kinds = ['wordpress', 'ghost', 'open'] as const
type Kind = (typeof kinds)[number]

/** A CMS as far as these tests need it. */
interface Site {
  readonly url: string
  /** It is to know itself by the address of what stands before it. */
  home(url: string): void
  target(url: string): TargetInput
  /** How many public stories it has. */
  count(): number
  stop(): Promise<void>
}

async function open(kind: Kind, clock: ManualClock, folder: string): Promise<Site> {
  if (kind === 'open') {
    const receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET, clock })
    return {
      url: receiver.url,
      home: () => undefined,
      target: (url) => ({ name: 'The site', kind, url: `${url}/api`, secret: SECRET }),
      count: () => new Set(receiver.shelf.ledger().map(({ id }) => id)).size,
      stop: () => receiver.stop()
    }
  }
  if (kind === 'ghost') {
    const site = new FakeGhost(() => clock.now())
    await site.start()
    return {
      url: site.url,
      home: (url) => (site.home = url),
      target: (url) => ({ name: 'The site', kind, url, secret: site.key }),
      count: () => site.posts.filter(({ status }) => status === 'published').length,
      stop: () => site.stop()
    }
  }
  const site = new FakeWordpress(() => clock.now())
  await site.start()
  return {
    url: site.url,
    home: (url) => (site.home = url),
    target: (url) => ({ name: 'The site', kind, url, settings: { user: site.user }, secret: site.password }),
    count: () => site.posts.filter(({ status }) => status === 'publish').length,
    stop: () => site.stop()
  }
}

type Answer = (
  response: ServerResponse,
  request: IncomingMessage,
  forward: () => Promise<Passed>
) => void | Promise<void>
interface Passed {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

/** Between desk and CMS: passes on, or answers in its place. */
class Front {
  weather: { readonly matches: (request: IncomingMessage) => boolean; readonly answer: Answer } | null = null
  readonly #server: Server
  readonly #now: () => number
  #target = ''

  constructor(now: () => number) {
    this.#now = now
    this.#server = createServer(
      (request, response) => void this.#handle(request, response).catch(() => response.destroy())
    )
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async start(target: string): Promise<void> {
    this.#target = target
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
    const forward = () => pass(new URL(request.url ?? '/', this.#target), request, Buffer.concat(pieces))
    response.setHeader('date', new Date(this.#now()).toUTCString())
    if (this.weather?.matches(request)) return this.weather.answer(response, request, forward)
    const { status, headers, body } = await forward()
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }
}

function pass(url: URL, { method, headers }: IncomingMessage, body: Buffer): Promise<Passed> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers: { ...headers, host: url.host }, agent: false }, (reply) => {
      const pieces: Buffer[] = []
      reply.on('data', (piece: Buffer) => pieces.push(piece))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(pieces) })
      )
      reply.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The requests it may meet, by what they are for. */
const requests = {
  any: () => true,
  /** All but the look at the clock. */
  asking: ({ method, url = '' }: IncomingMessage) =>
    !(method === 'HEAD' && url === '/') && !url.endsWith('/about') && !url.endsWith('/site/'),
  upload: ({ method, url = '' }: IncomingMessage) =>
    (method === 'POST' || method === 'PUT') && /\/(media|images)\b/.test(url),
  story: ({ method, url = '' }: IncomingMessage) =>
    (method === 'POST' || method === 'PUT') && /\/(posts\/\w+|articles\/)/.test(url)
} as const

interface Weather {
  readonly name: string
  readonly at: keyof typeof requests
  readonly answer: Answer
  readonly kinds?: readonly Kind[]
  /** How the story stands meanwhile, and which lines say why, by kind where they differ. */
  readonly state: OutboxItem['state']
  readonly says: string | Readonly<Record<Kind, string>>
  /** Milliseconds until the next try, where the CMS named it. */
  readonly waits?: number
}

function reply(status: number, type: string, body: string, headers: Record<string, string> = {}): Answer {
  return (response, { method }) =>
    void response.writeHead(status, { 'content-type': type, ...headers }).end(method === 'HEAD' ? undefined : body)
}

function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return reply(status, 'application/json', JSON.stringify(value), headers)
}

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20))
const PORTAL = '<!doctype html><title>Hotel Wi-Fi</title><h1>Welcome, please sign in</h1>'

/** One line for each thing that can go wrong on the way to a CMS, or there. */
const weathers: readonly Weather[] = [
  {
    name: 'the page of a captive portal',
    at: 'asking',
    answer: reply(200, 'text/html', PORTAL),
    state: 'waiting',
    says: { wordpress: 'wordpress.notWordpress', ghost: 'ghost.notGhost', open: 'cms.notOfItsContract' }
  },
  {
    name: 'another site',
    at: 'any',
    answer: reply(404, 'text/html', '<h1>Not found</h1>'),
    state: 'refused',
    says: { wordpress: 'wordpress.noApi', ghost: 'ghost.noApi', open: 'cms.noEndpoint' }
  },
  {
    name: '401',
    at: 'asking',
    answer: json(401, { message: 'Who are you?' }),
    state: 'paused',
    says: { wordpress: 'wordpress.unknownUser', ghost: 'ghost.unknownKey', open: 'cms.signature' }
  },
  {
    name: '403',
    at: 'asking',
    answer: json(403, { message: 'Not you.' }),
    state: 'paused',
    says: { wordpress: 'wordpress.forbidden', ghost: 'ghost.forbidden', open: 'cms.forbidden' }
  },
  {
    name: 'maintenance, with a time',
    at: 'any',
    answer: json(503, { code: 'wp_die', message: 'Briefly unavailable' }, { 'retry-after': '600' }),
    state: 'waiting',
    says: 'cms.down',
    waits: 600_000
  },
  {
    name: 'no database',
    at: 'asking',
    answer: reply(500, 'text/html', '<h1>Error establishing a database connection</h1>'),
    state: 'waiting',
    says: 'cms.ownError'
  },
  {
    name: 'a fatal error after the story was stored',
    at: 'story',
    async answer(response, request, forward) {
      await forward()
      await json(500, { code: 'internal_server_error', message: 'There has been a critical error.' })(
        response,
        request,
        forward
      )
    },
    state: 'waiting',
    says: 'outbox.lookedUpFirst'
  },
  {
    name: 'a redirect to an installer',
    at: 'asking',
    answer: reply(302, 'text/html', '', { location: '/wp-admin/install.php' }),
    state: 'refused',
    says: 'cms.redirected'
  },
  {
    name: '413 for a picture',
    at: 'upload',
    answer: reply(413, 'text/html', '<h1>Too large</h1>'),
    state: 'refused',
    says: 'cms.tooLarge'
  },
  {
    name: 'a kind of file that is not taken',
    at: 'upload',
    answer: json(500, { code: 'rest_upload_sideload_error', message: 'Not permitted.', data: { status: 500 } }),
    kinds: ['wordpress'],
    state: 'refused',
    says: 'wordpress.fileRefused'
  },
  {
    name: 'a kind of file that is not taken',
    at: 'upload',
    answer: json(415, { errors: [{ type: 'UnsupportedMediaTypeError', message: 'Please select a valid image.' }] }),
    kinds: ['ghost', 'open'],
    state: 'refused',
    says: 'cms.refused'
  },
  {
    name: 'no answer at all',
    at: 'asking',
    answer: () => undefined,
    state: 'waiting',
    says: 'cms.silent'
  },
  {
    name: 'a byte now and then',
    at: 'asking',
    answer(response) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('[')
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    },
    state: 'waiting',
    // The first that is asked of the others has an answer without a body.
    says: { wordpress: 'cms.brokeOff', ghost: 'cms.silent', open: 'cms.silent' }
  },
  {
    name: 'something else before the JSON, as careless plugins send',
    at: 'story',
    async answer(response, _request, forward) {
      const { status, headers, body } = await forward()
      const text = `<br /><b>Notice</b>: Undefined index in plugin.php on line 7<br />${body.toString()}`
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
    },
    state: 'waiting',
    says: 'outbox.lookedUpFirst'
  },
  {
    name: 'a small file that unpacks to 64 MB',
    at: 'asking',
    answer(response, { method }) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(method === 'HEAD' ? undefined : BOMB)
    },
    kinds: ['wordpress'],
    state: 'waiting',
    says: 'cms.farTooLong'
  }
]

let folder: string
let clock: ManualClock
let front: Front
let site: Site
let elsewhere: Receiver
let desk: Desk
let failure: Error | null

beforeEach(async () => {
  folder = temporaryFolder()
  clock = new ManualClock()
  front = new Front(() => clock.now())
  failure = null
  elsewhere = await Receiver.start({ folder: join(folder, 'elsewhere'), secret: SECRET, clock })
  desk = new Desk(join(folder, 'library'), clock, memorySecrets(), {
    limits: { maxBytes: 1024 * 1024, idleMs: 2_000, totalMs: 4_000 },
    fetch: (input, init) =>
      failure && String(input).startsWith(front.url) ? Promise.reject(failure) : fetch(input, init)
  })
  await desk.publishing.start()
})
afterEach(async () => {
  await desk.close()
  await front.stop()
  await site.stop()
  await elsewhere.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function set(kind: Kind): Promise<string> {
  site = await open(kind, clock, folder)
  await front.start(site.url)
  site.home(front.url)
  return (await desk.publishing.saveTarget(site.target(front.url))).id
}

/** Until it is done or rests; past every wait but one that the CMS named. */
async function settle(id: string): Promise<OutboxItem> {
  for (let turn = 0; turn < 40; turn += 1) {
    await desk.publishing.quiet()
    const { state } = desk.item(id)
    if (state !== 'waiting' && state !== 'sending') break
    clock.advance(700_000)
  }
  return desk.item(id)
}

/** Of a server that was there a moment ago. */
async function nobodysAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

/** Every message that a problem is made of. */
function lines(problem: unknown): string[] {
  if (typeof problem !== 'object' || problem === null) return []
  const own = 'key' in problem && typeof problem.key === 'string' ? [problem.key] : []
  return [...own, ...Object.values(problem).flatMap(lines)]
}

async function meets(kind: Kind, targetId: string, { state, says, waits }: Pick<Weather, 'state' | 'says' | 'waits'>) {
  const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
  await desk.publishing.quiet()
  const item = desk.item(id)
  expect(item.state).toBe(state)
  expect(lines(item.problem)).toContain(typeof says === 'string' ? says : says[kind])
  if (waits !== undefined) expect(Date.parse(item.nextTryAt ?? '') - clock.now()).toBe(waits)

  // Another story to another CMS goes on meanwhile.
  const { id: other } = await desk.publishing
    .saveTarget({ name: 'Elsewhere', kind: 'open', url: `${elsewhere.url}/api`, secret: SECRET })
    .then(async (target) => desk.publish(await desk.story('Harbour closed'), target.id))
  expect((await settle(other)).state).toBe('done')
  return id
}

for (const kind of kinds)
  describe(`bad weather on the way to ${kind}`, () => {
    for (const weather of weathers.filter((one) => one.kinds?.includes(kind) ?? true))
      it(`${weather.name}: said plainly, and published once when it has passed`, async () => {
        const targetId = await set(kind)
        front.weather = { matches: requests[weather.at], answer: weather.answer }
        const id = await meets(kind, targetId, weather)
        front.weather = null
        if (desk.item(id).state !== 'waiting') desk.publishing.queue.retry(id)
        expect(await settle(id)).toMatchObject({ state: 'done', problem: null })
        expect(site.count()).toBe(1)
      }, 30_000)

    for (const [code, says] of Object.entries({
      ENOTFOUND: 'cms.notFound',
      ENETUNREACH: 'cms.noNetwork',
      ECONNREFUSED: 'cms.nobodyThere',
      EHOSTUNREACH: 'cms.noWay',
      UND_ERR_CONNECT_TIMEOUT: 'cms.nothingThere',
      ETIMEDOUT: 'cms.silent',
      ECONNRESET: 'cms.cut',
      EPROTO: 'cms.noSecureLine',
      ERR_PROXY: 'cms.proxy',
      DEPTH_ZERO_SELF_SIGNED_CERT: 'cms.certificateSelfSigned',
      CERT_HAS_EXPIRED: 'cms.certificateExpired',
      ERR_TLS_CERT_ALTNAME_INVALID: 'cms.certificateWrongName',
      // No driver ever sees which of the reasons for one sentence it was.
      ...(kind === 'open' && {
        EAI_AGAIN: 'cms.notFound',
        ENETDOWN: 'cms.noNetwork',
        EADDRNOTAVAIL: 'cms.noNetwork',
        EHOSTDOWN: 'cms.noWay',
        UND_ERR_HEADERS_TIMEOUT: 'cms.silent',
        EPIPE: 'cms.cut'
      })
    }))
      it(`${code}: said plainly, and published once when it has passed`, async () => {
        const targetId = await set(kind)
        failure = new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
        const id = await meets(kind, targetId, { state: 'waiting', says })
        failure = null
        expect(await settle(id)).toMatchObject({ state: 'done', problem: null })
        expect(site.count()).toBe(1)
      }, 30_000)

    it.each([
      ['ETIMEDOUT', 'cms.nothingThere'],
      ['EACCES', 'cms.notAllowed'],
      ['EPERM', 'cms.notAllowed']
    ])(
      '%s while connecting: said plainly, and nothing was sent',
      async (code, says) => {
        const targetId = await set(kind)
        const cause = Object.assign(new Error(code), { code, syscall: 'connect' })
        failure = new TypeError('fetch failed', { cause })
        const id = await meets(kind, targetId, { state: 'waiting', says })
        failure = null
        expect(await settle(id)).toMatchObject({ state: 'done', problem: null })
        expect(site.count()).toBe(1)
      },
      30_000
    )

    it.each([
      ['a port where nobody listens', 'cms.nobodyThere'],
      ['a port that no web request goes to', 'cms.badPort'],
      ['a name with two addresses, at neither of which somebody listens', 'cms.nobodyThere']
    ])(
      '%s: said plainly, by the test of the target too',
      async (what, says) => {
        const targetId = await set(kind)
        const url = what.includes('no web request') ? 'http://127.0.0.1:1' : await nobodysAddress()
        if (what.includes('two addresses')) {
          const refused = (address: string) =>
            Object.assign(new Error(address), { code: 'ECONNREFUSED', syscall: 'connect' })
          const away = Object.assign(new Error('::1'), { code: 'ENETUNREACH', syscall: 'connect' })
          failure = new TypeError('fetch failed', { cause: new AggregateError([away, refused('127.0.0.1')]) })
        } else await desk.publishing.saveTarget({ ...site.target(url), id: targetId })
        expect(await desk.publishing.testTarget(targetId)).toMatchObject({ ok: false, message: { key: says } })
        const id = await meets(kind, targetId, { state: 'waiting', says })
        failure = null
        await desk.publishing.saveTarget({ ...site.target(front.url), id: targetId })
        desk.publishing.queue.retry(id)
        expect(await settle(id)).toMatchObject({ state: 'done', problem: null })
        expect(site.count()).toBe(1)
      },
      30_000
    )

    it('an answer without an end is read no further than its limit', async () => {
      const targetId = await set(kind)
      let written = 0
      const piece = Buffer.alloc(64 * 1024, 0x20)
      front.weather = {
        matches: ({ method, url = '' }) => method === 'GET' && requests.asking({ method, url } as IncomingMessage),
        async answer(response) {
          response.writeHead(200, { 'content-type': 'application/json' })
          while (!response.destroyed && written < 1024 ** 3) {
            written += piece.byteLength
            if (!response.write(piece))
              await new Promise<void>((resolve) => {
                response.once('drain', resolve)
                response.once('close', resolve)
              })
          }
        }
      }
      const id = await meets(kind, targetId, { state: 'waiting', says: 'cms.farTooLong' })
      expect(written).toBeLessThan(32 * 1024 * 1024)
      front.weather = null
      expect(await settle(id)).toMatchObject({ state: 'done', problem: null })
      expect(site.count()).toBe(1)
    }, 30_000)

    it('a line that is cut after any part of the answer: published once', async () => {
      const targetId = await set(kind)
      const storyId = await desk.story('Bridge opens', {}, true)
      let met = 0
      let cuts = 0
      // Every third answer is cut, each at another place between its first byte and its last.
      front.weather = {
        matches: () => {
          met += 1
          return met % 3 === 1 && cuts < 60
        },
        async answer(response, { socket }, forward) {
          const { status, headers, body } = await forward()
          const head = `HTTP/1.1 ${status} OK\r\n${Object.entries(headers)
            .map(([name, value]) => `${name}: ${String(value)}`)
            .join('\r\n')}\r\n\r\n`
          const whole = Buffer.concat([Buffer.from(head), body])
          const part = whole.subarray(0, Math.floor(((whole.byteLength - 1) * ((cuts * 7) % 60)) / 60))
          cuts += 1
          response.detachSocket(socket)
          socket.write(part, () => socket.destroy())
        }
      }
      const { id } = desk.publish(storyId, targetId)
      for (let turn = 0; turn < 120 && desk.item(id).state !== 'done'; turn += 1) {
        await desk.publishing.quiet()
        if (!['waiting', 'sending', 'done'].includes(desk.item(id).state)) desk.publishing.queue.retry(id)
        clock.advance(700_000)
      }
      await desk.publishing.quiet()
      expect(cuts).toBeGreaterThan(1)
      expect(desk.item(id)).toMatchObject({ state: 'done', problem: null })
      expect(site.count()).toBe(1)
    }, 60_000)
  })
