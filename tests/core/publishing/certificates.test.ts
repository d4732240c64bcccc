import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lookAtCertificate } from '../../../src/main/core/publishing/certificates/look-at-certificate.ts'
import { trusting } from '../../../src/main/core/publishing/certificates/pinned-fetch.ts'
import { boundedFetch } from '../../../src/main/core/publishing/targets/bounded-fetch.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { makeAuthority, makeCertificate, type MadeCertificate } from '../../support/certificates.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { TlsFront } from '../../support/tls-front.ts'
import { Desk, SECRET, temporaryFolder } from './newsroom.ts'

const LONG_AGO = new Date('2021-01-01T00:00:00Z')
const FAR_AHEAD = new Date('2110-01-01T00:00:00Z')
const authority = makeAuthority('The Hague Newsroom Authority')
const certificates = {
  'self-signed': makeCertificate(),
  'unknown-issuer': makeCertificate({ issuer: authority }),
  'wrong-name': makeCertificate({ names: ['cms.example.org'], issuer: authority }),
  expired: makeCertificate({ issuer: authority, until: LONG_AGO }),
  'not-yet-valid': makeCertificate({ from: FAR_AHEAD })
} as const
const other = makeCertificate({ organisation: 'Somebody else' })
const limits = { maxBytes: 256 * 1024, idleMs: 5_000, totalMs: 10_000 }

const stops: (() => unknown)[] = []
let folder: string
let clock: ManualClock
let site: FakeWordpress
let front: TlsFront
let desk: Desk
/** Authorities that this machine knows besides its own; null: as it is. */
let known: MadeCertificate | null

beforeEach(async () => {
  folder = temporaryFolder()
  clock = new ManualClock()
  known = null
  site = new FakeWordpress(() => clock.now())
  await site.start()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets(), {
    limits,
    fetch: (input, init) => (known ? fetchKnowing(known, String(input), init) : fetch(input, init))
  })
  await desk.publishing.start()
})
afterEach(async () => {
  await desk.close()
  for (const stop of stops.splice(0)) await stop()
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function showing(certificate: MadeCertificate): Promise<void> {
  front = await frontOf(site.url, certificate)
  site.home = front.url
}

async function frontOf(target: string, certificate: MadeCertificate): Promise<TlsFront> {
  const one = await TlsFront.start(target, certificate)
  stops.push(() => one.stop())
  return one
}

async function served(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function input(url = front.url) {
  return { name: 'The site', kind: 'wordpress', url, settings: { user: site.user }, secret: site.password } as const
}

async function target(trusted?: string, url?: string): Promise<string> {
  return (await desk.publishing.saveTarget({ ...input(url), trusted })).id
}

/** As a machine whose own list of authorities has one more. */
function fetchKnowing(ca: MadeCertificate, address: string, init: RequestInit = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(new Headers(init.headers))
    const asked = httpsRequest(address, { method: init.method, headers, ca: ca.cert, agent: false }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => {
        const body = answer.statusCode === 204 || pieces.length === 0 ? null : Buffer.concat(pieces)
        resolve(new Response(body, { status: answer.statusCode ?? 0, headers: answer.headers as HeadersInit }))
      })
    })
    asked.on('error', (cause) => reject(new TypeError('fetch failed', { cause })))
    asked.end(init.body as Buffer | undefined)
  })
}

async function rested(id: string, states: readonly OutboxItem['state'][]): Promise<OutboxItem> {
  await expect
    .poll(
      async () => {
        await desk.publishing.quiet()
        return desk.item(id).state
      },
      { timeout: 20_000 }
    )
    .toSatisfy((state: OutboxItem['state']) => states.includes(state))
  return desk.item(id)
}

/** What is the matter, whatever it means for the delivery. */
function matter(item: OutboxItem): unknown {
  return (item.problem?.params?.['said'] as { key: string } | undefined)?.key
}

describe('looking at a certificate', () => {
  for (const [fault, made] of Object.entries(certificates))
    it(`${fault}: says so, whom it names and until when, and sends nothing`, async () => {
      await showing(made)
      const seen = await lookAtCertificate(front.url, { trusted: null, now: clock.now(), patience: 5_000 })
      expect(seen?.faults).toContain(fault)
      expect(seen).toMatchObject({ fingerprint: made.fingerprint, holder: 'City Desk' })
      expect(seen?.names).toEqual(fault === 'wrong-name' ? ['cms.example.org'] : ['127.0.0.1'])
      expect(seen?.until).toBe(fault === 'expired' ? LONG_AGO.toISOString() : '2120-01-01T00:00:00.000Z')
      if (fault === 'unknown-issuer') expect(seen?.issuer).toContain('The Hague Newsroom Authority')
      await expect.poll(() => front.connections).toBe(1)
      expect([...front.told.values()]).toEqual([])
    })

  it('nothing there, and no TLS there, come to none', async () => {
    const plain = await served((_request, response) => response.end('hello'))
    const look = { trusted: null, now: clock.now(), patience: 5_000 }
    expect(await lookAtCertificate(plain.replace('http:', 'https:'), look)).toBeNull()
    expect(await lookAtCertificate(plain, look)).toBeNull()
    expect(await lookAtCertificate('https://127.0.0.1:1', look)).toBeNull()
  })

  it('what somebody wrote into it is text with an end and without control characters', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `host-${at}.example.org`)
    await showing(makeCertificate({ organisation: `\u001b[31mRed\u202e${'x'.repeat(500)}`, names }))
    const seen = await lookAtCertificate(front.url, { trusted: null, now: clock.now(), patience: 5_000 })
    expect(seen?.names).toEqual(names.slice(0, 20))
    expect(seen?.holder).toBe(`[31mRed${'x'.repeat(193)}`)
  })
})

describe('a CMS whose certificate this machine does not take', () => {
  it('the test says what is wrong and shows it; no secret and no request reaches it', async () => {
    await showing(certificates['self-signed'])
    const id = await target()
    expect(await desk.publishing.testTarget(id)).toMatchObject({
      ok: false,
      message: { key: 'cms.certificateSelfSigned' },
      certificate: { fingerprint: certificates['self-signed'].fingerprint, faults: ['self-signed'] }
    })
    front.show(certificates['unknown-issuer'])
    expect(await desk.publishing.testTarget(id)).toMatchObject({
      message: { key: 'cms.certificateUnknownIssuer' },
      certificate: { faults: ['unknown-issuer'] }
    })
    expect(await desk.publishing.detectTarget(front.url, null)).toMatchObject({
      kind: null,
      message: { key: 'cms.certificateUnknownIssuer' },
      certificate: { fingerprint: certificates['unknown-issuer'].fingerprint }
    })
    expect([...front.told.values()]).toEqual([])
  })

  it('what is wrong with one of an authority this machine knows: its name, its time', async () => {
    known = authority
    await showing(certificates['wrong-name'])
    const id = await target()
    expect(await desk.publishing.testTarget(id)).toMatchObject({ message: { key: 'cms.certificateWrongName' } })
    front.show(certificates.expired)
    expect(await desk.publishing.testTarget(id)).toMatchObject({ message: { key: 'cms.certificateExpired' } })
    expect([...front.told.values()]).toEqual([])
    front.show(certificates['unknown-issuer'])
    expect(await desk.publishing.testTarget(id)).toMatchObject({ ok: true, certificate: null })
  })

  it('the kind is found once it is trusted, and by that certificate alone', async () => {
    await showing(certificates['self-signed'])
    const { fingerprint } = certificates['self-signed']
    expect(await desk.publishing.detectTarget(front.url, fingerprint)).toMatchObject({
      kind: 'wordpress',
      certificate: null
    })
    expect(await desk.publishing.detectTarget(front.url, other.fingerprint)).toMatchObject({
      kind: null,
      message: { key: 'cms.certificateChanged' },
      certificate: { fingerprint, faults: ['changed', 'self-signed'] }
    })
  })

  for (const [fault, made] of Object.entries(certificates))
    it(`${fault}: a story with its picture gets there once it is trusted, and is read back`, async () => {
      await showing(made)
      const id = await target(made.fingerprint)
      expect(await desk.publishing.testTarget(id)).toMatchObject({ ok: true, certificate: null })
      const item = desk.publish(await desk.story('Bridge opens', {}, true), id)
      expect(await rested(item.id, ['done', 'refused', 'paused'])).toMatchObject({ state: 'done', problem: null })
      expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(1)
      expect(site.media).toHaveLength(1)
    }, 30_000)

  it('Ghost behind one is spoken to the same way', async () => {
    const ghost = new FakeGhost(() => clock.now())
    await ghost.start()
    stops.push(() => ghost.stop())
    const before = await frontOf(ghost.url, certificates.expired)
    ghost.home = before.url
    const { id } = await desk.publishing.saveTarget({
      name: 'The magazine',
      kind: 'ghost',
      url: before.url,
      secret: ghost.key,
      trusted: certificates.expired.fingerprint
    })
    const item = desk.publish(await desk.story('Bridge opens', {}, true), id)
    expect(await rested(item.id, ['done', 'refused', 'paused'])).toMatchObject({ state: 'done', problem: null })
    expect(ghost.posts.filter(({ status }) => status === 'published')).toHaveLength(1)
  }, 30_000)
})

describe('an open endpoint behind such a certificate', () => {
  it('gets signed requests as ever', async () => {
    const receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET, clock })
    stops.push(() => receiver.stop())
    const made = certificates['wrong-name']
    // The receiver wants its own name, which a server before it sets.
    const proxy = new FaultProxy(receiver.url)
    await proxy.start()
    stops.push(() => proxy.stop())
    const before = await frontOf(proxy.url, made)
    const { id } = await desk.publishing.saveTarget({
      name: 'The endpoint',
      kind: 'open',
      url: `${before.url}/api`,
      secret: SECRET,
      trusted: made.fingerprint
    })
    expect(await desk.publishing.testTarget(id)).toMatchObject({ ok: true, certificate: null })
    const item = desk.publish(await desk.story('Bridge opens', {}, true), id)
    expect(await rested(item.id, ['done', 'refused', 'paused'])).toMatchObject({ state: 'done', problem: null })
    expect(new Set(receiver.shelf.ledger().map((entry) => entry.id)).size).toBe(1)
  }, 30_000)
})

describe('trust in one certificate', () => {
  const trusted = certificates['self-signed']

  it('another one stops the outbox of that target, says so, and waits for a person; nothing was sent to it', async () => {
    await showing(trusted)
    const id = await target(trusted.fingerprint)
    front.show(other)
    const first = desk.publish(await desk.story('Bridge opens'), id)
    const second = desk.publish(await desk.story('Ferry stops'), id)
    const stopped = await rested(first.id, ['paused'])
    expect(stopped.problem?.key).toBe('outbox.distrusted')
    expect(matter(stopped)).toBe('cms.certificateChanged')
    expect((await rested(second.id, ['paused'])).state).toBe('paused')
    expect(await desk.publishing.targets.list()).toMatchObject([{ paused: 'stopped' }])
    // Trying again is no yes.
    desk.publishing.queue.retry(first.id)
    expect((await rested(first.id, ['paused'])).state).toBe('paused')
    expect(await desk.publishing.testTarget(id)).toMatchObject({
      ok: false,
      message: { key: 'cms.certificateChanged' },
      certificate: { fingerprint: other.fingerprint, holder: 'Somebody else', faults: ['changed', 'self-signed'] }
    })
    expect(front.told.get(other)).toBeUndefined()
    expect(front.connections).toBeGreaterThan(2)

    await desk.publishing.saveTarget({ ...input(), id, secret: undefined, trusted: other.fingerprint })
    expect((await rested(first.id, ['done'])).state).toBe('done')
    expect((await rested(second.id, ['done'])).state).toBe('done')
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(2)
  }, 30_000)

  it('somebody who steps in between two requests of one story gets not a byte of it', async () => {
    await showing(trusted)
    let asked = 0
    const before = await served((request, response) => {
      asked += 1
      // The fourth request is the last that the CMS gets: whoever comes then is met by somebody else.
      if (asked === 4) front.show(other)
      const headers = { ...request.headers, connection: 'close' }
      void pass(request, headers, response)
    })
    await front.stop()
    front = await frontOf(before, trusted)
    site.home = front.url
    const id = await target(trusted.fingerprint)
    const item = desk.publish(await desk.story('Bridge opens', {}, true), id)
    expect((await rested(item.id, ['paused'])).problem?.key).toBe('outbox.distrusted')
    expect(front.told.get(trusted)).toContain('authorization: Basic')
    expect(front.told.get(other)).toBeUndefined()
    asked = 100
    front.show(trusted)
    desk.publishing.queue.retry(item.id)
    expect((await rested(item.id, ['done'])).state).toBe('done')
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(1)
    expect(site.media).toHaveLength(1)
    expect(front.told.get(other)).toBeUndefined()
  }, 30_000)

  it('a certificate that this machine would take is no substitute for the trusted one', async () => {
    known = authority
    await showing(certificates['unknown-issuer'])
    const id = await target(trusted.fingerprint)
    expect(await desk.publishing.testTarget(id)).toMatchObject({
      ok: false,
      message: { key: 'cms.certificateChanged' }
    })
    expect([...front.told.values()]).toEqual([])
    await desk.publishing.saveTarget({ ...input(), id, secret: undefined, trusted: null })
    expect(await desk.publishing.testTarget(id)).toMatchObject({ ok: true })
  })

  it('holds for that target at that server: not for another target, name or port, nor after its address changed', async () => {
    await showing(trusted)
    const id = await target(trusted.fingerprint)
    const beside = await target()
    expect(await desk.publishing.testTarget(beside)).toMatchObject({ message: { key: 'cms.certificateSelfSigned' } })
    const second = await frontOf(site.url, trusted)
    const fetched = trusting(front.url, trusted.fingerprint, fetch)
    expect((await fetched(`${front.url}/wp-json/`)).status).toBe(200)
    for (const url of [second.url, `https://localhost:${front.port}`])
      await expect(fetched(`${url}/wp-json/`)).rejects.toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
    expect([...second.told.values()]).toEqual([])

    const trust = async (more: { url?: string; name?: string; trusted?: null }): Promise<string | null> =>
      (await desk.publishing.saveTarget({ ...input(), id, secret: undefined, ...more })).trusted
    expect(await trust({ name: 'Renamed', url: `${front.url}/news` })).toBe(trusted.fingerprint)
    expect(await trust({ url: second.url })).toBeNull()
    expect(await trust({})).toBeNull()
    await desk.publishing.saveTarget({ ...input(), id, trusted: trusted.fingerprint })
    expect(await trust({ trusted: null })).toBeNull()
    await expect(
      desk.publishing.saveTarget({ ...input(site.url), trusted: trusted.fingerprint })
    ).rejects.toMatchObject({ code: 'invalid_input', said: { key: 'publishing.noCertificateThere' } })
  })

  it('is there after a restart', async () => {
    await showing(trusted)
    const id = await target(trusted.fingerprint)
    await desk.close()
    desk = new Desk(join(folder, 'library'), clock, memorySecrets(), { limits })
    await desk.publishing.start()
    expect(desk.publishing.targets.get(id).trusted).toBe(trusted.fingerprint)
  })

  it('a redirect to another server is not followed, even where that shows the same certificate', async () => {
    await showing(trusted)
    const there = await frontOf(site.url, trusted)
    const sending = await served((_request, response) => response.writeHead(307, { location: there.url }).end())
    const redirecting = await frontOf(sending, trusted)
    const id = await target(trusted.fingerprint, redirecting.url)
    const item = desk.publish(await desk.story('Bridge opens'), id)
    expect(matter(await rested(item.id, ['refused']))).toBe('cms.redirected')
    expect(there.connections).toBe(0)
  })
})

describe('a certificate that this machine takes', () => {
  it('and that expires between two stories: the second waits, told of nobody, until it has been renewed', async () => {
    known = authority
    await showing(certificates['unknown-issuer'])
    const id = await target()
    const first = desk.publish(await desk.story('Bridge opens'), id)
    expect((await rested(first.id, ['done'])).state).toBe('done')
    front.show(certificates.expired)
    const second = desk.publish(await desk.story('Ferry stops'), id)
    const waiting = await rested(second.id, ['waiting'])
    expect(waiting.problem?.key).toBe('outbox.notTrusted')
    expect(matter(waiting)).toBe('cms.certificateExpired')
    expect(front.told.get(certificates.expired)).toBeUndefined()
    front.show(makeCertificate({ issuer: authority }))
    clock.advance(60_000)
    expect((await rested(second.id, ['done'])).state).toBe('done')
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(2)
  }, 30_000)
})

describe('the line to a trusted server ends as any other', () => {
  const trusted = certificates['self-signed']

  async function answered(answer: RequestListener, method = 'GET') {
    const one = await frontOf(await served(answer), trusted)
    const fetched = trusting(one.url, trusted.fingerprint, fetch)
    const body = method === 'POST' ? { body: 'Straße' } : {}
    return boundedFetch(fetched, { url: `${one.url}/a?b=c`, method, headers: { 'X-Desk': 'Galley' }, ...body }, limits)
  }

  it('sends method, path, headers and body as they are', async () => {
    const exchange = await answered((request, response) => {
      let text = ''
      request.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      request.on('end', () =>
        response.end(
          [request.method, request.url, request.headers['x-desk'], request.headers['content-length'], text].join(' ')
        )
      )
    }, 'POST')
    expect(exchange.kind === 'answer' && Buffer.from(exchange.bytes).toString()).toBe('POST /a?b=c Galley 7 Straße')
  })

  it('unpacks what was packed, and no more of it than its limit', async () => {
    const packed =
      (bytes: Buffer): RequestListener =>
      (request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' })
        response.end(request.method === 'HEAD' ? undefined : gzipSync(bytes))
      }
    const small = await answered(packed(Buffer.from('hello')))
    expect(small.kind === 'answer' && Buffer.from(small.bytes).toString()).toBe('hello')
    expect(await answered(packed(Buffer.alloc(64 * 1024 * 1024)))).toMatchObject({ kind: 'cut', why: 'too-large' })
    expect(await answered(packed(Buffer.from('hello')), 'HEAD')).toMatchObject({ kind: 'answer', status: 200 })
  })

  it('an answer that breaks off, packed or not, a silence and a cut are told apart', async () => {
    for (const encoding of ['identity', 'gzip'])
      expect(
        await answered((_request, response) => {
          response.writeHead(200, { 'content-length': 1000, 'content-encoding': encoding })
          response.write(encoding === 'gzip' ? gzipSync('hello').subarray(0, 12) : 'hello')
          setTimeout(() => response.destroy(), 20)
        })
      ).toMatchObject({ kind: 'cut', why: 'broken' })
    expect(await answered((request) => request.socket.destroy())).toEqual({ kind: 'lost', why: 'cut' })
    const one = await frontOf(await served(() => undefined), trusted)
    const short = { ...limits, idleMs: 200 }
    const asked = { url: one.url, method: 'GET', headers: {} }
    expect(await boundedFetch(trusting(one.url, trusted.fingerprint, fetch), asked, short)).toEqual({
      kind: 'lost',
      why: 'silent'
    })
    const stop = new AbortController()
    const stopped = boundedFetch(trusting(one.url, trusted.fingerprint, fetch), asked, limits, stop.signal)
    stop.abort()
    expect(await stopped).toEqual({ kind: 'aborted' })
  })

  it('a server that speaks no TLS was told nothing that could be read', async () => {
    const plain = await served((_request, response) => response.end('hello'))
    const url = plain.replace('http:', 'https:')
    const asked = { url, method: 'GET', headers: {} }
    for (const way of [fetch, trusting(url, trusted.fingerprint, fetch)])
      expect(await boundedFetch(way, asked, limits)).toMatchObject({ kind: 'lost' })
  })
})

async function pass(
  request: Parameters<RequestListener>[0],
  headers: Record<string, string | string[] | undefined>,
  response: Parameters<RequestListener>[1]
): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  const sent = httpRequest(`${site.url}${request.url ?? ''}`, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    answer.pipe(response)
  })
  sent.end(Buffer.concat(pieces))
}
