import { z } from 'zod'
import { textToHtml } from '../../../../../shared/document/blocks/markup.ts'
import { MediaId } from '../../../../../shared/document/image-use.ts'
import { picturesOf } from '../../../../../shared/document/pictures.ts'
import { ghostStatuses, type GhostSettings } from '../../../../../shared/publishing/targets/ghost.ts'
import { GalleyError } from '../../../../../shared/rpc/errors.ts'
import { correctionsAt } from '../../../../../shared/story/corrections.ts'
import type { Correction } from '../../../../../shared/story/fields.ts'
import { published } from '../payload.ts'
import { withoutSlots } from '../../../../../shared/story/pictures.ts'
import type { Story } from '../../../../../shared/story/story.ts'
import { say } from '../../../../../shared/words/message.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { BylineAuthor, bylineAuthors } from '../authors.ts'
import type { Intent, Job, PrepareContext } from '../target.ts'
import { captionHtml, lexicalOf } from './lexical.ts'

export const GHOST_TYPE = 'application/vnd.galley.ghost-post+json'

/** The longest Ghost accepts, in characters. */
const LONGEST_TITLE = 255
export const LONGEST_EXCERPT = 300
const LONGEST_TAG = 191

const Picture = z.object({ id: MediaId, fileName: z.string(), type: z.string() })
export type GhostPicture = z.infer<typeof Picture>

/** A post as it should be, except for addresses that only the server knows. */
const Post = z.object({
  title: z.string(),
  /** Lexical JSON with a picture's address written as `galley-media:<sha256>`. */
  lexical: z.string(),
  excerpt: z.string(),
  /** The standfirst was longer than Ghost accepts. */
  excerptCut: z.boolean(),
  slug: z.string(),
  status: z.enum(ghostStatuses),
  /** Its date, UTC; null: the moment of publication. */
  date: z.string().nullable(),
  /** The section first, because Ghost shows the first as the primary tag; `#name` is internal. */
  tags: z.array(z.string()),
  /** One of them was longer than Ghost accepts. */
  tagsCut: z.literal(true).optional(),
  featured: MediaId.nullable(),
  featuredAlt: z.string(),
  featuredCaption: z.string(),
  pictures: z.array(Picture),
  /** The people in the byline; empty in deliveries of earlier versions. */
  authors: z.array(BylineAuthor).default([]),
  /** The slug of the newsletter to send it as, if somebody ticked that. */
  newsletter: z.string().nullable().default(null)
})
export type GhostPost = z.infer<typeof Post>

export function intentOf(whole: Story, { settings, picture, newsletter }: PrepareContext<GhostSettings>): Intent {
  const story = published(withoutSlots(whole))
  const { fields, body } = story
  const title = fields.headline.trim()
  if ([...title].length > LONGEST_TITLE) throw new GalleyError('refused', say('ghost.titleTooLong'))
  const uses = [...(fields.leadImage ? [fields.leadImage] : []), ...picturesOf(body)]
  const media = [...new Set(uses.flatMap(({ mediaId }) => mediaId ?? []))]
  const excerpt = shortened(fields.standfirst.trim(), LONGEST_EXCERPT)
  const names = [fields.section, ...fields.keywords]
  const named = names.map(asTag).filter(Boolean)
  const post: GhostPost = {
    title,
    lexical: lexicalOf(body, {
      mark: markOf(story.id),
      html: {
        picture(use) {
          if (use.mediaId === null) return undefined
          const { width, height } = picture(use.mediaId)
          return { src: `${PICTURE_ADDRESS}${use.mediaId}`, width, height }
        }
      },
      above: [
        ...(fields.byline === '' ? [] : [`<p class="byline">${textToHtml(fields.byline)}</p>`]),
        ...correctionsHtml(fields.corrections, 'top')
      ],
      below: correctionsHtml(fields.corrections, 'bottom')
    }),
    excerpt,
    excerptCut: excerpt !== fields.standfirst.trim(),
    slug: fields.slug,
    status: settings.status,
    date: fields.times.firstPublished?.utc ?? null,
    tags: named.filter((tag, at) => named.findIndex((one) => one.toLowerCase() === tag.toLowerCase()) === at),
    ...(names.some((name) => asTag(name) !== name.trim()) && { tagsCut: true }),
    featured: fields.leadImage?.mediaId ?? null,
    featuredAlt: fields.leadImage?.alt ?? '',
    featuredCaption: fields.leadImage ? captionHtml(fields.leadImage) : '',
    pictures: media.map((id) => ({ id, fileName: fileNameOf(id, picture(id).type), type: picture(id).type })),
    authors: bylineAuthors(fields, settings.authors),
    newsletter: settings.status === 'published' ? (newsletter ?? null) : null
  }
  const text = canonicalJson(post)
  return { contentType: GHOST_TYPE, text, sha256: sha256(text), media }
}

/** A post as some build sent it; null if it was none of this form. */
export function postIn(sent: string): GhostPost | null {
  return Post.safeParse(JSON.parse(sent)).data ?? null
}

export function postOf(job: Job): GhostPost {
  return Post.parse(JSON.parse(job.text()))
}

/** The body with the server's addresses of its pictures. */
export function lexicalAt(post: GhostPost, address: (mediaId: string) => string): string {
  return post.lexical.replace(/galley-media:([0-9a-f]{64})/g, (_whole, id: string) =>
    JSON.stringify(address(id)).slice(1, -1)
  )
}

/** A section or keyword cut to the length Ghost accepts. */
export function asTag(name: string): string {
  return [...name.trim()].slice(0, LONGEST_TAG).join('').trimEnd()
}

/** A name nobody else would create, by which something of ours is found again. */
export function markOf(id: string): string {
  return `galley-${id.replaceAll('-', '').slice(0, 32)}`
}

/** Ghost numbers a second draft under the same mark, such as one created by a gateway that repeats a request. */
export function bearsMark(slug: string, storyId: string): boolean {
  const mark = markOf(storyId)
  return slug === mark || (slug.startsWith(`${mark}-`) && /^\d+$/.test(slug.slice(mark.length + 1)))
}

const PICTURE_ADDRESS = 'galley-media:'

function fileNameOf(id: string, type: string): string {
  return `${markOf(id)}.${type === 'image/jpeg' ? 'jpg' : (type.split('/')[1] ?? 'bin')}`
}

/** Cut at the end of a word, if there is one. */
export function shortened(text: string, longest: number): string {
  if ([...text].length <= longest) return text
  const cut = [...text].slice(0, longest - 1).join('')
  return `${cut.replace(/\s+\S*$/u, '')}…`
}

function correctionsHtml(corrections: readonly Correction[], place: 'top' | 'bottom'): string[] {
  return correctionsAt(corrections, place).map(({ text }) => `<p class="correction">${textToHtml(text)}</p>`)
}
