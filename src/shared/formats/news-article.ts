import { printableText } from '../document/clean-text.ts'
import type { Story } from '../story/story.ts'
import type { Author, StoryFields } from '../story/fields.ts'
import type { ImageUse } from '../document/image-use.ts'
import { picturesOf } from '../document/pictures.ts'
import type { PictureSource } from '../document/to-html.ts'
import { canonicalUrl, type DeskSite } from './desk-site.ts'
import { isoWithOffset } from './zoned-time.ts'

/** The story as schema.org's NewsArticle, for the JSON-LD of a page. Its dates are those the page shows. */
export function newsArticle(
  { id, fields, body }: Story,
  site: DeskSite,
  picture: (use: ImageUse) => PictureSource | undefined
): Record<string, unknown> {
  const uses = [fields.leadImage, ...picturesOf(body)]
  const images = uses.flatMap((use) => (use ? (imageObject(use, picture(use)) ?? []) : []))
  const url = canonicalUrl(site, fields)
  const authors = authorsOf(fields)
  return withoutEmpty({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    identifier: `urn:uuid:${id}`,
    headline: fields.headline,
    alternativeHeadline: fields.headlineShort,
    description: fields.standfirst,
    image: images,
    datePublished: fields.times.firstPublished && isoWithOffset(fields.times.firstPublished),
    dateModified: fields.times.lastUpdated && isoWithOffset(fields.times.lastUpdated),
    author: authors,
    publisher:
      site.deskName === ''
        ? undefined
        : withoutEmpty({ '@type': 'Organization', name: site.deskName, url: site.siteUrl }),
    articleSection: fields.section,
    inLanguage: fields.language,
    keywords: fields.keywords,
    about: fields.mediaTopics.map((topic) =>
      withoutEmpty({ '@type': 'Thing', name: topic.name, sameAs: mediaTopicUri(topic.code) })
    ),
    locationCreated: fields.dateline === '' ? undefined : { '@type': 'Place', name: fields.dateline },
    correction: fields.corrections.map((correction) => ({
      '@type': 'CorrectionComment',
      text: correction.text,
      datePublished: correction.at.replace('.000Z', 'Z')
    })),
    url,
    mainEntityOfPage: url
  })
}

/** JSON for inside a script element: no text in it can end the element or open a comment, or holds what no page should. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? printableText(one) : one)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

/** Who a byline names, without its "By". */
export function nameInByline(byline: string): string {
  return byline.replace(/^\s*(by|par|von|por|بقلم)\s*:?\s+/iu, '').trim()
}

/** http://cv.iptc.org/newscodes/mediatopic/20000008 for medtop:20000008 */
export function mediaTopicUri(code: string): string | undefined {
  const number = /^(?:medtop:|https?:\/\/cv\.iptc\.org\/newscodes\/mediatopic\/)(\d{8})$/.exec(code)?.[1]
  return number === undefined ? undefined : `http://cv.iptc.org/newscodes/mediatopic/${number}`
}

/**
 * The authors by name; where none are recorded, the agency, or the single name of a plain byline. A byline of several
 * people is not guessed at.
 */
function authorsOf(fields: StoryFields): Record<string, unknown>[] {
  if (fields.authors.length > 0) return fields.authors.map(authorObject)
  const name = nameInByline(fields.byline)
  if (fields.source !== '' && (name === '' || name.toLowerCase() === fields.source.toLowerCase()))
    return [authorObject({ name: fields.source, kind: 'organisation' })]
  if (name === '' || /[,;&/|]|\s(and|with|in|at|for|et|und|y|à|وفي)\s/iu.test(name) || name.split(/\s+/).length > 5)
    return []
  return [authorObject({ name })]
}

function authorObject({ name, url, kind }: Author): Record<string, unknown> {
  return withoutEmpty({ '@type': kind === 'organisation' ? 'Organization' : 'Person', name, url })
}

/** Pictures inside the page as data are left out: nobody can fetch them from there. */
function imageObject(use: ImageUse, source: PictureSource | undefined): Record<string, unknown> | undefined {
  if (!source || source.src.startsWith('data:')) return undefined
  return withoutEmpty({
    '@type': 'ImageObject',
    url: source.src,
    width: source.width,
    height: source.height,
    caption: use.caption,
    creditText: use.credit
  })
}

function withoutEmpty(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
    )
  )
}
