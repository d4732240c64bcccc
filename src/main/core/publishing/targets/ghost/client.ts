import { beforeSending } from '../trouble.ts'
import { z } from 'zod'
import type { GhostSettings } from '../../../../../shared/publishing/targets/ghost.ts'
import { say, type Message } from '../../../../../shared/words/message.ts'
import {
  asNewKey,
  STORY_STEP,
  type Access,
  type Answer,
  type Job,
  type Left,
  type Leftover,
  type Made,
  type Newsletter,
  type Person,
  type Step,
  type TargetClient,
  type Trouble
} from '../target.ts'
import { authorIds, foundAuthor } from '../authors.ts'
import { GhostApi, type Replied } from './api.ts'
import { isEmpty, parsed, statusFor } from './compare.ts'
import { bearsMark, lexicalAt, markOf, postOf, type GhostPicture } from './intent.ts'
import { lexicalOf } from './lexical.ts'
import { peopleOn } from './people.ts'
import { newslettersOn } from './newsletters.ts'
import { copyOf, dateOf, learnedPost, mediaKey, Posts, storyKey, tokenOf, webAddress, type RemotePost } from './post.ts'

const FORMATS = { formats: 'lexical' } as const
/** The most posts in one reply. */
const PAGE = 100
const Images = z.object({ images: z.array(z.object({ url: z.string() })).length(1) })
const Site = z.object({ site: z.looseObject({ title: z.string(), version: z.string() }) })

const notGhost = { kind: 'odd', message: say('ghost.notGhost') } as const satisfies Answer
/** How long before its hour Ghost must have a post, in milliseconds. */
const LEAST_AHEAD = 2 * 60_000
const tooNear: Answer = { kind: 'later', waitMs: 0, message: say('cms.hourTooNear') }
const changedThere: Answer = { kind: 'changed', message: say('ghost.changed') }

type Looked =
  | Exclude<Replied, { kind: 'ok' }>
  | { readonly kind: 'ok'; readonly value: RemotePost | null; readonly serverTime: number | null }

/** Carries out each step on one Ghost site. */
export class GhostClient implements TargetClient {
  readonly #access: Access<GhostSettings>
  readonly #api: GhostApi

  constructor(access: Access<GhostSettings>) {
    this.#access = access
    this.#api = new GhostApi(access)
  }

  async perform(step: Step, job: Job, signal?: AbortSignal): Promise<Answer> {
    if (step.key === STORY_STEP) return this.#sendStory(job, signal)
    if (step.name === 'draft') return step.act === 'find' ? this.#findDraft(job, signal) : this.#sendDraft(job, signal)
    if (step.name === 'authors') return this.#findAuthor(step.key, signal)
    const picture = postOf(job).pictures.find(({ id }) => step.key === mediaKey(id))
    if (!picture) return { kind: 'rejected', message: say('ghost.noPicture') }
    return step.act === 'find' ? this.#findPicture(picture, job, signal) : this.#sendPicture(picture, signal)
  }

  async probe(job: Job, signal?: AbortSignal): Promise<Answer> {
    const id = job.reference(storyKey(job.storyId))?.remoteId
    const known = id === undefined ? null : await this.#post(id, job, signal)
    if (known && known.kind !== 'ok' && known.kind !== 'nothing-there') return known
    const looked = known?.kind === 'ok' ? known : await this.#byMark(job, signal)
    if (looked.kind === 'nothing-there') return notGhost
    if (looked.kind !== 'ok') return looked
    if (looked.value) return { kind: 'found', remote: copyOf(looked.value, job.storyId), serverTime: looked.serverTime }
    if (job.purpose === 'withdraw' && id === undefined) return { kind: 'rejected', message: say('ghost.postUnknown') }
    return { kind: 'absent', serverTime: looked.serverTime }
  }

  /** Only drafts: Ghost neither lists its pictures nor deletes any. */
  async leftovers({ stories }: Made, signal?: AbortSignal): Promise<Left> {
    const leftovers: Leftover[] = []
    for (let page = 1; ; page += 1) {
      const query = { filter: "slug:~'galley-'+status:'draft'", limit: String(PAGE), page: String(page), ...FORMATS }
      const listed = await this.#list(query, 0, signal)
      if (listed.kind === 'nothing-there') return { kind: 'rejected', message: say('ghost.noApi') }
      if (listed.kind !== 'ok') return listed
      const { data } = Posts.safeParse(listed.value)
      if (!data) return notGhost
      for (const post of data.posts) {
        const story = stories.find(({ id }) => bearsMark(post.slug, id))
        if (story?.headlines.includes(post.title) && isEmptyDraft(post, story.id))
          leftovers.push({
            kind: 'draft',
            local: storyKey(story.id),
            remoteId: post.id,
            name: post.title,
            address: webAddress(post.url),
            storyId: story.id,
            kept: null
          })
      }
      if (data.posts.length < PAGE) return { kind: 'left', leftovers }
    }
  }

  /**
   * Checked immediately before, because Ghost deletes for good: a draft in which somebody has written belongs to them.
   */
  async discard({ remoteId, storyId, name }: Leftover, signal?: AbortSignal): Promise<Answer> {
    const there = one(
      await this.#api.ask({ method: 'GET', path: `/posts/${remoteId}/`, query: FORMATS, signal }),
      () => true
    )
    if (there.kind === 'nothing-there') return { kind: 'stored', learned: [] }
    if (there.kind !== 'ok') return there
    if (there.value?.title !== name || !isEmptyDraft(there.value, storyId))
      return { kind: 'changed', message: say('ghost.orphanTouched') }
    const reply = await this.#api.ask({ method: 'DELETE', path: `/posts/${remoteId}/`, signal })
    return reply.kind === 'ok' || reply.kind === 'nothing-there' ? { kind: 'stored', learned: [] } : reply
  }

  async time(signal?: AbortSignal): Promise<number | null> {
    const reply = await this.#api.ask({ method: 'GET', path: '/site/', signal })
    return reply.kind === 'ok' ? reply.serverTime : null
  }

  newsletters(signal?: AbortSignal): Promise<{ kind: 'newsletters'; newsletters: readonly Newsletter[] } | Trouble> {
    return newslettersOn(this.#api, signal)
  }

  people(signal?: AbortSignal): Promise<{ kind: 'people'; people: readonly Person[] } | Trouble> {
    return peopleOn(this.#api, signal)
  }

  async about(signal?: AbortSignal): Promise<{ ok: boolean; message: Message }> {
    const site = await this.#api.ask({ method: 'GET', path: '/site/', signal })
    // Anybody can read the site's name; only a list of posts proves that the key is valid.
    const posts = site.kind === 'ok' ? await this.#list({ limit: '1', ...FORMATS }, 0, signal) : site
    if (posts.kind === 'nothing-there') return { ok: false, message: say('ghost.noApi') }
    if (posts.kind !== 'ok') return { ok: false, message: 'message' in posts ? posts.message : notGhost.message }
    const parsed = Site.safeParse(site.kind === 'ok' ? site.value : null)
    if (!parsed.success) return { ok: false, message: say('ghost.notGhost') }
    const { title, version } = parsed.data.site
    return { ok: true, message: say('ghost.knowsUs', { name: title.slice(0, 200), version: version.slice(0, 20) }) }
  }

  /** The draft of this story, or the post it became, or a post that may be it, about which a person is asked. */
  async #findDraft(job: Job, signal?: AbortSignal): Promise<Answer> {
    for (const look of [this.#byMark, this.#byLikeness]) {
      const found = await look.call(this, job, signal)
      if (found.kind === 'nothing-there') return { kind: 'rejected', message: say('ghost.noApi') }
      if (found.kind !== 'ok') return found
      if (found.value) return { kind: 'present', learned: [learnedPost(found.value, job.storyId)] }
    }
    return { kind: 'absent', serverTime: null }
  }

  async #sendDraft(job: Job, signal?: AbortSignal): Promise<Answer> {
    const mark = markOf(job.storyId)
    const lexical = lexicalOf({ version: 1, blocks: [] }, { mark, html: {}, above: [], below: [] })
    const post = { title: postOf(job).title, slug: mark, status: 'draft', lexical }
    const json = { posts: [post] }
    return storedPost(await this.#api.ask({ method: 'POST', path: '/posts/', query: FORMATS, json, signal }), job)
  }

  /**
   * A single update sets everything. Checked immediately before, because Ghost itself misses changes within a second,
   * and of tags.
   */
  async #sendStory(job: Job, signal?: AbortSignal): Promise<Answer> {
    const id = job.reference(storyKey(job.storyId))?.remoteId
    if (id === undefined) return changedThere
    const before = await this.#post(id, job, signal)
    if (before.kind === 'nothing-there') return changedThere
    if (before.kind !== 'ok') return beforeSending(before)
    const there = before.value
    if (!there) return changedThere
    if (!isOurs(there, job)) return changedThere
    if (job.purpose === 'publish' && job.hour !== null) {
      // Somebody has published it meanwhile: scheduling it now would take it away from its readers.
      if (there.status === 'published') return changedThere
      if (job.hour - (before.serverTime ?? this.#access.clock.now()) < LEAST_AHEAD) return tooNear
    }
    const change = job.purpose === 'withdraw' ? { status: 'draft' } : this.#update(job, there, before.serverTime)
    const newsletter = job.purpose === 'publish' ? newsletterFor(job, there) : null
    const reply = await this.#api.ask({
      method: 'PUT',
      path: `/posts/${id}/`,
      query: { ...FORMATS, ...(newsletter !== null && { newsletter }) },
      json: { posts: [{ ...change, updated_at: there.updated_at }] },
      signal,
      expectedBytes: Buffer.byteLength(job.text())
    })
    return storedPost(reply, job)
  }

  /**
   * Becomes a draft under its mark again, as it was created; the date is removed, because it would be shown as that of
   * the publication.
   */
  async recall(job: Job, signal?: AbortSignal): Promise<Answer> {
    const id = job.reference(storyKey(job.storyId))?.remoteId
    if (id === undefined) return changedThere
    const before = await this.#post(id, job, signal)
    if (before.kind === 'nothing-there') return changedThere
    if (before.kind !== 'ok') return beforeSending(before)
    const there = before.value
    if (!there || !isOurs(there, job) || there.status === 'published') return changedThere
    const post = { status: 'draft', slug: markOf(job.storyId), published_at: null, updated_at: there.updated_at }
    const json = { posts: [post] }
    return storedPost(await this.#api.ask({ method: 'PUT', path: `/posts/${id}/`, query: FORMATS, json, signal }), job)
  }

  /** A future date only together with the status `scheduled`: Ghost publishes a post with any other at once. */
  #update(job: Job, there: RemotePost, serverTime: number | null): Readonly<Record<string, unknown>> {
    const post = postOf(job)
    const address = (id: string): string => job.reference(mediaKey(id))?.address ?? ''
    const status =
      job.hour !== null ? 'scheduled' : post.status === 'published' ? 'published' : statusFor(post, job, there)
    const authors = authorIds(post.authors, job)
    const now = serverTime ?? this.#access.clock.now()
    const at = post.date === null ? Number.NaN : Date.parse(post.date)
    const isOlder = job.base === null && at < now - 60_000
    const dated = dateOf(there)
    const isAhead = there.status === 'scheduled' || (there.status === 'draft' && dated !== null && dated > now)
    const date = job.hour ?? (isOlder ? at : isAhead && status === 'published' ? now : null)
    return {
      title: post.title,
      lexical: lexicalAt(post, address),
      custom_excerpt: post.excerpt === '' ? null : post.excerpt,
      slug: post.slug,
      status,
      tags: post.tags.map((name) => ({ name })),
      ...(authors.length > 0 && { authors: authors.map((author) => ({ id: author })) }),
      feature_image: post.featured === null ? null : address(post.featured),
      feature_image_alt: post.featured === null ? null : post.featuredAlt,
      feature_image_caption: post.featured === null ? null : post.featuredCaption,
      ...(date !== null && { published_at: new Date(date).toISOString() })
    }
  }

  /** On a Ghost site that does not list its users, nobody is found. */
  async #findAuthor(key: string, signal?: AbortSignal): Promise<Answer> {
    const told = await this.people(signal)
    if (told.kind === 'rejected' || told.kind === 'unauthorised') return foundAuthor(key, [])
    return told.kind === 'people' ? foundAuthor(key, told.people) : told
  }

  /** At its known address, or at those it would have been given this month or last. */
  async #findPicture({ id, fileName }: GhostPicture, job: Job, signal?: AbortSignal): Promise<Answer> {
    const now = new Date(this.#access.clock.now())
    const months = [0, 1].map((back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)))
    const guesses = months.map((month) => `${month.toISOString().slice(0, 7).replace('-', '/')}/${fileName}`)
    const known = job.reference(mediaKey(id))?.address
    const addresses = [
      ...(known ? [known] : []),
      ...guesses.map((path) => `${this.#access.url}/content/images/${path}`)
    ]
    for (const address of addresses) {
      const there = await this.#api.hasPicture(address, signal)
      if (typeof there !== 'string') return there
      if (there === 'yes')
        return { kind: 'present', learned: [{ local: mediaKey(id), remoteId: address, address, token: null }] }
    }
    return { kind: 'absent', serverTime: null }
  }

  async #sendPicture({ id, fileName: name, type }: GhostPicture, signal?: AbortSignal): Promise<Answer> {
    const file = { bytes: await this.#access.pictures.read(id), type, name }
    const reply = await this.#api.ask({ method: 'POST', path: '/images/upload/', file, signal })
    if (reply.kind === 'nothing-there') return { kind: 'rejected', message: say('ghost.noApi') }
    if (reply.kind !== 'ok') return reply
    const images = Images.safeParse(reply.value)
    const address = images.success ? webAddress(images.data.images[0]?.url ?? '') : null
    if (address === null) return notGhost
    return { kind: 'stored', learned: [{ local: mediaKey(id), remoteId: address, address, token: null }] }
  }

  async #post(id: string, job: Job, signal?: AbortSignal): Promise<Looked> {
    const expectedBytes = Buffer.byteLength(job.text())
    return one(
      await this.#api.ask({ method: 'GET', path: `/posts/${id}/`, query: FORMATS, signal, expectedBytes }),
      () => true
    )
  }

  /** By the mark, which was its draft's slug and stays in its text. */
  async #byMark(job: Job, signal?: AbortSignal): Promise<Looked> {
    const mark = markOf(job.storyId)
    const reply = await this.#list(
      { filter: `slug:'${mark}',lexical:~'${mark}'`, limit: '5', ...FORMATS },
      Buffer.byteLength(job.text()),
      signal
    )
    return one(reply, ({ slug, lexical }) => slug === mark || lexical?.includes(mark) === true)
  }

  /** A post with the same address and title may be this story: if found, it is a conflict in which both are shown. */
  async #byLikeness(job: Job, signal?: AbortSignal): Promise<Looked> {
    const nothing: Looked = { kind: 'ok', value: null, serverTime: null }
    if (job.purpose === 'withdraw' || job.reference(asNewKey(job.storyId))?.fresh) return nothing
    const { slug, title } = postOf(job)
    if (!/^[\w-]+$/.test(slug)) return nothing
    const query = { filter: `slug:'${slug}'`, limit: '1', ...FORMATS }
    const reply = await this.#list(query, Buffer.byteLength(job.text()), signal)
    return one(reply, (post) => post.title.toLowerCase() === title.toLowerCase() && !job.isKnown(post.id))
  }

  #list(query: Readonly<Record<string, string>>, expectedBytes: number, signal?: AbortSignal): Promise<Replied> {
    return this.#api.ask({ method: 'GET', path: '/posts/', query, signal, expectedBytes: 5 * expectedBytes })
  }
}

/**
 * Named only in the request that makes a draft public: Ghost sends a post as a newsletter only once, and a look has
 * just shown that it has not.
 */
function newsletterFor(job: Job, there: RemotePost): string | null {
  const { newsletter, status } = postOf(job)
  return job.base === null && there.status === 'draft' && !there.email && status === 'published' ? newsletter : null
}

/** The version Galley last saw, or its own draft. */
function isOurs(post: RemotePost, job: Job): boolean {
  return bearsMark(post.slug, job.storyId) || (job.base !== null && tokenOf(post) === job.base)
}

/** As Galley creates it, before the single update sets everything. */
function isEmptyDraft(post: RemotePost, storyId: string): boolean {
  const { slug, status, lexical, custom_excerpt: excerpt, feature_image: picture, tags = [] } = post
  return (
    bearsMark(slug, storyId) &&
    status === 'draft' &&
    isEmpty(parsed(lexical)) &&
    !excerpt &&
    !picture &&
    tags.length === 0
  )
}

/** The first post in a reply that fits. */
function one(reply: Replied, fits: (post: RemotePost) => boolean): Looked {
  if (reply.kind !== 'ok') return reply
  const posts = Posts.safeParse(reply.value)
  return posts.success ? { ...reply, value: posts.data.posts.find(fits) ?? null } : notGhost
}

function storedPost(reply: Replied, job: Job): Answer {
  if (reply.kind === 'nothing-there') return changedThere
  if (reply.kind !== 'ok') return reply
  const post = Posts.safeParse(reply.value).data?.posts[0]
  return post ? { kind: 'stored', learned: [learnedPost(post, job.storyId)] } : notGhost
}
