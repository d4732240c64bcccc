import { createHash, randomUUID } from 'node:crypto'
import { canonicalJson } from '../core/publishing/targets/canonical-json.ts'
import { contentDigest, signMessage, type SigningKey } from '../core/publishing/targets/open/message-signature.ts'
import { payloadOf } from '../core/publishing/targets/payload.ts'
import type { MediaAsset } from '../../shared/contract/media.ts'
import { emptyBody } from '../../shared/document/document.ts'
import { emptyImageUse } from '../../shared/document/image-use.ts'
import type { OpenSettings } from '../../shared/publishing/targets/open.ts'
import { emptyFields } from '../../shared/story/fields.ts'
import { instantAt } from '../../shared/story/instant.ts'
import type { Story } from '../../shared/story/story.ts'

export interface ConformanceOptions {
  /** Base address of the endpoint. */
  readonly url: string
  /** Null: requests are not signed, and what a receiver does about signatures is not looked at. */
  readonly key: SigningKey | null
  readonly format: OpenSettings['format']
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds UTC. */
  readonly now?: () => number
}

export interface Finding {
  /** What docs/open-endpoint.md asks for. */
  readonly rule: string
  readonly ok: boolean
  /** What the receiver did, where that was something else. */
  readonly was: string
}

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
}

interface Request {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Other than they should be, for the receiver to refuse. */
  readonly signing?: 'none' | 'wrong' | 'stale' | 'other-body' | undefined
}

/** The smallest PNG there is: one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64'
)

/**
 * Asks of a receiver everything the open endpoint promises, with one story of its own that is withdrawn at the end, and
 * calls `found` for each rule. Resolves to whether all were kept.
 */
export async function checkReceiver(options: ConformanceOptions, found: (finding: Finding) => void): Promise<boolean> {
  const check = new Check(options, found)
  await check.run()
  return check.allKept
}

class Check {
  readonly #options: ConformanceOptions
  readonly #found: (finding: Finding) => void
  readonly #story: Story
  readonly #media = createHash('sha256').update(PIXEL).digest('hex')
  allKept = true

  constructor(options: ConformanceOptions, found: (finding: Finding) => void) {
    this.#options = options
    this.#found = found
    this.#story = madeUpStory(this.#now(), this.#media)
  }

  async run(): Promise<void> {
    const about = await this.#ask({ method: 'GET', path: 'about' })
    const isThere = this.#rule('GET about names the contract and its version', about, isAbout(about))
    if (!isThere) return
    this.#rule('every reply has a Date', about, !Number.isNaN(Date.parse(about?.headers.get('date') ?? '')))
    await this.#signatures()
    await this.#pictures()
    await this.#articles()
  }

  async #signatures(): Promise<void> {
    if (!this.#options.key) return
    const refused = async (
      rule: string,
      signing: Request['signing'],
      request: Partial<Request> = {}
    ): Promise<void> => {
      const reply = await this.#ask({ method: 'GET', path: 'about', ...request, signing })
      this.#rule(rule, reply, reply?.status === 401 || reply?.status === 403)
    }
    await refused('a request without a signature is refused', 'none')
    await refused('a signature of another secret is refused', 'wrong')
    await refused('a signature made more than five minutes ago is refused', 'stale')
    await refused('a body that is not the one that was signed is refused', 'other-body', this.#put(randomUUID(), {}))
  }

  async #pictures(): Promise<void> {
    const path = `media/${this.#media}`
    const other = `media/${createHash('sha256').update(randomUUID()).digest('hex')}`
    const missing = await this.#ask({ method: 'HEAD', path: other })
    this.#rule('a picture that is not there is 404', missing, missing?.status === 404)
    const headers = { 'content-type': 'image/png' }
    const wrong = await this.#ask({ method: 'PUT', path: other, headers, body: PIXEL })
    this.#rule('a picture whose bytes its name does not fit is refused', wrong, isRefusal(wrong))
    for (const turn of ['a picture is stored', 'and again, without harm'] as const) {
      const reply = await this.#ask({ method: 'PUT', path, headers, body: PIXEL })
      this.#rule(turn, reply, reply?.status === 200 || reply?.status === 201)
    }
    const there = await this.#ask({ method: 'HEAD', path })
    const named = there?.status === 200 && there.headers.get('etag')?.includes(this.#media) === true
    this.#rule('a picture that is there is named by its ETag', there, named)
  }

  async #articles(): Promise<void> {
    const path = `articles/${this.#story.id}`
    const read = (): Promise<Reply | null> => this.#ask({ method: 'GET', path })
    const none = await read()
    this.#rule('a story that is not there is 404', none, none?.status === 404)
    const bare = await this.#ask(this.#put(randomUUID(), {}))
    this.#rule('a story without a condition is refused', bare, isRefusal(bare))

    const key = randomUUID()
    const fresh = { 'if-none-match': '*' }
    const together = await Promise.all([this.#ask(this.#put(key, fresh)), this.#ask(this.#put(key, fresh))])
    const accepted = together.find((reply) => reply?.status === 201 || reply?.status === 200) ?? together[0] ?? null
    this.#rule('a new story is accepted', accepted, accepted?.status === 201 || accepted?.status === 200)
    const first = await read()
    this.#rule('it is read back equal as a JSON value', first, isSame(first, this.#payload().text))
    const etag = first?.headers.get('etag') ?? ''
    this.#rule('with an ETag', first, etag !== '')
    const again = await this.#ask(this.#put(key, fresh))
    const after = await read()
    const isReplayed = (again?.status ?? 500) < 300 && after?.headers.get('etag') === etag
    this.#rule('the same Idempotency-Key again is accepted and changes nothing', again, isReplayed)
    const other = await this.#ask(this.#put(key, fresh, 'Another headline'))
    this.#rule('the same Idempotency-Key for something else is refused', other, isRefusal(other))
    const second = await this.#ask(this.#put(randomUUID(), fresh))
    this.#rule('a new story where there is one is refused (412)', second, second?.status === 412)
    const stale = await this.#ask(this.#put(randomUUID(), { 'if-match': '"of-no-version"' }))
    this.#rule('an update of another version is refused (412)', stale, stale?.status === 412)
    const untouched = await read()
    this.#rule('what was refused changed nothing', untouched, untouched?.headers.get('etag') === etag)

    const update = await this.#ask(this.#put(randomUUID(), { 'if-match': etag }, 'Another headline'))
    this.#rule('an update of the version that is there is accepted', update, (update?.status ?? 500) < 300)
    const changed = await read()
    const newEtag = changed?.headers.get('etag') ?? ''
    const isNew = isSame(changed, this.#payload('Another headline').text) && newEtag !== etag
    this.#rule('and is read back under another ETag', changed, isNew)

    const withdrawal = this.#put(randomUUID(), { 'if-match': newEtag }, 'Another headline', 'killed')
    const withdrawn = await this.#ask(withdrawal)
    this.#rule('a withdrawal is accepted', withdrawn, (withdrawn?.status ?? 500) < 300)
    const gone = await read()
    const isGone = gone?.status === 404 || gone?.status === 410 || isSame(gone, String(withdrawal.body))
    this.#rule('and is read back, or the story is gone', gone, isGone)
    const page = /<([^<>]+)>[^<]*rel="?alternate/.exec(changed?.headers.get('link') ?? '')?.[1]
    if (page === undefined || !URL.canParse(page, this.#options.url)) return
    const shown = await this.#fetch(new URL(page, this.#options.url).href, { method: 'GET' })
    this.#rule(
      'the page of a withdrawn story is gone (404 or 410)',
      shown,
      shown?.status === 404 || shown?.status === 410
    )
  }

  #payload(headline?: string, status?: 'killed'): ReturnType<typeof payloadOf> {
    const { fields } = this.#story
    const asset: MediaAsset = {
      id: this.#media,
      type: 'image/png',
      name: 'pixel.png',
      width: 1,
      height: 1,
      size: PIXEL.length,
      metadata: {}
    }
    const withdrawn = { status: 'killed' as const, body: emptyBody() }
    return payloadOf(
      {
        ...this.#story,
        fields: { ...fields, ...(headline !== undefined && { headline }), ...(status && { leadImage: null }) },
        ...(status && withdrawn)
      },
      { format: this.#options.format, url: this.#options.url, siteUrl: '', picture: () => asset }
    )
  }

  #put(key: string, condition: Readonly<Record<string, string>>, headline?: string, status?: 'killed'): Request {
    const { contentType, text } = this.#payload(headline, status)
    const headers = { 'content-type': contentType, 'idempotency-key': key, ...condition }
    return { method: 'PUT', path: `articles/${this.#story.id}`, headers, body: text }
  }

  async #ask({ method, path, headers: more = {}, body, signing }: Request): Promise<Reply | null> {
    const { key } = this.#options
    const url = new URL(`${this.#options.url}/${path}`)
    const headers: Record<string, string> = {
      accept: 'application/json, application/*+json',
      ...more,
      ...(body !== undefined && { 'content-digest': contentDigest(signing === 'other-body' ? 'other' : body) })
    }
    if (key && signing !== 'none') {
      const created = Math.floor(this.#now() / 1000) - (signing === 'stale' ? 600 : 0)
      const message = { method, target: url.pathname + url.search, header: (name: string) => headers[name] }
      const by = signing === 'wrong' ? { id: key.id, secret: 'not the secret of this desk' } : key
      Object.assign(headers, signMessage(by, message, created))
    }
    return this.#fetch(url.href, {
      method,
      headers,
      ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> })
    })
  }

  /** Null where no reply came. */
  async #fetch(url: string, init: RequestInit): Promise<Reply | null> {
    try {
      const signal = AbortSignal.timeout(30_000)
      const reply = await (this.#options.fetch ?? fetch)(url, { ...init, redirect: 'manual', signal })
      return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) }
    } catch {
      return null
    }
  }

  #rule(rule: string, reply: Reply | null, ok: boolean): boolean {
    if (!ok) this.allKept = false
    this.#found({ rule, ok, was: ok ? '' : describe(reply) })
    return ok
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }
}

function isRefusal(reply: Reply | null): boolean {
  return reply !== null && reply.status >= 400 && reply.status < 500
}

function isAbout(reply: Reply | null): boolean {
  const value = reply?.status === 200 ? parsed(reply) : undefined
  if (typeof value !== 'object' || value === null) return false
  const { contract, version } = value as Readonly<Record<string, unknown>>
  return contract === 'galley-open-endpoint' && typeof version === 'number' && version >= 1
}

function isSame(reply: Reply | null, text: string): boolean {
  const value = reply?.status === 200 ? parsed(reply) : undefined
  return value !== undefined && canonicalJson(value) === canonicalJson(JSON.parse(text))
}

function parsed(reply: Reply): unknown {
  try {
    return JSON.parse(reply.bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** The status and the beginning of what it said, as one line. */
function describe(reply: Reply | null): string {
  if (!reply) return 'no reply'
  const said = reply.bytes
    .toString('utf8')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return `${reply.status}${said === '' ? '' : ` ${said.slice(0, 200)}`}`
}

function madeUpStory(now: number, mediaId: string): Story {
  const created = instantAt(now, 'UTC', 'clock')
  return {
    id: randomUUID(),
    revision: 1,
    status: 'approved',
    changedAt: created.utc,
    fields: {
      ...emptyFields(created),
      headline: 'A story by which a receiver is tested',
      slug: 'receiver-test',
      leadImage: { ...emptyImageUse(mediaId), alt: 'A pixel', caption: 'One pixel' }
    },
    body: {
      version: 1,
      blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'Ünïcode, “quotes” & <tags> – 日本語 🙂' }] }]
    }
  }
}
