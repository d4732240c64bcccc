import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import type { Answer, Left, Leftover, Made } from '../target.ts'
import { markOf, pictureMark } from './intent.ts'
import { mediaKey, storyKey } from './keys.ts'
import { RemotePost, tokenOf } from './post.ts'
import type { WordpressRest } from './rest.ts'
import { fileOf, RemotePicture, Stopped, surveyOf, troubleIn, useOf } from './usage.ts'

/** How many copies of one picture are looked for. */
const COPIES = 4
/** Slugs per request: an address of a few kilobytes, which every server accepts. */
const SLUGS = 80
/** The most items in one reply. */
const PAGE = 100

const touched = { kind: 'changed', message: say('wordpress.orphanTouched') } as const satisfies Answer

/**
 * Drafts that still have a story's mark and no text, and pictures that have this library's mark: second copies, whose
 * slug WordPress made unique with a number, and pictures of stories that were never published. A picture that anything
 * on the site shows is not left over; one for which that cannot be told is kept.
 */
export async function leftoversIn(rest: WordpressRest, made: Made, owner: string, signal?: AbortSignal): Promise<Left> {
  try {
    const leftovers: Leftover[] = []
    const stories = new Map(made.stories.map((story) => [markOf(story.id), story]))
    const drafts = await bySlug(rest, '/posts', [...stories.keys()], RemotePost, { status: 'any' }, signal)
    for (const post of drafts) {
      const story = stories.get(post.slug)
      // One that was recalled has its text; once its story is deleted here, nothing leads to it any more.
      const token = post.status === 'draft' && tokenOf(post) === story?.lastSeen ? story.lastSeen : null
      if (!story || (token === null && !isEmptyDraft(post))) continue
      const storyId = story.id
      const { id, title, link: address } = post
      leftovers.push({
        kind: 'draft',
        local: storyKey(storyId),
        remoteId: String(id),
        name: title.raw,
        address,
        storyId,
        ...(token !== null && { token }),
        kept: null
      })
    }

    const pictures = new Map(
      made.pictures.flatMap((picture) =>
        slugsOf(pictureMark(picture.id, owner)).map((slug, copy) => [slug, { ...picture, copy }] as const)
      )
    )
    const media = await bySlug(rest, '/media', [...pictures.keys()], RemotePicture, {}, signal)
    const survey = media.length > 0 ? await surveyOf(rest, signal) : null
    for (const item of media) {
      const picture = pictures.get(item.slug)
      if (!picture || !survey) continue
      const isKept = picture.remoteId === null ? picture.copy === 0 : picture.remoteId === String(item.id)
      if (picture.used && isKept) continue
      const use = await useOf(rest, item, survey, signal)
      if (use === 'shown') continue
      leftovers.push({
        kind: 'picture',
        local: mediaKey(picture.id),
        remoteId: String(item.id),
        name: fileOf(item),
        address: item.source_url,
        storyId: picture.storyId,
        kept: use === 'unknown' ? say('wordpress.useUnknown') : null
      })
    }
    return { kind: 'left', leftovers }
  } catch (error) {
    if (error instanceof Stopped) return error.trouble
    throw error
  }
}

/**
 * Checked again: it is removed only if it is still what it was. A post goes to the trash; the media library has none,
 * so a picture is once more looked for in everything on the site.
 */
export async function discardIn(
  rest: WordpressRest,
  leftover: Leftover,
  owner: string,
  signal?: AbortSignal
): Promise<Answer> {
  const { kind, remoteId } = leftover
  const path = `${kind === 'draft' ? '/posts' : '/media'}/${remoteId}`
  const there = await rest.ask({ method: 'GET', path, query: { context: 'edit' }, signal })
  if (there.kind === 'nothing-there') return { kind: 'stored', learned: [] }
  if (there.kind !== 'ok') return there
  const refusal =
    kind === 'draft'
      ? draftRefusal(leftover, there.value)
      : await pictureRefusal(rest, leftover, there.value, owner, signal)
  if (refusal) return refusal
  const query = kind === 'picture' ? { query: { force: 'true' } } : {}
  const reply = await rest.ask({ method: 'DELETE', path, ...query, signal })
  if (reply.kind === 'ok' || reply.kind === 'nothing-there') return { kind: 'stored', learned: [] }
  return troubleIn(reply)
}

function draftRefusal({ storyId, token }: Leftover, value: unknown): Answer | null {
  const { data: post } = RemotePost.safeParse(value)
  if (post?.slug !== markOf(storyId)) return touched
  const isAsSeen = token !== undefined && post.status === 'draft' && tokenOf(post) === token
  return isAsSeen || isEmptyDraft(post) ? null : touched
}

async function pictureRefusal(
  rest: WordpressRest,
  { local }: Leftover,
  value: unknown,
  owner: string,
  signal?: AbortSignal
): Promise<Answer | null> {
  const { data: item } = RemotePicture.safeParse(value)
  if (!item || !slugsOf(pictureMark(local.slice(mediaKey('').length), owner)).includes(item.slug)) return touched
  try {
    const use = await useOf(rest, item, await surveyOf(rest, signal), signal)
    if (use === 'unused') return null
    return { kind: 'changed', message: say(use === 'shown' ? 'wordpress.orphanShown' : 'wordpress.useUnknown') }
  } catch (error) {
    if (error instanceof Stopped) return error.trouble
    throw error
  }
}

/**
 * As Galley creates it before its single update sets everything: anything written in it since belongs to somebody else.
 */
function isEmptyDraft({ status, content, excerpt, featured_media: featured }: RemotePost): boolean {
  return status === 'draft' && content.raw.trim() === '' && excerpt.raw.trim() === '' && featured === 0
}

function slugsOf(mark: string): string[] {
  return Array.from({ length: COPIES }, (_, at) => (at === 0 ? mark : `${mark}-${at + 1}`))
}

async function bySlug<Item>(
  rest: WordpressRest,
  path: string,
  slugs: readonly string[],
  item: z.ZodType<Item>,
  more: Readonly<Record<string, string>>,
  signal?: AbortSignal
): Promise<Item[]> {
  const found: Item[] = []
  for (let from = 0; from < slugs.length; from += SLUGS) {
    const slug = slugs.slice(from, from + SLUGS).join(',')
    const query = { ...more, slug, context: 'edit', per_page: String(PAGE) }
    const reply = await rest.ask({ method: 'GET', path, query, signal })
    if (reply.kind !== 'ok') throw new Stopped(troubleIn(reply))
    const items = z.array(item).safeParse(reply.value)
    if (!items.success) throw new Stopped({ kind: 'odd', message: say('wordpress.strangeReply') })
    found.push(...items.data)
  }
  return found
}
