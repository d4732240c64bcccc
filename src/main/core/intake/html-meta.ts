import type { PageMeta } from '../../../shared/intake/page.ts'
import { collectEntries, isRecord, readJsonData, withoutEntities } from './json-data.ts'

type Attributes = Readonly<Record<string, string>>

/**
 * Types of JSON-LD that describe a story, the likelier first. A page's own entry says less, and any other is a site or
 * a person.
 */
const STORY =
  /^(?:[A-Za-z]*NewsArticle|[A-Za-z]*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|CreativeWork|Review|Recipe|NewsItem)$/
const PAGE = /^(?:WebPage|ItemPage|AboutPage|MedicalWebPage|VideoObject)$/
/** Characters. Larger data blocks belong to some program and do not describe the page. */
const MAX_JSON = 300_000

const PUBLISHED = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'article:published',
  'og:pubdate',
  'pubdate',
  'pub_date',
  'publish-date',
  'publish_date',
  'publishdate',
  'published_date',
  'published',
  'publication_date',
  'publication-date',
  'parsely-pub-date',
  'sailthru.date',
  'article.published',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'datecreated',
  'created-date',
  'article.created',
  'citation_publication_date',
  'citation_date',
  'citation_online_date',
  'cxenseparse:recs:publishtime',
  'cxenseparse:publishtime',
  'iso-8601-publish-date',
  'timestamp',
  'dc.date',
  'dcterms.date',
  'date'
]
const MODIFIED = [
  'article:modified_time',
  'og:article:modified_time',
  'datemodified',
  'og:updated_time',
  'article:modified',
  'article.updated',
  'modified-date',
  'lastmod',
  'last-modified',
  'dcterms.modified',
  'dc.date.modified',
  'revision_date'
]
const AUTHORS = [
  'author',
  'article:author',
  'article:author_name',
  'og:article:author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'dc.contributor',
  'byl',
  'byline',
  'cxenseparse:author',
  'citation_author',
  'authors',
  'article.author',
  'creator',
  'twitter:creator:name'
]

/**
 * Gathers what a page says about itself to machines: meta elements, microdata and JSON-LD. None of it is trusted to
 * have any particular form.
 */
export class MetaReader {
  readonly #named = new Map<string, string[]>()
  readonly #nodes: Record<string, unknown>[] = []
  readonly #authors: string[] = []
  #isJson = false
  #title = ''

  /** `inAuthor`: the element is inside one that is an author. */
  meta(attributes: Attributes, inAuthor = false): void {
    const content = tidy(attributes['content'])
    if (content === '') return
    if (inAuthor && (attributes['itemprop'] ?? '').toLowerCase() === 'name') this.#authors.push(content)
    // RDFa lets one element name several properties.
    for (const key of ['property', 'name', 'itemprop'])
      for (const name of (attributes[key] ?? '').toLowerCase().split(' ').slice(0, 6)) this.#put(name, content)
  }

  /** Microdata on an element that readers see. */
  item(attributes: Attributes): void {
    const content = tidy(attributes['content'] ?? attributes['datetime'])
    if (content !== '')
      for (const name of (attributes['itemprop'] ?? '').toLowerCase().split(' ').slice(0, 6))
        if (/^date(?:published|modified|created)$/.test(name)) this.#put(name, content)
  }

  #put(name: string, content: string): void {
    if (name === '' || this.#named.size > 400) return
    const known = this.#named.get(name) ?? []
    if (known.length < 50 && !known.includes(content)) this.#named.set(name, [...known, content])
  }

  openScript(name: string, attributes: Attributes): void {
    this.#isJson = name === 'script' && /ld\+json/i.test(attributes['type'] ?? '')
  }

  closeScript(name: string, text: string): void {
    if (name === 'title' && this.#title === '') this.#title = tidy(text)
    if (this.#isJson && text.length <= MAX_JSON) collectEntries(readJsonData(text), this.#nodes)
    this.#isJson = false
  }

  /** `address`: the page's own address, as its links give it. */
  toMeta(address = ''): PageMeta {
    const wanted = this.#one('og:title', 'twitter:title') || this.#title
    const news = this.#story(wanted)
    const siteName = this.#one('og:site_name', 'application-name') || namesOf(news['publisher'])[0] || ''
    const headline =
      this.#one('og:title') ||
      textOf(news['headline']) ||
      this.#one('twitter:title', 'dc.title', 'sailthru.title', 'parsely-title', 'title')
    const description = textOf(news['description']) || this.#one('og:description', 'description', 'twitter:description')
    const named = this.#namesFor(news, siteName)
    const published =
      dateOf(news['datePublished']) ||
      dateOf(news['dateCreated']) ||
      dateOf(news['uploadDate']) ||
      dateOf(this.#one(...PUBLISHED))
    const modified = dateOf(news['dateModified']) || dateOf(this.#one(...MODIFIED))
    const section = firstText(news['articleSection']) || this.#one('article:section', 'section', 'parsely-section')
    const keywords = keywordsOf(news['keywords'], this.#named.get('article:tag'), this.#named.get('news_keywords'))
    const where = address || this.#one('og:url')
    return {
      ...(headline !== '' && { headline: withoutSite(headline, siteName) }),
      ...(this.#title !== '' && { title: withoutSite(this.#title, siteName) }),
      ...(/^https?:\/\//i.test(where) && { address: where.slice(0, 2000) }),
      ...(description !== '' && { description }),
      ...(named.length > 0 && { authors: named }),
      ...(published !== '' && { published }),
      ...(modified !== '' && { modified }),
      ...(section !== '' && { section }),
      ...(siteName !== '' && { siteName }),
      ...(keywords.length > 0 && { keywords })
    }
  }

  /** The story's JSON-LD entry; what it leaves out is filled in from the page's entry. */
  #story(title: string): Record<string, unknown> {
    const isOf = (pattern: RegExp) =>
      this.#nodes.filter((node) =>
        [node['@type']]
          .flat()
          .some(
            (type) =>
              typeof type === 'string' && pattern.test(type.replace(/^(?:https?:\/\/schema\.org\/|schema:)/, ''))
          )
      )
    const stories = isOf(STORY)
    const folded = title.toLowerCase()
    const told = stories.find((node) => {
      const headline = (textOf(node['headline']) || textOf(node['name'])).toLowerCase()
      return headline !== '' && (folded.includes(headline) || headline.includes(folded))
    })
    return { ...isOf(PAGE)[0], ...(told ?? stories[0]) }
  }

  #namesFor(news: Record<string, unknown>, siteName: string): string[] {
    const byId = (value: unknown): unknown =>
      isRecord(value) && value['name'] === undefined && typeof value['@id'] === 'string'
        ? (this.#nodes.find((node) => node['@id'] === value['@id'] && node['name'] !== undefined) ?? value)
        : value
    const lists = [
      namesOf([news['author'] ?? news['creator']].flat().map(byId)),
      this.#authors,
      ...AUTHORS.map((name) => this.#named.get(name) ?? [])
    ]
    const isName = (name: string) =>
      !/^(?:https?:|www\.|@)/i.test(name) &&
      !/\S@\S/.test(name) &&
      name.length <= 200 &&
      !/^(?:admin|administrator|editor|staff|null|undefined|none|n\/a|guest|webmaster|system)$/i.test(name)
    // A site that names itself as the author names nobody, unless nobody else is named.
    const isSite = (name: string) => siteName !== '' && name.toLowerCase() === siteName.toLowerCase()
    const found = lists
      .map((list) =>
        [...new Set(list.map((name) => name.replace(/^(?:by|par|von|por)\s+(?=\p{Lu})/iu, '')))]
          .filter(isName)
          .slice(0, 50)
      )
      .filter((list) => list.length > 0)
    return found.find((list) => !list.every(isSite)) ?? found[0] ?? []
  }

  #one(...names: readonly string[]): string {
    for (const name of names) {
      const found = this.#named.get(name)?.[0]
      if (found !== undefined) return found
    }
    return ''
  }
}

/** The headline without the site's own name after a bar or dash. */
function withoutSite(headline: string, site: string): string {
  if (site === '') return headline
  const tail = new RegExp(`\\s*[|\\-–—:•]\\s*${site.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'iu')
  return headline.replace(tail, '') || headline
}

function namesOf(value: unknown): string[] {
  return [value]
    .flat()
    .slice(0, 20)
    .flatMap((one) => (isRecord(one) ? nameOf(one) : textOf(one)))
    .filter((name) => name !== '' && name.length <= 500 && !/^https?:/i.test(name))
}

/** One name or several; a person may also be described by given and family name. */
function nameOf({ name, givenName, familyName }: Readonly<Record<string, unknown>>): string[] {
  const names = [name].flat().slice(0, 20).map(textOf)
  const parts = [textOf(givenName), textOf(familyName)].filter((part) => part !== '')
  return names.some((one) => one !== '') ? names : [parts.join(' ')]
}

/** An ISO 8601 date, possibly inside a typed value; seconds and milliseconds since 1970 are read too. */
function dateOf(value: unknown): string {
  const told = isRecord(value) ? value['@value'] : Array.isArray(value) ? (value as unknown[])[0] : value
  const text = typeof told === 'number' ? String(told) : textOf(told)
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return text
  return new Date(text.length === 10 ? Number(text) * 1000 : Number(text)).toISOString()
}

function keywordsOf(...values: readonly unknown[]): string[] {
  const first = values.find((value) => value !== undefined && value !== '')
  const words = [first]
    .flat()
    .slice(0, 100)
    .flatMap((one) => textOf(one).split(/[,;،]/u))
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== '' && word.length <= 200))].slice(0, 50)
}

function firstText(value: unknown): string {
  return textOf(Array.isArray(value) ? value[0] : value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? tidy(withoutEntities(value.slice(0, 5000))) : ''
}

function tidy(text: string | undefined): string {
  return (text ?? '')
    .slice(0, 5000)
    .replace(/[\s\u0000-\u001f]+/gu, ' ')
    .trim()
}
