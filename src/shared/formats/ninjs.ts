import type { Story } from '../story/story.ts'
import { laterOf, type Instant } from '../story/instant.ts'
import { withoutSlots } from '../story/pictures.ts'
import type { Status } from '../story/status.ts'
import type { StoryFields } from '../story/fields.ts'
import { printableText } from '../document/clean-text.ts'
import { partsOfBlock } from '../document/document.ts'
import type { ImageUse } from '../document/image-use.ts'
import { resolveDirection } from '../document/language.ts'
import { countWords } from '../lib/words.ts'
import { canonicalUrl, type DeskSite } from './desk-site.ts'
import { mediaTopicUri, nameInByline } from './news-article.ts'
import { ownBodyHtml } from './own-blocks.ts'
import { bodyPlainText } from './plain-text.ts'
import { correctionsText } from './read-corrections.ts'
import { standingOf } from './standing.ts'
import { isoWithOffset } from './zoned-time.ts'

/** What a ninjs item says of a picture's bytes. */
export interface NinjsPicture {
  readonly type: string
  readonly name: string
  readonly width: number
  readonly height: number
  /** Bytes. */
  readonly size: number
  /**
   * Where receivers can get it: an absolute address, or a data address. Absent: named by its digest (RFC 6920) only.
   */
  readonly href?: string
  /** For the `src` in the HTML body, when that is another address: a file beside this one. */
  readonly src?: string
}

export interface NinjsOptions {
  readonly site: Pick<DeskSite, 'siteUrl'>
  readonly picture: (use: ImageUse) => NinjsPicture | undefined
  /** False leaves the editor's note out, for receivers that might show it. */
  readonly editorsNote?: boolean
  /** The earliest hour that a delivery of the story waits for. */
  readonly planned?: Instant | null
}

/** The media type these files are sent under. */
export const NINJS_TYPE = 'application/json'

type Json = Readonly<Record<string, unknown>>

/**
 * A story as ninjs 3.1 (IPTC 2025), strictly: only keys of its schema, dates with offset, urgency a number. What ninjs
 * has no key for stays in Galley's own JSON.
 */
export function toNinjs(story: Story, options: NinjsOptions): Json {
  const { id, revision, status, fields, body, changedAt } = withoutSlots(story)
  const { times } = fields
  const uri = `urn:uuid:${id}`
  const direction = resolveDirection(fields.direction, fields.language)
  const html = ownBodyHtml(body, {
    direction,
    picture(use) {
      const picture = options.picture(use)
      const src = picture?.src ?? picture?.href
      return picture && src !== undefined ? { src, width: picture.width, height: picture.height } : undefined
    }
  })
  const text = bodyPlainText(body)
  const size = { charCount: [...text].length, wordCount: countWords(text) }
  const firstCreated = times.firstPublished ?? times.created
  // ninjs knows no schedule: what is planned is not to be public before its hour either.
  const { embargo, planned } = standingOf({ status, fields }, options.planned)
  const notBefore = laterOf(embargo, planned)
  const contentCreated = Date.parse(times.created.utc) < Date.parse(firstCreated.utc) ? times.created : firstCreated
  return pruned({
    standard: { name: 'ninjs', version: '3.1', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json' },
    uri,
    type: 'text',
    representationType: 'full',
    version: String(revision),
    firstCreated: isoWithOffset(firstCreated),
    versionCreated: times.lastUpdated ? isoWithOffset(times.lastUpdated) : changedAt.replace('.000Z', 'Z'),
    contentCreated: isoWithOffset(contentCreated),
    embargoedUntil: notBefore ? isoWithOffset(notBefore) : undefined,
    pubStatus: pubStatus(status),
    urgency: fields.urgency,
    language: fields.language,
    headlines: [
      valued('main', fields.headline),
      valued('short', fields.headlineShort),
      valued('seo', fields.headlineSeo),
      valued('social', fields.headlineSocial),
      valued('kicker', fields.kicker)
    ],
    descriptions: [valued('summary', fields.standfirst)],
    bodies: [
      html === '' ? undefined : { role: 'main', contentType: 'text/html', ...size, value: html },
      text === '' ? undefined : { role: 'plain', contentType: 'text/plain', ...size, value: text },
      valued('corrections', correctionsText(fields.corrections, fields.language))
    ],
    by: nameInByline(fields.byline) || fields.authors.map((author) => author.name).join(', '),
    slugline: fields.slugline,
    located: fields.dateline,
    people: fields.authors.filter((author) => author.kind !== 'organisation').map(authorEntry),
    organisations: fields.authors.filter((author) => author.kind === 'organisation').map(authorEntry),
    places: [fields.dateline === '' ? undefined : { name: fields.dateline, rel: 'dateline' }],
    subjects: subjects(fields),
    infoSources: [fields.source === '' ? undefined : { name: fields.source, role: 'source' }],
    usageTerms: fields.usageTerms,
    edNote: options.editorsNote === false ? '' : fields.editorsNote,
    altIds: [
      fields.slug === '' ? undefined : { role: 'slug', value: fields.slug },
      entry('canonical', canonicalUrl(options.site, fields)),
      ...(fields.wire ? [entry('wire', fields.wire.id), entry('wireVersion', fields.wire.version || undefined)] : []),
      // Which of the two it was that the item must not be public before.
      ...(planned
        ? [entry('planned', isoWithOffset(planned)), entry('embargo', embargo ? isoWithOffset(embargo) : 'none')]
        : [])
    ],
    associations: [
      ...(fields.leadImage ? [pictureEntry('lead', uri, fields.leadImage, options)] : []),
      ...body.blocks
        .flatMap((block) => partsOfBlock(block).ninjs(block))
        .map(({ name, picture }) => pictureEntry(name, uri, picture, options)),
      ...fields.related.map((story, index) =>
        pruned({
          name: `related-${index + 1}`,
          rel: 'related',
          type: 'text',
          representationType: 'partial',
          uri: story.url ?? (story.storyId === undefined ? `${uri}#related-${index + 1}` : `urn:uuid:${story.storyId}`),
          headlines: [valued('main', story.headline)]
        })
      )
    ]
  })
}

export function toNinjsJson(story: Story, options: NinjsOptions): string {
  return `${JSON.stringify(toNinjs(story, options), null, 2)}\n`
}

/** A picture's name by its SHA-256 as RFC 6920 writes it: ni:///sha-256;… */
export function digestUri(mediaId: string): string {
  const bytes = (mediaId.match(/../g) ?? []).map((pair) => String.fromCharCode(parseInt(pair, 16))).join('')
  return `ni:///sha-256;${btoa(bytes)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/(?<!=)=+$/, '')}`
}

/** The picture id in such a name; undefined for any other address. */
export function mediaIdOf(uri: string): string | undefined {
  const digest = /^ni:\/\/\/sha-256;([A-Za-z0-9_-]{43})$/.exec(uri)?.[1]
  if (digest === undefined) return undefined
  return [...atob(digest.replaceAll('-', '+').replaceAll('_', '/'))]
    .map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
}

function pubStatus(status: Status): string {
  if (status === 'killed') return 'canceled'
  return status === 'trashed' ? 'withheld' : 'usable'
}

function subjects({ section, keywords, mediaTopics }: StoryFields): Json[] {
  return [
    ...mediaTopics.map((topic) => {
      const uri = mediaTopicUri(topic.code)
      return pruned({ name: topic.name, rel: 'about', uri, literal: uri === undefined ? topic.code : '' })
    }),
    ...(section === '' ? [] : [{ name: section, rel: 'section' }]),
    ...keywords.filter(Boolean).map((keyword) => ({ name: keyword, rel: 'keyword' }))
  ]
}

/** Caption, credit and alt text stay three things: two descriptions by role, and the credit as `by`. */
function pictureEntry(name: string, story: string, use: ImageUse, options: NinjsOptions): Json {
  const picture = use.mediaId === null ? undefined : options.picture(use)
  return pruned({
    name,
    rel: name === 'lead' ? 'lead' : 'inline',
    uri: use.mediaId === null ? `${story}#${name}` : digestUri(use.mediaId),
    type: 'picture',
    representationType: picture ? 'full' : 'partial',
    descriptions: [valued('caption', use.caption), valued('alt', use.alt)],
    by: use.credit,
    renditions: [
      picture && use.mediaId !== null
        ? pruned({
            name: 'original',
            href: picture.href ?? digestUri(use.mediaId),
            contentType: picture.type,
            title: picture.src ?? picture.name,
            width: picture.width,
            height: picture.height,
            sizeInBytes: picture.size,
            poi: use.focalPoint
              ? { x: Math.round(use.focalPoint.x * picture.width), y: Math.round(use.focalPoint.y * picture.height) }
              : undefined
          })
        : undefined
    ]
  })
}

/** ninjs has no place for what an author is at the desk; `literal` is for a name that is in no vocabulary. */
function authorEntry({ name, role, url }: StoryFields['authors'][number]): Json {
  return pruned({ name, rel: 'author', uri: url, literal: role })
}

function valued(role: string, value: string): Json | undefined {
  return value === '' ? undefined : { role, contentType: 'text/plain', value }
}

function entry(role: string, value: string | undefined): Json | undefined {
  return value === undefined ? undefined : { role, value }
}

/** Every text in a value, however deep, in the form other systems can print. */
function printable(value: unknown): unknown {
  if (typeof value === 'string') return printableText(value)
  if (Array.isArray(value)) return value.map(printable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, printable(one)]))
}

/** Without empty keys, which say less than no key. */
function pruned(object: Record<string, unknown>): Json {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(object)) {
    const kept: unknown = Array.isArray(value) ? value.filter((one) => one !== undefined) : value
    if (kept === undefined || kept === '' || (Array.isArray(kept) && kept.length === 0)) continue
    result[key] = printable(kept)
  }
  return result
}
