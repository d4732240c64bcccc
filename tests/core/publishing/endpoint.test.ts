import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, sha256 } from '../../../src/main/core/publishing/targets/canonical-json.ts'
import { boundedFetch, LIMITS } from '../../../src/main/core/publishing/targets/bounded-fetch.ts'
import { OpenEndpoint } from '../../../src/main/core/publishing/targets/open/open-endpoint.ts'
import { plainMessage } from '../../../src/main/core/publishing/targets/plain-message.ts'
import { targetUrl } from '../../../src/main/core/publishing/targets/target-url.ts'
import type { Access, Job } from '../../../src/main/core/publishing/targets/target.ts'
import { STORY_STEP } from '../../../src/main/core/publishing/targets/target.ts'
import type { OpenSettings } from '../../../src/shared/publishing/targets/open.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const job: Job = {
  storyId: 'id',
  idempotencyKey: 'k',
  purpose: 'publish',
  contentType: 'application/json',
  sha256: '',
  media: [],
  base: null,
  hour: null,
  mayWaitThere: false,
  text: () => '{}',
  reference: () => undefined,
  isKnown: () => false
}
const access = (more: Partial<Access<OpenSettings>>): Access<OpenSettings> => ({
  settings: { format: 'galley', keyId: 'galley' },
  url: 'https://cms.example/galley',
  owner: 'desk',
  secret: null,
  fetch,
  clock: new ManualClock(),
  limits: LIMITS,
  pictures: {
    get: () => {
      throw new Error('no picture')
    },
    read: () => Promise.reject(new Error('no picture'))
  },
  ...more
})

const failing =
  (code: string, syscall?: string): typeof fetch =>
  () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) }))

describe('talking to an open endpoint', () => {
  it('tells "never connected" from "cut on the way": only the first is certainly not sent', async () => {
    const kindOf = async (code: string) =>
      (await boundedFetch(failing(code), { url: 'https://cms.example', method: 'PUT', headers: {} }, LIMITS)).kind
    for (const code of [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ENETUNREACH',
      'EHOSTUNREACH',
      'UND_ERR_CONNECT_TIMEOUT',
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
    ]) {
      expect(await kindOf(code), code).toBe('no-connection')
    }
    for (const syscall of ['read', 'write'])
      for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EPERM', 'EACCES']) {
        const ask = { url: 'https://cms.example', method: 'PUT', headers: {} }
        expect((await boundedFetch(failing(code, syscall), ask, LIMITS)).kind, `${syscall} ${code}`).toBe('lost')
      }
    for (const code of [
      'ECONNRESET',
      'EPIPE',
      'UND_ERR_SOCKET',
      'UND_ERR_HEADERS_TIMEOUT',
      'ETIMEDOUT',
      'HPE_INVALID_CONSTANT',
      // A secure line that breaks may do so after the request.
      'EPROTO',
      'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
      'SOMETHING_NEW',
      ''
    ])
      expect(await kindOf(code), code).toBe('lost')
  })

  it('says what is the matter in words, never in codes', async () => {
    const endpoint = (code: string) => new OpenEndpoint(access({ secret: 's', fetch: failing(code) }))
    expect(await endpoint('ENOTFOUND').about()).toEqual({
      ok: false,
      message: { key: 'cms.notFound' }
    })
    expect(await endpoint('CERT_HAS_EXPIRED').about()).toEqual({
      ok: false,
      message: { key: 'cms.certificateExpired' }
    })
    expect(await endpoint('ECONNREFUSED').probe(job)).toEqual({
      kind: 'unreachable',
      message: { key: 'cms.nobodyThere' }
    })
  })

  describe('keeps to what the endpoint says of itself', () => {
    const asked: string[] = []
    const serving =
      (about: Record<string, unknown>, etag?: string): typeof fetch =>
      (url, init) => {
        asked.push(`${init?.method} ${new URL(String(url)).pathname.split('/').at(-1)}`)
        const isAbout = String(url).endsWith('/about')
        const body = isAbout ? { contract: 'galley-open-endpoint', version: 1, name: 'Desk', ...about } : {}
        const headers = { 'content-type': 'application/json', ...(etag !== undefined && { etag }) }
        return Promise.resolve(new Response(JSON.stringify(body), { status: 200, headers }))
      }
    const send = (more: Partial<Access<OpenSettings>>, what: Partial<Job> = {}) => {
      asked.length = 0
      return new OpenEndpoint(access(more)).perform(
        { key: STORY_STEP, name: 'article', act: 'send', once: true },
        { ...job, ...what }
      )
    }
    const test = async (about: Record<string, unknown>, format: 'galley' | 'ninjs' = 'galley', etag?: string) => {
      const settings = { format, keyId: 'galley' }
      const { ok, message } = await new OpenEndpoint(access({ settings, fetch: serving(about, etag) })).about()
      return ok ? true : message.key
    }

    it.each([
      [undefined, true],
      ['"1"', true],
      ['W/"1"', 'cms.weakVersion'],
      [' W/"1"', 'cms.weakVersion']
    ])('an ETag %s at Test: %s', async (etag, expected) => {
      expect(await test({}, 'galley', etag)).toBe(expected)
    })

    it('sends nothing where it knows the version that is there by a weak ETag', async () => {
      const answer = await send({ fetch: serving({}) }, { base: 'W/"7"' })
      expect(answer).toEqual({ kind: 'rejected', message: { key: 'cms.weakVersion' } })
      expect(asked).toEqual([])
    })

    it.each([
      [['application/vnd.galley.story+json'], 'galley', true],
      [['Application/vnd.galley.story+json; charset=utf-8', 'x/y'], 'galley', true],
      [['application/json'], 'ninjs', true],
      [['application/vnd.galley.story+json'], 'ninjs', 'cms.takesOther'],
      [['application/json'], 'galley', 'cms.takesOther'],
      [[], 'galley', 'cms.takesOther'],
      [undefined, 'ninjs', true]
    ] as const)('takes %j, and is sent %s: %s', async (accepts, format, expected) => {
      expect(await test(accepts === undefined ? {} : { accepts }, format)).toBe(expected)
    })

    it('is not sent a story that is longer than it takes, in bytes', async () => {
      const text = `"${'é'.repeat(40_000)}"`
      const size = Buffer.byteLength(text)
      const long = (maxStoryBytes?: number) =>
        send({ fetch: serving(maxStoryBytes === undefined ? {} : { maxStoryBytes }) }, { text: () => text })
      expect(await long(size - 1)).toMatchObject({ kind: 'rejected', message: { key: 'cms.storyTooLong' } })
      expect(asked).toEqual(['GET about'])
      expect(await long(size)).toMatchObject({ kind: 'stored' })
      expect(await long()).toMatchObject({ kind: 'stored' })
      expect(asked).toEqual(['GET about', 'PUT id'])
    })

    it('is not asked anything of a short story before it is sent', async () => {
      expect(await send({ fetch: serving({ maxStoryBytes: 1 }) })).toMatchObject({ kind: 'stored' })
      expect(asked).toEqual(['PUT id'])
    })
  })

  it('asks with no header and no address that holds the secret', async () => {
    const seen: string[] = []
    const spy: typeof fetch = (url, init) => {
      seen.push(String(url), JSON.stringify(init?.headers), String(init?.redirect))
      return Promise.resolve(
        new Response('{}', { status: 200, headers: { 'content-type': 'application/json', etag: '"1"' } })
      )
    }
    const endpoint = new OpenEndpoint(access({ secret: 'very secret', fetch: spy }))
    await endpoint.perform({ key: STORY_STEP, name: 'article', act: 'send', once: true }, job)
    await endpoint.probe(job)
    expect(seen.join(' ')).not.toContain('very secret')
    expect(seen).toContain('manual')
  })

  it('takes the public address of a story only when it is a web address', async () => {
    const answering =
      (link: string): typeof fetch =>
      () =>
        Promise.resolve(
          new Response('{}', { status: 200, headers: { 'content-type': 'application/json', etag: '"1"', link } })
        )
    const url = async (link: string) => {
      const answer = await new OpenEndpoint(access({ fetch: answering(link) })).probe(job)
      return answer.kind === 'found' ? answer.remote.url : answer.kind
    }
    expect(await url('<https://cms.example/a>; rel="alternate"; type="text/html"')).toBe('https://cms.example/a')
    expect(await url('</style.css>; rel=preload, </news/a>; rel="alternate"')).toBe('https://cms.example/news/a')
    for (const link of [
      '<javascript:alert(1)>; rel="alternate"',
      '<https://u:p@cms.example/>; rel="alternate"',
      '<https://cms.example/x>; rel="next"',
      'nonsense'
    ])
      expect(await url(link), link).toBeNull()
  })

  it('a message of a CMS is one line of plain text, whatever it sends', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 2000 }),
          fc.constant('<img src=x onerror=alert(1)>'.repeat(100))
        ),
        fc.constantFrom('detail', 'message', 'error'),
        (text, key) => {
          const message = plainMessage('application/problem+json', Buffer.from(JSON.stringify({ [key]: text })))
          expect(message.length).toBeLessThanOrEqual(500)
          expect(message).not.toMatch(/[\p{Cc}\p{Cf}\n]/u)
          expect(message).not.toMatch(/<\/?[a-z][^<>]*>/i)
        }
      )
    )
    expect(plainMessage('text/html', Buffer.from('<h1>Nope</h1>'))).toBe('')
    expect(plainMessage('application/json', Buffer.from('{"error": {"message": "Section is unknown"}}'))).toBe(
      'Section is unknown'
    )
    expect(plainMessage('application/json', Buffer.from('not json'))).toBe('')
    // Ghost's, as it was seen.
    const refusal = { message: 'Validation error, cannot edit post.', context: 'Validation failed for name.' }
    const said = (error: object): string =>
      plainMessage('application/json', Buffer.from(JSON.stringify({ errors: [error] })))
    expect(said(refusal)).toBe('Validation failed for name.')
    expect(said({ ...refusal, context: null })).toBe('Validation error, cannot edit post.')
  })

  it('an address is https, or this machine, and holds nothing secret', () => {
    for (const good of ['https://cms.example', 'http://127.0.0.1:8787/api', 'http://[::1]:80', 'http://localhost'])
      expect(() => targetUrl(good), good).not.toThrow()
    for (const bad of [
      '',
      'cms',
      'ftp://cms.example',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil.example',
      'http://10.0.0.1',
      'https://a:b@c',
      'https://c?x',
      'https://c#x'
    ]) {
      expect(() => targetUrl(bad), bad).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    }
  })

  it('one text for one JSON value, however its keys were ordered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        const turned = (held: unknown): unknown =>
          typeof held !== 'object' || held === null
            ? held
            : Array.isArray(held)
              ? held.map(turned)
              : Object.fromEntries(
                  Object.entries(held)
                    .toReversed()
                    .map(([key, one]) => [key, turned(one)])
                )
        expect(sha256(canonicalJson(turned(JSON.parse(text))))).toBe(sha256(text))
      })
    )
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'é' }] })).toBe('{"a":[{"c":"é","d":null}],"b":1}')
  })
})
