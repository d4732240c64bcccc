import { printableText } from '../document/clean-text.ts'
import type { Story } from '../story/story.ts'
import type { Author, StoryFields } from '../story/fields.ts'
import type { ImageUse } from '../document/image-use.ts'
import { picturesOf } from '../document/pictures.ts'
import type { PictureSource } from '../document/to-html.ts'
import { absoluteAddress, canonicalUrl, type DeskSite } from './desk-site.ts'
import { isoWithOffset } from './zoned-time.ts'

/** The story as schema.org's NewsArticle, for the JSON-LD of a page. Its dates are those the page shows. */
export function newsArticle(
  { id, fields, body }: Story,
  site: DeskSite,
  picture: (use: ImageUse) => PictureSource | undefined
): Record<string, unknown> {
  const uses = [fields.leadImage, ...picturesOf(body)]
  const images = uses.flatMap((use) => (use ? (imageObject(use, picture(use), site, fields) ?? []) : []))
  const url = canonicalUrl(site, fields)
  const authors = authorsOf(fields)
  const changed = fields.times.lastUpdated ?? fields.times.firstPublished
  return withoutEmpty({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    identifier: `urn:uuid:${id}`,
    headline: fields.headline,
    alternativeHeadline: fields.headlineShort,
    description: fields.standfirst,
    image: images,
    datePublished: fields.times.firstPublished && isoWithOffset(fields.times.firstPublished),
    dateModified: changed && isoWithOffset(changed),
    author: authors,
    publisher:
      site.deskName === ''
        ? undefined
        : withoutEmpty({
            '@type': 'Organization',
            name: site.deskName,
            url: site.siteUrl,
            logo: site.logoUrl ? { '@type': 'ImageObject', url: site.logoUrl } : undefined
          }),
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
    escaped
  )
}

/** JSON for an attribute: what HTML cannot carry as it stands is written by its number. */
export function attributeSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
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

/** The authors by name; where none are recorded, whoever the byline names, else the agency. */
function authorsOf(fields: StoryFields): Record<string, unknown>[] {
  const { authors, byline, source } = fields
  if (authors.length > 0) return authors.map((author) => authorObject(author, source))
  const named = namesInByline(byline)
  if (named.length > 0) return named.map((name) => authorObject({ name }, source))
  return source === '' ? [] : [authorObject({ name: source, kind: 'organisation' }, source)]
}

/** The people who wrote it, by name: those recorded, else those the byline names; no agency. */
export function peopleOf({ authors, byline, source }: Pick<StoryFields, 'authors' | 'byline' | 'source'>): string[] {
  const named = authors.length > 0 ? authors : namesInByline(byline).map((name): Author => ({ name }))
  const people = named.filter(({ name, kind }) =>
    kind === undefined ? !isAgency(name, source) : kind !== 'organisation'
  )
  return [...new Set(people.map(({ name }) => name.trim()).filter(Boolean))]
}

/** "By Amal Haddad and Omar Said in Beirut" → the two names. Nothing for a byline that is not names alone. */
function namesInByline(byline: string): string[] {
  const withoutPlace = nameInByline(byline).replace(/\s(?:in|from|à|en|aus|في)\s(?!.*[,;&|]|.*\sand\s).{1,60}$/iu, '')
  const names = withoutPlace
    .split(/[,;&/|،]|\s(?:and|with|et|avec|und|mit|y|con)\s|\sو\s?(?=\p{L})/iu)
    .map((name) => name.replace(/^(?:and|with|et|avec|und|mit|y|con)\s/i, '').trim())
    .filter((name) => name !== '')
  const areNames = names.every((name) => name.split(/\s+/).length <= 5 && /^[\p{Lu}\p{Lo}d]/u.test(name))
  return areNames && !/[.!?]\s/.test(withoutPlace) ? names : []
}

/** The source of the copy, and what is written in capitals or is known as one, is an agency and no person. */
function isAgency(name: string, source: string): boolean {
  return (
    (source !== '' && name.toLowerCase() === source.toLowerCase()) ||
    /^\p{Lu}{2,6}$/u.test(name) ||
    /^(?:reuters|bloomberg|dpa|kyodo|xinhua|interfax|agence france-presse|(?:the )?associated press)$/i.test(name) ||
    /\b(?:news agency|press agency|newsroom|nachrichtenagentur|agence de presse)\b/i.test(name)
  )
}

function authorObject({ name, url, kind }: Author, source: string): Record<string, unknown> {
  const isOrganisation = kind === undefined ? isAgency(name, source) : kind === 'organisation'
  return withoutEmpty({ '@type': isOrganisation ? 'Organization' : 'Person', name, url })
}

/** Pictures inside the page as data are left out: nobody can fetch them from there. */
function imageObject(
  use: ImageUse,
  source: PictureSource | undefined,
  site: DeskSite,
  fields: StoryFields
): Record<string, unknown> | undefined {
  if (!source || source.src.startsWith('data:')) return undefined
  return withoutEmpty({
    '@type': 'ImageObject',
    url: absoluteAddress(source.src, site, fields) ?? source.src,
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
