import { z } from 'zod'
import { authorIds } from '../authors.ts'
import type { Job, Learned, RemoteCopy } from '../target.ts'
import type { PostFields } from './compare.ts'
import { contentAt, markOf, type WordpressPost } from './intent.ts'
import { mediaKey, storyKey, termKey } from './keys.ts'

const Raw = z.object({ raw: z.string() })
const Ids = z.array(z.int())

/**
 * The part of a post that is its content: two reads with the same content are the same version, whoever saved in
 * between.
 */
export const PostContent = z.object({
  slug: z.string(),
  status: z.string(),
  title: Raw,
  content: Raw,
  excerpt: Raw,
  categories: Ids,
  tags: Ids,
  featured_media: z.int()
})
export type PostContent = z.infer<typeof PostContent>

/** A post as the API returns it with `context=edit`. */
export const RemotePost = PostContent.extend({
  id: z.int(),
  link: z.string(),
  modified_gmt: z.string(),
  /** UTC, although it does not say so. */
  date_gmt: z.string().nullish(),
  author: z.int().optional(),
  _links: z.looseObject({ 'predecessor-version': z.array(z.looseObject({ id: z.int() })).optional() }).optional()
})
export type RemotePost = z.infer<typeof RemotePost>

/** The id of a category or tag that could not be created. */
export const NOT_MADE = ''

/**
 * Changes with every edit there. WordPress has no change token: its time of the last change has whole seconds, and a
 * change of tags alone makes no revision, so this combines both. Compared only for equality: the time may lie in the
 * future.
 */
export function tokenOf({ modified_gmt: modified, _links: links }: RemotePost): string {
  return `${modified}/${links?.['predecessor-version']?.[0]?.id ?? 0}`
}

export function copyOf(post: RemotePost, storyId: string): RemoteCopy {
  const url = post.status === 'publish' ? webAddress(post.link) : null
  const dated = dateOf(post)
  return {
    token: tokenOf(post),
    unfinished: post.slug === markOf(storyId),
    url,
    ...(post.status === 'future' && dated !== null && { publishesAt: dated }),
    ...(post.status === 'publish' && dated !== null && { publishedAt: dated }),
    content: PostContent.parse(post),
    ...(post.author !== undefined && { authors: [String(post.author)] }),
    learned: [learnedPost(post, storyId)]
  }
}

/** The post's date, milliseconds UTC; null if it has none. */
export function dateOf({ date_gmt: date }: RemotePost): number | null {
  const at = Date.parse(`${date ?? ''}Z`)
  return Number.isNaN(at) ? null : at
}

export function learnedPost(post: RemotePost, storyId: string): Learned {
  return { local: storyKey(storyId), remoteId: String(post.id), address: webAddress(post.link), token: tokenOf(post) }
}

/** `there`: the post as it is, for the parts that an update leaves to people working in WordPress. */
export function ourFields(post: WordpressPost, job: Job, there: PostContent): PostFields {
  return {
    title: post.title,
    content: contentAt(post, (id) => job.reference(mediaKey(id))?.address ?? ''),
    excerpt: post.excerpt,
    slug: post.slug,
    status: statusFor(post, job, there),
    categories: idsOf(job, post.category === '' ? [] : [termKey('categories', post.category)]),
    tags: idsOf(
      job,
      post.tags.map((tag) => termKey('tags', tag))
    ),
    featured: post.featured === null ? 0 : Number(job.reference(mediaKey(post.featured))?.remoteId ?? 0)
  }
}

/** WordPress names one author: the first in the byline known there; null: whoever it is at present. */
export function authorFor(post: WordpressPost, job: Job): number | null {
  const [first] = authorIds(post.authors, job)
  return first === undefined ? null : Number(first)
}

export function theirFields(post: PostContent): PostFields {
  const { title, content, excerpt, slug, status, categories, tags, featured_media: featured } = post
  return { title: title.raw, content: content.raw, excerpt: excerpt.raw, slug, status, categories, tags, featured }
}

/**
 * An update does not turn a story that somebody published in WordPress back into a draft. One that WordPress publishes
 * by itself may still be waiting for its hour, and is published after that.
 */
function statusFor(post: WordpressPost, job: Job, there: PostContent): string {
  if (post.status === 'publish' && job.mayWaitThere && (there.status === 'future' || there.status === 'publish'))
    return there.status
  return post.status !== 'publish' && (there.status === 'publish' || there.status === 'future')
    ? there.status
    : post.status
}

function idsOf(job: Job, keys: readonly string[]): number[] {
  const ids = keys.flatMap((key) => job.reference(key)?.remoteId ?? NOT_MADE).filter((id) => id !== NOT_MADE)
  return [...new Set(ids.map(Number))]
}

function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' ? url.href : null
}
