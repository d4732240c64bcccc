import { z } from 'zod'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import type { Learned, RemoteCopy } from '../target.ts'
import { bearsMark } from './intent.ts'

/** The part of a post that is its content. */
export const PostContent = z.object({
  title: z.string(),
  slug: z.string(),
  status: z.string(),
  lexical: z.string().nullable(),
  custom_excerpt: z.string().nullable(),
  feature_image: z.string().nullable(),
  feature_image_alt: z.string().nullable().optional(),
  feature_image_caption: z.string().nullable().optional(),
  tags: z.array(z.object({ name: z.string() })).optional()
})
export type PostContent = z.infer<typeof PostContent>

/** A post as the Admin API returns it with `formats=lexical`. */
export const RemotePost = PostContent.extend({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  url: z.string(),
  updated_at: z.string(),
  published_at: z.string().nullish(),
  /** The newsletter it was sent as. */
  email: z.looseObject({ status: z.string() }).nullish(),
  authors: z.array(z.object({ id: z.string() })).optional()
})
export type RemotePost = z.infer<typeof RemotePost>

export const Posts = z.object({ posts: z.array(RemotePost) })

/**
 * Changes with every edit there. Ghost's time of the last change has only whole seconds and ignores changes of tags, so
 * the token includes the content.
 */
export function tokenOf(post: RemotePost): string {
  return `${post.updated_at}/${sha256(canonicalJson(PostContent.parse(post))).slice(0, 16)}`
}

export function copyOf(post: RemotePost, storyId: string): RemoteCopy {
  const dated = dateOf(post)
  return {
    token: tokenOf(post),
    unfinished: bearsMark(post.slug, storyId),
    url: post.status === 'published' ? webAddress(post.url) : null,
    ...(post.status === 'scheduled' && dated !== null && { publishesAt: dated }),
    ...(post.status === 'published' && dated !== null && { publishedAt: dated }),
    content: PostContent.parse(post),
    newsletter: !post.email ? 'none' : post.email.status === 'failed' ? 'failed' : 'made',
    ...(post.authors && { authors: post.authors.map(({ id }) => id) }),
    learned: [learnedPost(post, storyId)]
  }
}

/** The post's date, milliseconds UTC; null if it has none. */
export function dateOf({ published_at: date }: RemotePost): number | null {
  const at = Date.parse(date ?? '')
  return Number.isNaN(at) ? null : at
}

export function learnedPost(post: RemotePost, storyId: string): Learned {
  return { local: storyKey(storyId), remoteId: post.id, address: webAddress(post.url), token: tokenOf(post) }
}

export function storyKey(id: string): string {
  return `story:${id}`
}

export function mediaKey(id: string): string {
  return `media:${id}`
}

export function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' ? url.href : null
}
