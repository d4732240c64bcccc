import { beforeSending } from '../trouble.ts'
import { z } from 'zod'
import type { WordpressSettings } from '../../../../../shared/publishing/targets/wordpress.ts'
import { say, type Message } from '../../../../../shared/words/message.ts'
import {
  STORY_STEP,
  type Access,
  type Answer,
  type AtWork,
  type Job,
  type Left,
  type Leftover,
  type Made,
  type Person,
  type Step,
  type TargetClient,
  type Trouble
} from '../target.ts'
import { atWorkOn } from './at-work.ts'
import { markOf, postOf } from './intent.ts'
import { asNewKey } from '../target.ts'
import { DRAFT, SITE, storyKey } from './keys.ts'
import { discardIn, leftoversIn } from './leftovers.ts'
import { plainText } from './plain-text.ts'
import { findAuthor, isAuthorRefused, peopleOn } from './people.ts'
import { authorFor, copyOf, dateOf, learnedPost, ourFields, RemotePost, tokenOf } from './post.ts'
import { findPicture, sendPicture } from './pictures.ts'
import { EDIT, notWordpress } from './replies.ts'
import { WordpressRest, type Replied } from './rest.ts'
import { findTerm, sendTerm } from './terms.ts'

/** Carries out each step on one WordPress site. */
export class WordpressClient implements TargetClient {
  readonly #access: Access<WordpressSettings>

  constructor(access: Access<WordpressSettings>) {
    this.#access = access
  }

  async perform(step: Step, job: Job, signal?: AbortSignal): Promise<Answer> {
    const rest = this.#rest(job)
    if (step.key === SITE) {
      const found = await rest.discover(signal)
      if (found.kind !== 'ok') return found
      return { kind: 'present', learned: [{ local: SITE, remoteId: found.root, address: found.root, token: null }] }
    }
    if (step.key === STORY_STEP) return this.#sendStory(rest, job, signal)
    if (step.key === DRAFT)
      return step.act === 'find' ? this.#findDraft(rest, job, signal) : this.#sendDraft(rest, job, signal)
    if (step.name === 'terms')
      return step.act === 'find' ? findTerm(rest, step.key, signal) : sendTerm(rest, step.key, signal)
    if (step.name === 'authors') return findAuthor(rest, step.key, signal)
    const picture = postOf(job).pictures.find(({ id }) => step.key.endsWith(id))
    if (!picture) return { kind: 'rejected', message: say('wordpress.noPicture') }
    return step.act === 'find'
      ? findPicture(rest, step.key, picture, { job, owner: this.#access.owner }, signal)
      : sendPicture(rest, step.key, picture, this.#access, signal)
  }

  async probe(job: Job, signal?: AbortSignal): Promise<Answer> {
    const rest = this.#rest(job)
    const expectedBytes = Buffer.byteLength(job.text())
    const id = job.reference(storyKey(job.storyId))?.remoteId
    const known =
      id === undefined
        ? null
        : await rest.ask({ method: 'GET', path: `/posts/${id}`, query: EDIT, signal, expectedBytes })
    if (known && known.kind !== 'ok' && known.kind !== 'nothing-there') return known
    if (known?.kind === 'ok') {
      let post = RemotePost.safeParse(known.value)
      if (!post.success) return notWordpress
      if (isOverdue(post.data, known.serverTime ?? this.#access.clock.now())) {
        // WordPress only publishes scheduled posts when somebody visits; at night we are the visitor.
        await rest.visit(signal)
        const again = await rest.ask({
          method: 'GET',
          path: `/posts/${post.data.id}`,
          query: EDIT,
          signal,
          expectedBytes
        })
        if (again.kind === 'ok') post = RemotePost.safeParse(again.value)
        if (!post.success) return notWordpress
      }
      if (post.data.status !== 'trash')
        return { kind: 'found', remote: copyOf(post.data, job.storyId), serverTime: known.serverTime }
    }
    let draft = await this.#byMark(rest, job, signal)
    if (id === undefined && draft.kind === 'ok' && !draft.value) draft = await this.#byOldSlug(rest, job, signal)
    // WordPress remembers no old slug of something it has not published yet.
    if (id === undefined && job.mayWaitThere && job.base !== null && draft.kind === 'ok' && !draft.value)
      draft = await this.#byLikeness(rest, job, signal)
    // A site without its API is not a site without the post.
    if (draft.kind === 'nothing-there') return { kind: 'odd', message: say('wordpress.noApi') }
    if (draft.kind !== 'ok') return draft
    if (draft.value) return { kind: 'found', remote: copyOf(draft.value, job.storyId), serverTime: draft.serverTime }
    if (job.purpose === 'withdraw' && id === undefined)
      return { kind: 'rejected', message: say('wordpress.postUnknown') }
    return { kind: 'absent', serverTime: draft.serverTime }
  }

  leftovers(made: Made, signal?: AbortSignal): Promise<Left> {
    return leftoversIn(this.#rest(null), made, this.#access.owner, signal)
  }

  discard(leftover: Leftover, signal?: AbortSignal): Promise<Answer> {
    return discardIn(this.#rest(null), leftover, this.#access.owner, signal)
  }

  people(signal?: AbortSignal): Promise<{ kind: 'people'; people: readonly Person[] } | Trouble> {
    return peopleOn(this.#rest(null), signal)
  }

  atWork(remoteId: string, signal?: AbortSignal): Promise<AtWork | null> {
    return atWorkOn(this.#rest(null), remoteId, signal)
  }

  time(signal?: AbortSignal): Promise<number | null> {
    return this.#rest(null).time(signal)
  }

  async about(signal?: AbortSignal): Promise<{ ok: boolean; message: Message }> {
    const reply = await this.#rest(null).ask({ method: 'GET', path: '/users/me', query: EDIT, signal })
    if (reply.kind === 'nothing-there') return { ok: false, message: say('wordpress.noApi') }
    if (reply.kind !== 'ok')
      return { ok: false, message: 'message' in reply ? reply.message : say('cms.unknownAnswer') }
    const me = Me.safeParse(reply.value)
    if (!me.success) return { ok: false, message: say('wordpress.notWordpress') }
    const may = me.data.capabilities
    const name = me.data.name.slice(0, 200)
    if (!may['edit_posts']) return { ok: false, message: say('wordpress.mayNotWrite', { name }) }
    if (!may['upload_files']) return { ok: false, message: say('wordpress.mayNotUpload', { name }) }
    if (this.#access.settings.status === 'publish' && !may['publish_posts'])
      return {
        ok: false,
        message: say('wordpress.mayNotPublish', { name })
      }
    return { ok: true, message: say('wordpress.knowsUs', { name }) }
  }

  /** The draft of this story, or the post it became: a library restored from a backup knows of neither. */
  async #findDraft(rest: WordpressRest, job: Job, signal?: AbortSignal): Promise<Answer> {
    for (const look of [this.#byMark, this.#byOldSlug, this.#byLikeness]) {
      const found = await look.call(this, rest, job, signal)
      if (found.kind === 'nothing-there') return { kind: 'rejected', message: found.message }
      if (found.kind !== 'ok') return found
      if (found.value) return { kind: 'present', learned: [learnedPost(found.value, job.storyId)] }
    }
    return { kind: 'absent', serverTime: null }
  }

  /**
   * WordPress remembers the slug a post had before it was published and redirects from it: so the draft's mark leads to
   * the post that it became, although the post itself contains no mark.
   */
  async #byOldSlug(rest: WordpressRest, job: Job, signal?: AbortSignal): Promise<Looked> {
    const led = await rest.leadsTo(markOf(job.storyId), signal)
    if (led.kind !== 'ok') return led
    const address = led.value
    if (address === null) return { kind: 'ok', value: null, serverTime: led.serverTime }
    const id = new URL(address).searchParams.get('p')
    const slug = address.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? ''
    const query = { ...EDIT, status: 'any', ...(id === null ? { slug } : { include: id }) }
    const found = await this.#posts(rest, query, job, signal)
    return found.kind === 'ok' ? { ...found, value: found.value.find(({ link }) => link === address) ?? null } : found
  }

  /**
   * A post with the same address and title may be this story, whoever created it. It is not treated as ours without a
   * person's decision: it is a conflict in which both are shown. Posts that other stories of this library became are
   * excluded.
   */
  async #byLikeness(rest: WordpressRest, job: Job, signal?: AbortSignal): Promise<Looked> {
    if (job.purpose === 'withdraw' || job.reference(asNewKey(job.storyId))?.fresh)
      return { kind: 'ok', value: null, serverTime: null }
    const { slug, title } = postOf(job)
    if (slug === '') return { kind: 'ok', value: null, serverTime: null }
    const found = await this.#posts(rest, { ...EDIT, slug, status: 'any' }, job, signal)
    if (found.kind !== 'ok') return found
    const alike = found.value.find(
      (post) =>
        plainText(post.title.raw).toLowerCase() === plainText(title).toLowerCase() && !job.isKnown(String(post.id))
    )
    return { ...found, value: alike ?? null }
  }

  async #posts(
    rest: WordpressRest,
    query: Readonly<Record<string, string>>,
    job: Job,
    signal?: AbortSignal
  ): Promise<Exclude<Replied, { kind: 'ok' }> | { kind: 'ok'; value: RemotePost[]; serverTime: number | null }> {
    const expectedBytes = Buffer.byteLength(job.text())
    const reply = await rest.ask({ method: 'GET', path: '/posts', query, signal, expectedBytes })
    if (reply.kind !== 'ok') return reply
    const posts = z.array(RemotePost).safeParse(reply.value)
    return posts.success ? { ...reply, value: posts.data } : { kind: 'odd', message: notWordpress.message }
  }

  async #sendDraft(rest: WordpressRest, job: Job, signal?: AbortSignal): Promise<Answer> {
    const json = { slug: markOf(job.storyId), status: 'draft', title: postOf(job).title }
    return storedPost(await rest.ask({ method: 'POST', path: '/posts', query: EDIT, json, signal }), job)
  }

  /** A single update sets everything. Checked immediately before, because WordPress itself lets the last writer win. */
  async #sendStory(rest: WordpressRest, job: Job, signal?: AbortSignal): Promise<Answer> {
    const id = job.reference(storyKey(job.storyId))?.remoteId
    if (id === undefined) return changedThere
    const expectedBytes = Buffer.byteLength(job.text())
    const before = await rest.ask({ method: 'GET', path: `/posts/${id}`, query: EDIT, signal, expectedBytes })
    if (before.kind === 'nothing-there') return changedThere
    if (before.kind !== 'ok') return beforeSending(before)
    const post = RemotePost.safeParse(before.value)
    if (!post.success) return notWordpress
    if (!isOurs(post.data, job)) return changedThere
    const send = (json: unknown): Promise<Replied> =>
      rest.ask({ method: 'POST', path: `/posts/${id}`, query: EDIT, json, signal, expectedBytes })
    if (job.purpose === 'withdraw') return storedPost(await send({ status: 'draft' }), job)
    if (job.hour !== null) {
      // Somebody has published it meanwhile: scheduling it now would take it away from its readers.
      if (post.data.status === 'publish') return changedThere
      // WordPress publishes at once what has less than a minute left.
      if (job.hour - (before.serverTime ?? this.#access.clock.now()) < LEAST_AHEAD) return tooNear
    }
    const { author, ...json } = this.#update(job, post.data, before.serverTime)
    const reply = await send({ ...json, ...(author !== undefined && { author }) })
    // Refused only because of the author, and nothing stored: it is published under the account's own name, and the
    // receipt says so.
    return storedPost(author !== undefined && isAuthorRefused(reply) ? await send(json) : reply, job)
  }

  /**
   * Becomes a draft under its mark again, as it was created; the date is removed, because it would delay anybody who
   * publishes the draft.
   */
  async recall(job: Job, signal?: AbortSignal): Promise<Answer> {
    const rest = this.#rest(job)
    const id = job.reference(storyKey(job.storyId))?.remoteId
    if (id === undefined) return changedThere
    const before = await rest.ask({ method: 'GET', path: `/posts/${id}`, query: EDIT, signal })
    if (before.kind === 'nothing-there') return changedThere
    if (before.kind !== 'ok') return beforeSending(before)
    const post = RemotePost.safeParse(before.value)
    if (!post.success) return notWordpress
    if (!isOurs(post.data, job) || post.data.status === 'publish') return changedThere
    const json = { status: 'draft', slug: markOf(job.storyId), date_gmt: null }
    return storedPost(await rest.ask({ method: 'POST', path: `/posts/${id}`, query: EDIT, json, signal }), job)
  }

  /**
   * The status `future` for an hour minutes ahead, and otherwise never a future date: WordPress publishes a `future`
   * post as soon as its date has passed, and would hold back any other by itself.
   */
  #update(job: Job, there: RemotePost, serverTime: number | null): Readonly<Record<string, unknown>> {
    const post = postOf(job)
    const { title, content, excerpt, slug, status, categories, tags, featured } = ourFields(post, job, there)
    const author = authorFor(post, job)
    const now = serverTime ?? this.#access.clock.now()
    const at = post.date === null ? Number.NaN : Date.parse(post.date)
    const isNew = job.base === null
    const dated = dateOf(there)
    const isHeldBack = there.status === 'future' || (there.status !== 'publish' && dated !== null && dated > now)
    const isPublic = post.status === 'publish'
    const date = job.hour ?? (isNew && at < now - 60_000 ? at : isHeldBack && isPublic ? now : null)
    return {
      title,
      content,
      excerpt,
      slug,
      status: job.hour !== null ? 'future' : isPublic ? 'publish' : status,
      tags,
      ...(post.category !== '' && categories.length > 0 && { categories }),
      featured_media: featured,
      ...(author !== null && author !== there.author && { author }),
      ...(date !== null && { date_gmt: new Date(date).toISOString().slice(0, 19) })
    }
  }

  async #byMark(rest: WordpressRest, job: Job, signal?: AbortSignal): Promise<Looked> {
    const found = await this.#posts(rest, { ...EDIT, slug: markOf(job.storyId), status: 'any' }, job, signal)
    return found.kind === 'ok' ? { ...found, value: found.value[0] ?? null } : found
  }

  #rest(job: Job | null): WordpressRest {
    return new WordpressRest(this.#access, job?.reference(SITE)?.address ?? null)
  }
}

type Looked =
  | Exclude<Replied, { kind: 'ok' }>
  | { readonly kind: 'ok'; readonly value: RemotePost | null; readonly serverTime: number | null }

/** How long before its hour WordPress must have a post, in milliseconds. */
const LEAST_AHEAD = 2 * 60_000
const tooNear: Answer = { kind: 'later', waitMs: 0, message: say('cms.hourTooNear') }

const Me = z.looseObject({ name: z.string(), capabilities: z.record(z.string(), z.unknown()) })
const changedThere: Answer = { kind: 'changed', message: say('wordpress.changed') }

/** The version Galley last saw, or its own draft. */
function isOurs(post: RemotePost, job: Job): boolean {
  if (post.status === 'trash') return false
  return post.slug === markOf(job.storyId) || (job.base !== null && tokenOf(post) === job.base)
}

function isOverdue(post: RemotePost, now: number): boolean {
  const dated = dateOf(post)
  return post.status === 'future' && dated !== null && dated <= now
}

function storedPost(reply: Replied, job: Job): Answer {
  if (reply.kind === 'nothing-there') return changedThere
  if (reply.kind !== 'ok') return reply
  const post = RemotePost.safeParse(reply.value)
  return post.success ? { kind: 'stored', learned: [learnedPost(post.data, job.storyId)] } : notWordpress
}
