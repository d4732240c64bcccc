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
import { published } from '../payload.ts'
import { withoutSlots } from '../../../../../shared/story/pictures.ts'
import type { Story } from '../../../../../shared/story/story.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { BylineAuthor, bylineAuthors } from '../authors.ts'
import type { Intent, Job, PrepareContext } from '../target.ts'

export const WORDPRESS_TYPE = 'application/vnd.galley.wordpress-post+json'

/** A picture as sent to the site's media library. */
const Picture = z.object({ id: MediaId, fileName: z.string(), type: z.string(), alt: z.string(), caption: z.string() })
export type WordpressPicture = z.infer<typeof Picture>

/** A post as it should be, except for ids and addresses that only the server knows. */
const Post = z.object({
  title: z.string(),
  /** HTML with a picture's address written as `galley-media:<sha256>`. */
  content: z.string(),
  excerpt: z.string(),
  slug: z.string(),
  status: z.enum(wordpressStatuses),
  /** Its date, UTC; null: the moment of publication. */
  date: z.string().nullable(),
  category: z.string(),
  tags: z.array(z.string()),
  featured: MediaId.nullable(),
  pictures: z.array(Picture),
  /** The people in the byline; empty in deliveries of earlier versions. */
  authors: z.array(BylineAuthor).default([])
})
export type WordpressPost = z.infer<typeof Post>

const PICTURE_ADDRESS = 'galley-media:'

export function intentOf(whole: Story, { settings, picture }: PrepareContext<WordpressSettings>): Intent {
  const story = published(withoutSlots(whole))
  const { fields } = story
  const uses = [...(fields.leadImage ? [fields.leadImage] : []), ...picturesOf(story.body)]
  const media = [...new Set(uses.flatMap(({ mediaId }) => mediaId ?? []))]
  const pictures = media.map((id): WordpressPicture => {
    const { type } = picture(id)
    const use = uses.find(({ mediaId }) => mediaId === id)
    const credit = use?.credit ? `(${use.credit})` : ''
    return {
      id,
      // Only letters and digits: WordPress accepts no other name in the header in which it is sent.
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

/** A post as some build sent it; null if it was none of this form. */
export function postIn(sent: string): WordpressPost | null {
  return Post.safeParse(JSON.parse(sent)).data ?? null
}

export function postOf(job: Job): WordpressPost {
  return Post.parse(JSON.parse(job.text()))
}

/** The content with the server's addresses of its pictures. */
export function contentAt(post: WordpressPost, address: (mediaId: string) => string): string {
  return post.content.replace(/galley-media:([0-9a-f]{64})/g, (_whole, id: string) => textToHtml(address(id)))
}

/**
 * A name nobody else would create, by which something of ours is found again; in lower case, as WordPress makes slugs.
 */
export function markOf(id: string): string {
  return `galley-${id.replaceAll('-', '').slice(0, 32)}`
}

/** A picture's slug, different in every library: two libraries with the same picture each manage their own copy. */
export function pictureMark(id: string, owner: string): string {
  return `${markOf(id)}-${owner}`
}

/** WordPress treats title and excerpt as HTML: what would read as a tag or entity there is escaped. */
function asHtml(text: string): string {
  return text.replace(/&(?=#?\w{1,32};)/g, '&amp;').replaceAll('<', '&lt;')
}

/** Byline, body and corrections: WordPress has separate places only for title, excerpt and featured picture. */
function contentOf(story: Story, picture: PrepareContext<WordpressSettings>['picture']): string {
  const { byline, corrections, direction, language } = story.fields
  // The site decides what surrounds a post; most are set left to right, so whatever reads the other way is marked.
  const html: HtmlOptions = {
    direction: 'ltr',
    picture(use) {
      if (use.mediaId === null) return undefined
      const { width, height } = picture(use.mediaId)
      return { src: `${PICTURE_ADDRESS}${use.mediaId}`, width, height, style: WITHIN_THE_COLUMN }
    }
  }
  // In a right-to-left story, blocks without letters are aligned right too.
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
 * Block themes only style a picture that a block contains: any other overflows the column at full size. Written as
 * WordPress itself writes it, so that nothing is removed or reported as changed.
 */
const WITHIN_THE_COLUMN = 'max-width:100%;height:auto'

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif'
}
