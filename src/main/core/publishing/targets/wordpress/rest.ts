import { z } from 'zod'
import type { WordpressSettings } from '../../../../../shared/publishing/targets/wordpress.ts'
import { say, type Message } from '../../../../../shared/words/message.ts'
import { boundedFetch, type Exchange, type Limits } from '../bounded-fetch.ts'
import { jsonOf, serverTime, sortExchange, type Sorted } from '../trouble.ts'
import type { Access, Trouble } from '../target.ts'

/** A reply of the API with a JSON body. */
export interface Reply {
  readonly kind: 'ok'
  readonly value: unknown
  readonly serverTime: number | null
  /** For a list, how many items there are in all, visible or not; null if the site does not say. */
  readonly total: number | null
}
export interface NothingThere {
  readonly kind: 'nothing-there'
  readonly message: Message
  readonly serverTime: number | null
}
/** A refusal, with WordPress's own code for it, and the id of the existing term if that was the reason. */
export interface Refused {
  readonly kind: 'rejected' | 'unauthorised'
  readonly message: Message
  readonly code: string
  readonly status: number
  readonly termId: number | null
}
export type Replied = Reply | NothingThere | Refused | Exclude<Trouble, { kind: 'rejected' | 'unauthorised' }>

/** Where a slug leads. */
export type Led =
  | { readonly kind: 'ok'; readonly value: string | null; readonly serverTime: number | null }
  | Exclude<Replied, Reply | NothingThere>

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below `wp/v2`: `/posts/7`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly file?: { readonly bytes: Uint8Array; readonly type: string; readonly name: string }
  readonly signal?: AbortSignal | undefined
  /** How many more bytes than usual the reply may have. */
  readonly expectedBytes?: number
}

/** The REST API of one WordPress site, with an application password. */
export class WordpressRest {
  readonly #access: Access<WordpressSettings>
  #root: string | null

  /** `root`: the API's address, if already known. */
  constructor(access: Access<WordpressSettings>, root: string | null) {
    this.#access = access
    this.#root = root
  }

  /** Where the API is: as the site's Link header says, or else at the usual place. Never on another host. */
  async discover(
    signal?: AbortSignal
  ): Promise<{ readonly kind: 'ok'; readonly root: string } | Exclude<Replied, Reply | NothingThere>> {
    const { url, limits } = this.#access
    const sorted = this.#sort(await this.#exchange(`${url}/`, 'HEAD', {}, undefined, limits, signal))
    if (sorted.kind === 'rejected' || sorted.kind === 'unauthorised')
      return { ...sorted, code: '', status: 0, termId: null }
    if (sorted.kind !== 'ok' && sorted.kind !== 'nothing-there') return sorted
    const link = /<([^<>]{1,2000})>\s*;\s*rel="?https:\/\/api\.w\.org\/"?/.exec(sorted.headers.get('link') ?? '')?.[1]
    const root = link !== undefined && URL.canParse(link, url) ? new URL(link, url) : new URL(`${url}/wp-json/`)
    if (root.origin !== new URL(url).origin) {
      const message = say('wordpress.otherHost', { host: root.host.slice(0, 200) })
      return { kind: 'redirected', message }
    }
    this.#root = root.href
    return { kind: 'ok', root: root.href }
  }

  /** The site's clock, milliseconds UTC. */
  async time(signal?: AbortSignal): Promise<number | null> {
    const { url, limits } = this.#access
    const exchange = await this.#exchange(`${url}/`, 'HEAD', {}, undefined, limits, signal)
    return exchange.kind === 'answer' ? serverTime(exchange.headers) : null
  }

  /** Visits the site, bypassing its cache, and so runs the tasks it postpones until a visit. */
  async visit(signal?: AbortSignal): Promise<void> {
    const { url, limits } = this.#access
    await this.#exchange(`${url}/wp-cron.php`, 'GET', {}, undefined, limits, signal)
  }

  /**
   * Where the site redirects from a post's former slug; null if nowhere. Only a redirect within the site counts, and it
   * is not followed.
   */
  async leadsTo(slug: string, signal?: AbortSignal): Promise<Led> {
    const { url, limits } = this.#access
    const asked = `${url}/?name=${encodeURIComponent(slug)}`
    const exchange = await this.#exchange(asked, 'HEAD', {}, undefined, limits, signal)
    const sorted = this.#sort(exchange)
    if (exchange.kind === 'answer') {
      const { status, headers } = exchange
      const location = headers.get('location')
      const to = location !== null && URL.canParse(location, url) ? new URL(location, url) : null
      const nobody = { kind: 'ok', value: null, serverTime: serverTime(headers) } as const
      if (to?.origin === new URL(url).origin)
        return status === 301 && !to.href.includes(slug) ? { ...nobody, value: to.href } : nobody
      if (status === 404 || status === 410) return nobody
      // Only WordPress's own word counts: a network's sign-in page replies 200 to anything.
      if (status === 200)
        return headers.get('link')?.includes('https://api.w.org/')
          ? nobody
          : { kind: 'odd', message: say('wordpress.notWordpress') }
    }
    if (sorted.kind === 'ok' || sorted.kind === 'nothing-there')
      return { kind: 'odd', message: say('wordpress.notWordpress') }
    if (sorted.kind === 'rejected' || sorted.kind === 'unauthorised')
      return { ...sorted, code: '', status: 0, termId: null }
    return sorted
  }

  async ask(request: RestRequest): Promise<Replied> {
    if (this.#root === null) {
      const found = await this.discover(request.signal)
      if (found.kind !== 'ok') return found
    }
    const { limits, settings, secret } = this.#access
    const headers: Record<string, string> = {
      authorization: `Basic ${Buffer.from(`${settings.user}:${secret ?? ''}`).toString('base64')}`
    }
    let body: string | Uint8Array | undefined
    if (request.file) {
      body = request.file.bytes
      headers['content-type'] = request.file.type
      headers['content-disposition'] = `attachment; filename="${request.file.name}"`
    } else if (request.json !== undefined) {
      body = JSON.stringify(request.json).toWellFormed()
      headers['content-type'] = 'application/json'
    }
    const maxBytes = Math.max(limits.maxBytes, 8 * (request.expectedBytes ?? 0) + 256 * 1024)
    const exchange = await this.#exchange(
      addressAt(this.#root ?? this.#access.url, request.path, request.query),
      request.method,
      headers,
      body,
      { ...limits, maxBytes },
      request.signal
    )
    return this.#reply(this.#sort(exchange), exchange)
  }

  async #exchange(
    url: string,
    method: string,
    more: Record<string, string>,
    body: string | Uint8Array | undefined,
    limits: Limits,
    signal?: AbortSignal
  ): Promise<Exchange> {
    const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Galley', ...more }
    return boundedFetch(
      this.#access.fetch,
      { url, method, headers, ...(body !== undefined && { body }) },
      limits,
      signal
    )
  }

  #sort(exchange: Exchange): Sorted {
    return sortExchange(exchange, {
      base: this.#access.url,
      now: this.#access.clock.now(),
      unauthorised: say('wordpress.unknownUser'),
      forbidden: say('wordpress.forbidden')
    })
  }

  #reply(sorted: Sorted, exchange: Exchange): Replied {
    if (sorted.kind === 'nothing-there')
      return { kind: 'nothing-there', message: sorted.message, serverTime: serverTime(sorted.headers) }
    const refusal = refusalOf(exchange)
    // WordPress reports a file it does not accept as a server error, but it will never accept it.
    if (sorted.kind === 'broken' && refusal.code === 'rest_upload_sideload_error')
      return { kind: 'rejected', message: say('wordpress.fileRefused'), ...refusal }
    if (sorted.kind === 'rejected' || sorted.kind === 'unauthorised') return { ...sorted, ...refusal }
    if (sorted.kind !== 'ok') return sorted
    const value = jsonOf(sorted.headers, sorted.bytes)
    if (value === undefined) return { kind: 'odd', message: say('wordpress.notWordpress') }
    const total = /^\d{1,9}$/.exec(sorted.headers.get('x-wp-total') ?? '')?.[0]
    return {
      kind: 'ok',
      value,
      serverTime: serverTime(sorted.headers),
      total: total === undefined ? null : Number(total)
    }
  }
}

/** `root`: the API's; with `?rest_route=` if the site has no pretty permalinks. */
export function addressAt(root: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(root)
  if (url.searchParams.has('rest_route')) url.searchParams.set('rest_route', `/wp/v2${path}`)
  else url.pathname = `${url.pathname.replace(/\/+$/, '')}/wp/v2${path}`
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

const Refusal = z.looseObject({ code: z.string(), data: z.looseObject({ term_id: z.int().optional() }).nullish() })

function refusalOf(exchange: Exchange): Omit<Refused, 'kind' | 'message'> {
  const status = exchange.kind === 'answer' ? exchange.status : 0
  const parsed = exchange.kind === 'answer' ? Refusal.safeParse(jsonOf(exchange.headers, exchange.bytes)) : null
  const { code, data } = parsed?.success ? parsed.data : { code: '', data: null }
  return { code, status, termId: data?.term_id ?? null }
}
