import { z } from 'zod'
import { MediaId } from '../../../../../shared/document/image-use.ts'
import { picturesOf } from '../../../../../shared/document/pictures.ts'
import { bodyToHtml, type HtmlOptions } from '../../../../../shared/document/to-html.ts'
import { blockAttributes, textToHtml } from '../../../../../shared/document/blocks/markup.ts'
import { directionOfText } from '../../../../../shared/document/direction.ts'
import { resolveDirection } from '../../../../../shared/document/language.ts'
import { blockToText } from '../../../../../shared/document/to-text.ts'
import type { WordpressSettings } from '../../../../../shared/publishing/targets/wordpress.ts'
import { wordpressStatuses } from '../../../../../shared/publishing/targets/wordpress.ts'
import { correctionsAt } from '../../../../../shared/story/corrections.ts'
import { withoutSlots } from '../../../../../shared/story/pictures.ts'
import type { Story } from '../../../../../shared/story/story.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { BylineAuthor, bylineAuthors } from '../authors.ts'
import type { Intent, Job, PrepareContext } from '../target.ts'

export const WORDPRESS_TYPE = 'application/vnd.galley.wordpress-post+json'

/** A picture as the media library of the site gets it. */
const Picture = z.object({ id: MediaId, fileName: z.string(), type: z.string(), alt: z.string(), caption: z.string() })
export type WordpressPicture = z.infer<typeof Picture>

/** One post as it is to be, but for the ids and addresses that only the server knows. */
const Post = z.object({
  title: z.string(),
  /** HTML in which a picture's address reads `galley-media:<sha256>`. */
  content: z.string(),
  excerpt: z.string(),
  slug: z.string(),
  status: z.enum(wordpressStatuses),
  /** Its date, UTC; null: the moment it is published. */
  date: z.string().nullable(),
  category: z.string(),
  tags: z.array(z.string()),
  featured: MediaId.nullable(),
  pictures: z.array(Picture),
  /** Whom the byline names; deliveries of earlier versions say nobody. */
  authors: z.array(BylineAuthor).default([])
})
export type WordpressPost = z.infer<typeof Post>

const PICTURE_ADDRESS = 'galley-media:'

export function intentOf(whole: Story, { settings, picture }: PrepareContext<WordpressSettings>): Intent {
  const story = withoutSlots(whole)
  const { fields } = story
  const uses = [...(fields.leadImage ? [fields.leadImage] : []), ...picturesOf(story.body)]
  const media = [...new Set(uses.flatMap(({ mediaId }) => mediaId ?? []))]
  const pictures = media.map((id): WordpressPicture => {
    const { type } = picture(id)
    const use = uses.find(({ mediaId }) => mediaId === id)
    const credit = use?.credit ? `(${use.credit})` : ''
    return {
      id,
      // A name of letters and figures alone: WordPress takes no other in the header it is sent in.
      fileName: `${markOf(id)}.${EXTENSIONS[type] ?? 'bin'}`,
      type,
      alt: use?.alt ?? '',
      caption: [use?.caption, credit].filter(Boolean).join(' ')
    }
  })
  const post: WordpressPost = {
    title: asHtml(fields.headline.trim()),
    content: contentOf(story, picture),
    excerpt: asHtml(fields.standfirst.trim()),
    slug: fields.slug,
    status: settings.status,
    date: fields.times.firstPublished?.utc ?? null,
    category: fields.section.trim(),
    tags: [...new Set(fields.keywords.map((keyword) => keyword.trim()).filter(Boolean))],
    featured: fields.leadImage?.mediaId ?? null,
    pictures,
    authors: bylineAuthors(fields, settings.authors)
  }
  const text = canonicalJson(post)
  return { contentType: WORDPRESS_TYPE, text, sha256: sha256(text), media }
}

export function postOf(job: Job): WordpressPost {
  return Post.parse(JSON.parse(job.text()))
}

/** The content with the addresses the server gave its pictures. */
export function contentAt(post: WordpressPost, address: (mediaId: string) => string): string {
  return post.content.replace(/galley-media:([0-9a-f]{64})/g, (_whole, id: string) => textToHtml(address(id)))
}

/** A name nobody else makes, by which a thing of ours is found again; lower case, as WordPress makes slugs. */
export function markOf(id: string): string {
  return `galley-${id.replaceAll('-', '').slice(0, 32)}`
}

/** The slug of a picture, which no other library gives one: two that have the same picture each see to their own. */
export function pictureMark(id: string, owner: string): string {
  return `${markOf(id)}-${owner}`
}

/** WordPress takes title and excerpt for HTML: what would read as a tag or an entity there is written as what it is. */
function asHtml(text: string): string {
  return text.replace(/&(?=#?\w{1,32};)/g, '&amp;').replaceAll('<', '&lt;')
}

/** Byline, body and corrections: WordPress has a place of its own for title, excerpt and featured picture alone. */
function contentOf(story: Story, picture: PrepareContext<WordpressSettings>['picture']): string {
  const { byline, corrections, direction, language } = story.fields
  // What surrounds a post is the site's affair; most are set left to right, and what reads the other way says so.
  const html: HtmlOptions = {
    direction: 'ltr',
    picture(use) {
      if (use.mediaId === null) return undefined
      const { width, height } = picture(use.mediaId)
      return { src: `${PICTURE_ADDRESS}${use.mediaId}`, width, height, style: WITHIN_THE_COLUMN }
    }
  }
  // In a story from right to left, what has no letters stands on the right too.
  const isRtl = resolveDirection(direction, language) === 'rtl'
  const blocks = story.body.blocks.map((block) =>
    isRtl && block.dir === undefined && directionOfText(blockToText(block)) === undefined
      ? { ...block, dir: 'rtl' as const }
      : block
  )
  const line = (name: string, text: string): string =>
    text === '' ? '' : `<p class="${name}"${blockAttributes({}, text, html)}>${textToHtml(text)}</p>`
  return [
    line('byline', byline),
    ...correctionsAt(corrections, 'top').map(({ text }) => line('correction', text)),
    bodyToHtml({ ...story.body, blocks }, html),
    ...correctionsAt(corrections, 'bottom').map(({ text }) => line('correction', text))
  ]
    .filter(Boolean)
    .join('\n')
}

/**
 * Themes that are made of blocks style a picture only where a block brings it: any other runs out of the column, as wide
 * as it is. Written as WordPress writes it itself, so that nothing of it is taken away or told as changed.
 */
const WITHIN_THE_COLUMN = 'max-width:100%;height:auto'

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif'
}
