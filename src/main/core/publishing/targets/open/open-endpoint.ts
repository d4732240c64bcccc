import { say, type Message } from '../../../../../shared/words/message.ts'
import { z } from 'zod'
import type { OpenSettings } from '../../../../../shared/publishing/targets/open.ts'
import { GALLEY_STORY_TYPE } from '../../../../../shared/formats/galley-json.ts'
import { NINJS_TYPE } from '../../../../../shared/formats/ninjs.ts'
import { boundedFetch, type Exchange, type Limits } from '../bounded-fetch.ts'
import { plainMessage } from '../plain-message.ts'
import { jsonOf, serverTime, sortExchange, type Sorted } from '../trouble.ts'
import {
  STORY_STEP,
  type Access,
  type Answer,
  type Job,
  type Learned,
  type Step,
  type TargetClient
} from '../target.ts'
import { contentDigest, signMessage } from './message-signature.ts'

interface More {
  readonly body?: string | Uint8Array
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal | undefined
  readonly limits?: Limits
}

/** The client side of docs/open-endpoint.openapi.yaml. */
export class OpenEndpoint implements TargetClient {
  readonly #access: Access<OpenSettings>

  constructor(access: Access<OpenSettings>) {
    this.#access = access
  }

  async perform(step: Step, job: Job, signal?: AbortSignal): Promise<Answer> {
    if (step.key === STORY_STEP) return this.#sendArticle(job, signal)
    const id = step.key.slice('media:'.length)
    return step.act === 'find' ? this.#findMedia(id, signal) : this.#sendMedia(id, signal)
  }

  /** What was sent may be longer than a usual reply, so the limit for reading it back is raised. */
  async probe(job: Job, signal?: AbortSignal): Promise<Answer> {
    const { limits } = this.#access
    const maxBytes = Math.max(limits.maxBytes, 2 * Buffer.byteLength(job.text()) + 64 * 1024)
    const sorted = this.#sort(
      await this.#ask('GET', `articles/${job.storyId}`, { signal, limits: { ...limits, maxBytes } })
    )
    if (sorted.kind === 'nothing-there') {
      // Another server that knows nothing of the story does not prove that it was taken down.
      if (job.purpose === 'withdraw') {
        const there = await this.about(signal)
        if (!there.ok) return { kind: 'odd', message: there.message }
      }
      return { kind: 'absent', serverTime: serverTime(sorted.headers) }
    }
    if (sorted.kind !== 'ok') return sorted
    return sorted.status === 200 ? this.#readBack(sorted, job.storyId) : notOfTheContract
  }

  async time(signal?: AbortSignal): Promise<number | null> {
    const exchange = await this.#ask('GET', 'about', { signal })
    return exchange.kind === 'answer' ? serverTime(exchange.headers) : null
  }

  async about(signal?: AbortSignal): Promise<{ ok: boolean; message: Message }> {
    const sorted = this.#sort(await this.#ask('GET', 'about', { signal }))
    if (sorted.kind === 'nothing-there') return { ok: false, message: say('cms.noOpenEndpoint') }
    if (sorted.kind !== 'ok')
      return {
        ok: false,
        message: 'message' in sorted ? sorted.message : say('cms.unknownAnswer')
      }
    const parsed = About.safeParse(jsonOf(sorted.headers, sorted.bytes))
    if (!parsed.success) return { ok: false, message: say('cms.notAnOpenEndpoint') }
    if (isWeak(sorted.headers.get('etag'))) return { ok: false, message: say('cms.weakVersion') }
    const { accepts } = parsed.data
    const type = CONTENT_TYPES[this.#access.settings.format]
    if (accepts !== undefined && !accepts.some((one) => bareType(one) === type))
      return { ok: false, message: say('cms.takesOther', { accepts: accepts.join(', ').slice(0, 300) }) }
    const name = plainMessage('text/plain', Buffer.from(parsed.data.name))
    return { ok: true, message: say('cms.knowsUs', { name }) }
  }

  async #findMedia(id: string, signal?: AbortSignal): Promise<Answer> {
    const sorted = this.#sort(await this.#ask('HEAD', `media/${id}`, { signal }))
    if (sorted.kind === 'nothing-there') return { kind: 'absent', serverTime: null }
    if (sorted.kind !== 'ok') return sorted
    // A sign-in page replies 200 to anything; only the picture's own name counts.
    return sorted.headers.get('etag')?.includes(id)
      ? { kind: 'present', learned: [picture(id)] }
      : { kind: 'absent', serverTime: null }
  }

  async #sendMedia(id: string, signal?: AbortSignal): Promise<Answer> {
    const { pictures } = this.#access
    const headers = { 'content-type': pictures.get(id).type }
    return this.#stored(await this.#ask('PUT', `media/${id}`, { body: await pictures.read(id), headers, signal }), [
      picture(id)
    ])
  }

  async #sendArticle(job: Job, signal?: AbortSignal): Promise<Answer> {
    if (isWeak(job.base)) return { kind: 'rejected', message: say('cms.weakVersion') }
    const tooLong = await this.#tooLong(Buffer.byteLength(job.text()), signal)
    if (tooLong) return { kind: 'rejected', message: tooLong }
    const condition: Record<string, string> = job.base === null ? { 'if-none-match': '*' } : { 'if-match': job.base }
    const headers = { 'content-type': job.contentType, 'idempotency-key': job.idempotencyKey, ...condition }
    return this.#stored(await this.#ask('PUT', `articles/${job.storyId}`, { body: job.text(), headers, signal }), [])
  }

  /** For a long story, asks first whether the endpoint accepts that size; a short one is simply sent. */
  async #tooLong(size: number, signal: AbortSignal | undefined): Promise<Message | null> {
    if (size < LONG_STORY) return null
    const sorted = this.#sort(await this.#ask('GET', 'about', { signal }))
    const about = sorted.kind === 'ok' ? About.safeParse(jsonOf(sorted.headers, sorted.bytes)).data : undefined
    const limit = about?.maxStoryBytes
    if (limit === undefined || size <= limit) return null
    return say('cms.storyTooLong', { size: String(Math.ceil(size / 1024)), limit: String(Math.floor(limit / 1024)) })
  }

  async #ask(method: string, path: string, more: More): Promise<Exchange> {
    const { secret, settings, clock, fetch, limits } = this.#access
    const url = new URL(`${this.#access.url}/${path}`)
    const headers: Record<string, string> = {
      accept: 'application/json, application/*+json',
      'accept-encoding': 'identity',
      'user-agent': 'Galley',
      ...more.headers,
      ...(more.body !== undefined && { 'content-digest': contentDigest(more.body) })
    }
    if (secret !== null) {
      const message = { method, target: url.pathname + url.search, header: (name: string) => headers[name] }
      Object.assign(headers, signMessage({ id: settings.keyId, secret }, message, Math.floor(clock.now() / 1000)))
    }
    const ask = { url: url.href, method, headers, ...(more.body !== undefined && { body: more.body }) }
    return boundedFetch(fetch, ask, more.limits ?? limits, more.signal)
  }

  #stored(exchange: Exchange, learned: readonly Learned[]): Answer {
    const sorted = this.#sort(exchange)
    if (sorted.kind === 'nothing-there') return { kind: 'rejected', message: sorted.message }
    if (sorted.kind !== 'ok') return sorted
    return sorted.bytes.byteLength > 0 && jsonOf(sorted.headers, sorted.bytes) === undefined
      ? notOfTheContract
      : { kind: 'stored', learned }
  }

  #readBack({ headers, bytes }: Extract<Sorted, { kind: 'ok' }>, storyId: string): Answer {
    const content = jsonOf(headers, bytes)
    const token = headers.get('etag')
    if (content === undefined) {
      return {
        kind: 'odd',
        message: say('cms.notAStory')
      }
    }
    if (!token || token.length > 1000) return { kind: 'odd', message: say('cms.noVersion') }
    const url = publicUrl(headers.get('link'), this.#access.url)
    const learned: Learned = { local: `story:${storyId}`, remoteId: storyId, address: url, token }
    return {
      kind: 'found',
      remote: { token, unfinished: false, url, content, learned: [learned] },
      serverTime: serverTime(headers)
    }
  }

  #sort(exchange: Exchange): Sorted {
    return sortExchange(exchange, {
      base: this.#access.url,
      now: this.#access.clock.now(),
      unauthorised: say('cms.signature'),
      forbidden: say('cms.forbidden')
    })
  }
}

const About = z.looseObject({
  contract: z.literal('galley-open-endpoint'),
  version: z.int().min(1),
  name: z.string().max(1000),
  accepts: z.array(z.string()).optional(),
  maxStoryBytes: z.int().min(0).optional()
})

/** Bytes from which a story may be larger than an endpoint accepts. */
const LONG_STORY = 64 * 1024

const CONTENT_TYPES = { galley: GALLEY_STORY_TYPE, ninjs: NINJS_TYPE } as const

/** A media type without its parameters. */
function bareType(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

/** A weak ETag never matches an If-Match (RFC 9110): an update with one would look like somebody else's change. */
function isWeak(etag: string | null): boolean {
  return etag?.trimStart().startsWith('W/') ?? false
}

const notOfTheContract: Answer = {
  kind: 'odd',
  message: say('cms.notOfItsContract')
}

function picture(id: string): Learned {
  return { local: `media:${id}`, remoteId: id, address: null, token: null }
}

/** Where readers find the story: `Link: <…>; rel="alternate"` (RFC 8288); web addresses only. */
function publicUrl(link: string | null, base: string): string | null {
  for (const match of (link ?? '').matchAll(/<([^<>]{1,2000})>([^<]{0,500})/g)) {
    if (!/;\s*rel="?(?:[\w ]*\s)?alternate\b/i.test(match[2] ?? '')) continue
    const url = URL.canParse(match[1] ?? '', base) ? new URL(match[1] ?? '', base) : null
    if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '')
      return url.href
  }
  return null
}
