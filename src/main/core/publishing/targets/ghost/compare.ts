import { z } from 'zod'
import { say, type Message } from '../../../../../shared/words/message.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { Difference, Job } from '../target.ts'
import { lexicalAt, type GhostPost } from './intent.ts'
import { mediaKey, type PostContent } from './post.ts'

/** Compares field by field; what Ghost changes by itself is reported and tolerated. */
export function differences(post: GhostPost, job: Job, theirs: PostContent): Difference[] {
  const found: Difference[] = []
  const add = (field: string, note: Message, byServer: boolean): void => void found.push({ field, note, byServer })
  const address = (id: string): string => job.reference(mediaKey(id))?.address ?? ''
  if (post.title !== theirs.title) add('headline', say('ghost.otherTitle'), false)
  if (post.excerpt !== (theirs.custom_excerpt ?? '')) add('standfirst', say('ghost.otherExcerpt'), false)
  else if (post.excerptCut) add('standfirst', say('ghost.excerptCut'), true)
  const ours = parsed(lexicalAt(post, address))
  const there = parsed(theirs.lexical)
  if (canonicalJson(ours) !== canonicalJson(there)) {
    if (wordsOf(ours).join('\n') === wordsOf(there).join('\n')) add('body', say('ghost.bodyRewritten'), true)
    else add('body', say('ghost.otherText'), false)
  }
  if (post.slug !== theirs.slug) add('slug', say('ghost.slugMade', { slug: theirs.slug }), true)
  if (statusFor(post, job, theirs) !== theirs.status)
    add('status', say('ghost.otherStatus', { theirs: theirs.status, ours: post.status }), false)
  const names = (theirs.tags ?? []).map(({ name }) => name.toLowerCase())
  if (!post.tags.every((tag) => names.includes(tag.toLowerCase()))) add('keywords', say('ghost.tagLeftOut'), true)
  else if (post.tagsCut) add('keywords', say('ghost.tagCut'), true)
  const featured = post.featured === null ? '' : address(post.featured)
  if (featured !== (theirs.feature_image ?? '')) add('picture', say('ghost.otherFeatured'), false)
  else if (
    featured !== '' &&
    (post.featuredAlt !== (theirs.feature_image_alt ?? '') ||
      post.featuredCaption !== (theirs.feature_image_caption ?? ''))
  )
    add('picture', say('ghost.otherCaption'), false)
  return found
}

/**
 * An update does not turn a story that somebody published in Ghost back into a draft. One that Ghost publishes by
 * itself may still be waiting for its hour, and is published after that.
 */
export function statusFor(post: GhostPost, job: Job, there: PostContent): string {
  if (post.status === 'published' && job.mayWaitThere && (there.status === 'scheduled' || there.status === 'published'))
    return there.status
  return post.status === 'draft' && (there.status === 'published' || there.status === 'scheduled')
    ? there.status
    : post.status
}

/** The paragraphs of Lexical JSON as plain text, for a person to read. */
export function paragraphsOf(lexical: unknown): string[] {
  const blocks = Root.safeParse(lexical).data?.root.children ?? []
  return blocks.map((block) => textOf(block).trim()).filter(Boolean)
}

function textOf(node: unknown): string {
  const { data } = Node.safeParse(node)
  if (!data) return ''
  if (data.type === 'linebreak') return '\n'
  if (data.type === 'list') return (data.children ?? []).map(textOf).join('\n')
  return [data.text ?? '', plain(data.html), plain(data.caption), ...(data.children ?? []).map(textOf)].join('')
}

function plain(html: string | undefined): string {
  return (html ?? '').replace(/<[^<>]*>/g, ' ').replace(/ {2,}/g, ' ')
}

const Root = z.looseObject({ root: z.looseObject({ children: z.array(z.unknown()) }) })
const Node = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  html: z.string().optional(),
  caption: z.string().optional(),
  children: z.array(z.unknown()).optional()
})

/** The words in Lexical JSON, one line per text or card, and the addresses of its pictures. */
function wordsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap(wordsOf)
  const { text, html, src, alt, caption, children, root } = node as Readonly<Record<string, unknown>>
  const own = [text, html, src, alt, caption].filter((value): value is string => typeof value === 'string')
  return [...own.filter(Boolean), ...wordsOf(children), ...wordsOf(root)]
}

/** True for nothing but empty paragraphs. */
export function isEmpty(lexical: unknown): boolean {
  const { data } = Root.safeParse(lexical)
  return data?.root.children.every((child) => isEmptyParagraph(Node.safeParse(child).data)) ?? false
}

function isEmptyParagraph(node: z.infer<typeof Node> | undefined): boolean {
  return node?.type === 'paragraph' && (node.children ?? []).length === 0
}

/** Null for anything but Lexical JSON, such as a post from an older editor. */
export function parsed(lexical: string | null): unknown {
  try {
    return JSON.parse(lexical ?? 'null') as unknown
  } catch {
    return null
  }
}
