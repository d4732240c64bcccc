import { z } from 'zod'
import type { Clock } from '../../../../../shared/lib/clock.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import type { Answer, CmsClient, Sending } from '../target.ts'
import { boundedFetch, LIMITS, type Exchange, type Limits } from './bounded-fetch.ts'
import { plainMessage } from './plain-message.ts'
import { contentDigest, sign, SIGNATURE_HEADER, TIME_HEADER } from './signature.ts'

export interface OpenEndpointOptions {
  readonly url: string
  /** Null: requests are not signed. */
  readonly secret: string | null
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly limits?: Limits
}

/** The client side of docs/open-endpoint.openapi.yaml. */
export class OpenEndpoint implements CmsClient {
  readonly #options: OpenEndpointOptions
  readonly #limits: Limits

  constructor(options: OpenEndpointOptions) {
    this.#options = options
    this.#limits = options.limits ?? LIMITS
  }

  async findMedia(id: string, signal?: AbortSignal): Promise<Answer> {
    const exchange = await this.#ask('HEAD', `media/${id}`, { signal })
    // A sign-in page answers 200 to anything; only the picture's own name counts.
    if (exchange.kind === 'answer' && exchange.status === 200)
      return exchange.headers.get('etag')?.includes(id) ? { kind: 'present' } : { kind: 'absent', serverTime: null }
    return this.#sort(exchange, () => ({ kind: 'absent', serverTime: null }))
  }

  async sendMedia(id: string, type: string, bytes: Uint8Array, signal?: AbortSignal): Promise<Answer> {
    return this.#sort(await this.#ask('PUT', `media/${id}`, { body: bytes, headers: { 'content-type': type }, signal }))
  }

  async sendArticle(sending: Sending, signal?: AbortSignal): Promise<Answer> {
    const condition: Record<string, string> =
      sending.ifMatch === null ? { 'if-none-match': '*' } : { 'if-match': sending.ifMatch }
    return this.#sort(
      await this.#ask('PUT', `articles/${sending.storyId}`, {
        body: sending.payload,
        headers: { 'content-type': sending.contentType, 'idempotency-key': sending.idempotencyKey, ...condition },
        signal
      })
    )
  }

  /** `expectedBytes`: what was sent is longer than the usual limit, so its reading back may be too. */
  async lookUp(storyId: string, expectedBytes: number, signal?: AbortSignal): Promise<Answer> {
    const maxBytes = Math.max(this.#limits.maxBytes, 2 * expectedBytes + 64 * 1024)
    const exchange = await this.#ask('GET', `articles/${storyId}`, { signal, limits: { ...this.#limits, maxBytes } })
    if (exchange.kind === 'answer' && exchange.status === 200) return this.#readBack(exchange)
    return this.#sort(exchange, (serverTime) => ({ kind: 'absent', serverTime }))
  }

  async time(signal?: AbortSignal): Promise<number | null> {
    const exchange = await this.#ask('GET', 'about', { signal })
    return exchange.kind === 'answer' ? serverTime(exchange.headers) : null
  }

  async about(signal?: AbortSignal): Promise<{ ok: boolean; message: string }> {
    const exchange = await this.#ask('GET', 'about', { signal })
    if (exchange.kind === 'answer' && exchange.status === 200) {
      const parsed = About.safeParse(jsonOf(exchange.headers, exchange.bytes))
      return parsed.success
        ? {
            ok: true,
            message: `${plainMessage('text/plain', Buffer.from(parsed.data.name)) || 'The CMS'} answers and knows this desk.`
          }
        : { ok: false, message: 'Something answers at that address, but it is not an open endpoint.' }
    }
    const answer = this.#sort(exchange, () => ({
      kind: 'rejected',
      message: 'There is no open endpoint at that address.'
    }))
    return { ok: false, message: 'message' in answer ? answer.message : 'The CMS gave an answer Galley does not know.' }
  }

  async #ask(
    method: string,
    path: string,
    more: {
      body?: string | Uint8Array
      headers?: Record<string, string>
      signal?: AbortSignal | undefined
      limits?: Limits
    }
  ): Promise<Exchange> {
    const { secret, clock, fetch } = this.#options
    const url = new URL(`${this.#options.url}/${path}`)
    const time = new Date(clock.now()).toISOString()
    const body = more.body ?? ''
    const headers: Record<string, string> = {
      accept: 'application/json, application/*+json',
      'accept-encoding': 'identity',
      'user-agent': 'Galley',
      [TIME_HEADER]: time,
      ...more.headers,
      ...(more.body !== undefined && { 'content-digest': contentDigest(body) }),
      ...(secret !== null && { [SIGNATURE_HEADER]: sign(secret, { time, method, path: url.pathname, body }) })
    }
    return boundedFetch(
      fetch,
      { url: url.href, method, headers, ...(more.body !== undefined && { body: more.body }) },
      more.limits ?? this.#limits,
      more.signal
    )
  }

  #readBack({ headers, bytes }: Extract<Exchange, { kind: 'answer' }>): Answer {
    const value = jsonOf(headers, bytes)
    const etag = headers.get('etag')
    if (value === undefined)
      return {
        kind: 'odd',
        message: 'The CMS answered with something that is not a story, perhaps a sign-in page of this network.'
      }
    if (!etag || etag.length > 1000)
      return { kind: 'odd', message: 'The CMS does not say which version it holds (no ETag).' }
    return {
      kind: 'found',
      sha256: sha256(canonicalJson(value)),
      etag,
      url: publicUrl(headers.get('link'), this.#options.url),
      serverTime: serverTime(headers),
      text: new TextDecoder().decode(bytes),
      contentType: headers.get('content-type') ?? ''
    }
  }

  /** Sorts an exchange by what it means. `absent`: what a 404 says here; without it a 404 is a refusal. */
  #sort(exchange: Exchange, absent?: (serverTime: number | null) => Answer): Answer {
    switch (exchange.kind) {
      case 'aborted':
        return { kind: 'lost', message: 'Stopped before the CMS answered.' }
      case 'no-connection':
        return { kind: 'unreachable', message: unreachableMessage(exchange.code) }
      case 'lost':
        return {
          kind: 'lost',
          message:
            exchange.why === 'silent'
              ? 'The CMS did not answer in time.'
              : 'The connection was cut before the CMS answered.'
        }
      case 'cut':
        if (exchange.why === 'too-large')
          return { kind: 'odd', message: 'The CMS answered with far more than an answer is long.' }
        return { kind: 'lost', message: 'The CMS’s answer broke off.' }
      case 'answer':
    }
    const { status, headers, bytes } = exchange
    const type = headers.get('content-type') ?? ''
    const said = plainMessage(type, bytes)
    const withReason = (sentence: string): string => (said === '' ? sentence : `${sentence} It says: ${said}`)
    if (status >= 200 && status < 300) {
      if (bytes.byteLength > 0 && jsonOf(headers, bytes) === undefined)
        return {
          kind: 'odd',
          message:
            'The CMS answered with something that is not of its contract, perhaps a sign-in page of this network.'
        }
      return { kind: 'stored' }
    }
    if (status === 304 || status < 200)
      return { kind: 'odd', message: `The CMS gave an answer Galley does not know (${status}).` }
    if (status < 400)
      return {
        kind: 'redirected',
        message: `The CMS sends on to another address${sentTo(headers.get('location'), this.#options.url)}. Galley does not follow, so that a story never goes where nobody chose to send it.`
      }
    if (status === 401)
      return { kind: 'unauthorised', message: withReason('The CMS does not accept this desk’s signature.') }
    if (status === 403)
      return { kind: 'unauthorised', message: withReason('The CMS does not allow this desk to publish.') }
    if ((status === 404 || status === 410) && absent) return absent(serverTime(headers))
    if (status === 404 || status === 410)
      return { kind: 'rejected', message: withReason('The CMS has no endpoint at that address.') }
    if (status === 409 || status === 412)
      return { kind: 'changed', message: withReason('The story was changed on the CMS.') }
    if (status === 413) return { kind: 'rejected', message: withReason('The CMS refused it as too large.') }
    if (status === 429 || status === 503 || status === 408 || status === 425) {
      return {
        kind: 'later',
        waitMs: retryAfter(headers, this.#options.clock.now()),
        message: withReason(status === 503 ? 'The CMS is down for a while.' : 'The CMS asks to wait.')
      }
    }
    if (status < 500 || status === 501 || status === 505)
      return { kind: 'rejected', message: withReason(`The CMS refused it (${status}).`) }
    return { kind: 'broken', message: `The CMS had an error of its own (${status}).` }
  }
}

const About = z.looseObject({
  contract: z.literal('galley-open-endpoint'),
  version: z.int().min(1),
  name: z.string().max(1000)
})

/** The parsed body, or undefined where it is not JSON by name and nature. */
function jsonOf(headers: Headers, bytes: Uint8Array): unknown {
  if (!/[/+]json\b/i.test(headers.get('content-type') ?? '')) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return undefined
  }
}

/**
 * Milliseconds from now; seconds or an HTTP date (RFC 9110, 10.2.3). A date is read by the clock of whoever wrote it.
 */
function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim()
  if (!value) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - (serverTime(headers) ?? now))
}

function serverTime(headers: Headers): number | null {
  const at = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? null : at
}

/** Where readers find the story: `Link: <…>; rel="alternate"` (RFC 8288), web addresses only. */
function publicUrl(link: string | null, base: string): string | null {
  for (const match of (link ?? '').matchAll(/<([^<>]{1,2000})>([^<]{0,500})/g)) {
    if (!/;\s*rel="?(?:[\w ]*\s)?alternate\b/i.test(match[2] ?? '')) continue
    const url = URL.canParse(match[1] ?? '', base) ? new URL(match[1] ?? '', base) : null
    if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '')
      return url.href
  }
  return null
}

function sentTo(location: string | null, base: string): string {
  return location !== null && URL.canParse(location, base) ? ` (${new URL(location, base).host.slice(0, 200)})` : ''
}

function unreachableMessage(code: string): string {
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'The CMS cannot be found: there is no network, or its name is wrong.'
  if (/^(ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/.test(code)) return 'There is no network.'
  if (/CERT|SIGNED|UNABLE_TO|TLS|SSL|EPROTO/.test(code))
    return 'The CMS could not prove who it is: its certificate is not valid on this machine.'
  return 'The CMS cannot be reached.'
}
