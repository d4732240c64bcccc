import { z } from 'zod'
import type { GhostSettings } from '../../../../../shared/publishing/targets/ghost.ts'
import { say } from '../../../../../shared/words/message.ts'
import { boundedFetch, type Exchange } from '../bounded-fetch.ts'
import type { Access, Trouble } from '../target.ts'
import { jsonOf, serverTime, sortExchange } from '../trouble.ts'
import { adminKeyOf, adminToken } from './token.ts'

export type Replied =
  | { readonly kind: 'ok'; readonly value: unknown; readonly serverTime: number | null }
  /** Ghost itself says that there is nothing. */
  | { readonly kind: 'nothing-there'; readonly serverTime: number | null }
  | Trouble

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the Admin API, with a trailing slash: `/posts/`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly file?: { readonly bytes: Uint8Array; readonly type: string; readonly name: string }
  readonly signal?: AbortSignal | undefined
  /** How many more bytes than usual the reply may have. */
  readonly expectedBytes?: number
}

/** Ghost accepts no token older than this by its own clock, in milliseconds. */
const OLDEST_TOKEN = 5 * 60_000

/** The Admin API of one Ghost site; each request has its own token. */
export class GhostApi {
  readonly #access: Access<GhostSettings>

  constructor(access: Access<GhostSettings>) {
    this.#access = access
  }

  async ask({ method, path, query = {}, json, file, signal, expectedBytes = 0 }: ApiRequest): Promise<Replied> {
    const { url: base, secret, clock, limits } = this.#access
    const key = adminKeyOf(secret ?? '')
    if (!key) return { kind: 'unauthorised', message: say('ghost.notAKey') }
    const url = new URL(`${base}/ghost/api/admin${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const headers: Record<string, string> = {
      authorization: `Ghost ${adminToken(key, clock.now())}`,
      'accept-version': 'v5.0'
    }
    let body: string | Uint8Array | undefined
    if (file) {
      const form = multipart(file)
      body = form.body
      headers['content-type'] = form.type
    } else if (json !== undefined) {
      body = JSON.stringify(json).toWellFormed()
      headers['content-type'] = 'application/json'
    }
    const maxBytes = Math.max(limits.maxBytes, 8 * expectedBytes + 256 * 1024)
    const exchange = await this.#exchange(url.href, method, headers, body, maxBytes, signal)
    return this.#reply(exchange)
  }

  /** Whether the site serves a picture at one of its own addresses. */
  async hasPicture(address: string, signal?: AbortSignal): Promise<'yes' | 'no' | Trouble> {
    const exchange = await this.#exchange(address, 'HEAD', {}, undefined, this.#access.limits.maxBytes, signal)
    const sorted = this.#sort(exchange)
    if (sorted.kind === 'nothing-there') return 'no'
    if (sorted.kind !== 'ok') return sorted
    // A sign-in page replies 200 to anything.
    return sorted.headers.get('content-type')?.startsWith('image/')
      ? 'yes'
      : { kind: 'odd', message: say('ghost.notGhost') }
  }

  #exchange(
    url: string,
    method: string,
    more: Record<string, string>,
    body: string | Uint8Array | undefined,
    maxBytes: number,
    signal?: AbortSignal
  ): Promise<Exchange> {
    const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Galley', ...more }
    const ask = { url, method, headers, ...(body !== undefined && { body }) }
    return boundedFetch(this.#access.fetch, ask, { ...this.#access.limits, maxBytes }, signal)
  }

  #sort(exchange: Exchange): ReturnType<typeof sortExchange> {
    const refused = this.#refusedKey(exchange)
    const sorted = sortExchange(exchange, {
      base: this.#access.url,
      now: this.#access.clock.now(),
      unauthorised: refused,
      forbidden: isKeyLost(refusalOf(exchange)) ? say('ghost.keyLost') : say('ghost.forbidden')
    })
    // To Ghost, a token that was altered on the way is a bad request.
    return sorted.kind === 'rejected' && isKeyLost(refusalOf(exchange))
      ? { kind: 'unauthorised', message: say('ghost.keyLost') }
      : sorted
  }

  #reply(exchange: Exchange): Replied {
    const sorted = this.#sort(exchange)
    if (sorted.kind === 'ok') {
      if (sorted.status === 204) return { kind: 'ok', value: null, serverTime: serverTime(sorted.headers) }
      const value = jsonOf(sorted.headers, sorted.bytes)
      return value === undefined
        ? { kind: 'odd', message: say('ghost.notGhost') }
        : { kind: 'ok', value, serverTime: serverTime(sorted.headers) }
    }
    const said = exchange.kind === 'answer' ? jsonOf(exchange.headers, exchange.bytes) : undefined
    if (sorted.kind === 'broken' && EmailError.safeParse(said).success)
      return { kind: 'rejected', message: say('ghost.newsletterRefused') }
    if (sorted.kind !== 'nothing-there') return sorted
    // Another server's 404 says nothing about what Ghost has.
    return NotFound.safeParse(said).success
      ? { kind: 'nothing-there', serverTime: serverTime(sorted.headers) }
      : { kind: 'rejected', message: say('ghost.noApi') }
  }

  /** If the key is refused because the clocks differ, that is reported instead. */
  #refusedKey(exchange: Exchange): ReturnType<typeof say> {
    const theirs = exchange.kind === 'answer' ? serverTime(exchange.headers) : null
    const apart = theirs === null ? 0 : this.#access.clock.now() - theirs
    if (Math.abs(apart) >= OLDEST_TOKEN)
      return say('ghost.clocksApart', { minutes: Math.round(Math.abs(apart) / 60_000), ahead: apart > 0 })
    const refusal = refusalOf(exchange)
    if (isKeyLost(refusal)) return say('ghost.keyLost')
    return /signature/.test(refusal.message) ? say('ghost.wrongSecret') : say('ghost.unknownKey')
  }
}

interface Refusal {
  readonly code: string | null
  readonly message: string
}

const Refused = z.looseObject({
  errors: z.array(z.looseObject({ code: z.string().nullish(), message: z.string() })).min(1)
})

/** Why Ghost refused, in its own words. */
function refusalOf(exchange: Exchange): Refusal {
  const said = exchange.kind === 'answer' ? jsonOf(exchange.headers, exchange.bytes) : undefined
  const error = Refused.safeParse(said).data?.errors[0]
  return { code: error?.code ?? null, message: error?.message ?? '' }
}

/** Without a token Ghost does not know who is asking; half a token, or one of another kind, it cannot read. */
function isKeyLost({ code, message }: Refusal): boolean {
  return (
    message === 'Authorization failed' ||
    message === 'Invalid token' ||
    code === 'INVALID_AUTH_HEADER' ||
    code === 'MISSING_ADMIN_API_KID'
  )
}

const NotFound = z.looseObject({ errors: z.array(z.looseObject({ type: z.literal('NotFoundError') })).min(1) })

/**
 * Ghost reports it as an error of its own if a newsletter could not be created, and then stores nothing. It would do so
 * every time.
 */
const EmailError = z.looseObject({ errors: z.array(z.looseObject({ type: z.literal('EmailError') })).min(1) })

/** A form with one file (RFC 7578). */
function multipart({ bytes, type, name }: NonNullable<ApiRequest['file']>): { body: Uint8Array; type: string } {
  const boundary = `galley-${crypto.randomUUID()}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`
  }
}
