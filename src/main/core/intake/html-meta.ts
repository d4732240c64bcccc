import type { PageMeta } from '../../../shared/intake/page.ts'

type Attributes = Readonly<Record<string, string>>

const NEWS =
  /^(?:NewsArticle|Article|ReportageNewsArticle|BlogPosting|AnalysisNewsArticle|OpinionNewsArticle|BackgroundNewsArticle|LiveBlogPosting)$/
/** Bigger data blocks are some program's, not a page's description of itself. */
const MAX_JSON = 300_000

/**
 * Gathers what a page says of itself to machines: meta elements and JSON-LD. Nothing in it is trusted to be of any
 * shape.
 */
export class MetaReader {
  readonly #named = new Map<string, string[]>()
  #news: Record<string, unknown> | null = null
  #isJson = false
  #title = ''

  meta(attributes: Attributes): void {
    const name = (attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '').toLowerCase()
    const content = tidy(attributes['content'])
    if (name === '' || content === '' || this.#named.size > 300) return
    this.#named.set(name, [...(this.#named.get(name) ?? []).slice(0, 50), content])
  }

  openScript(name: string, attributes: Attributes): void {
    this.#isJson = name === 'script' && /ld\+json/i.test(attributes['type'] ?? '')
  }

  closeScript(name: string, text: string): void {
    if (name === 'title' && this.#title === '') this.#title = tidy(text)
    if (this.#isJson && this.#news === null && text.length <= MAX_JSON) this.#news = findNews(parse(text), 0)
    this.#isJson = false
  }

  toMeta(): PageMeta {
    const news = this.#news ?? {}
    const headline = this.#one('og:title') || textOf(news['headline']) || this.#one('twitter:title')
    const description = textOf(news['description']) || this.#one('og:description', 'description', 'twitter:description')
    const authors = namesOf(news['author'])
    const named =
      authors.length > 0
        ? authors
        : [...(this.#named.get('author') ?? []), ...(this.#named.get('article:author') ?? [])]
            .filter((name) => !/^https?:/i.test(name))
            .slice(0, 20)
    const published =
      textOf(news['datePublished']) ||
      this.#one(
        'article:published_time',
        'datepublished',
        'date',
        'dc.date.issued',
        'parsely-pub-date',
        'og:article:published_time'
      )
    const modified =
      textOf(news['dateModified']) ||
      this.#one('article:modified_time', 'datemodified', 'og:updated_time', 'last-modified')
    const section = firstText(news['articleSection']) || this.#one('article:section', 'section', 'parsely-section')
    const siteName = this.#one('og:site_name', 'application-name') || namesOf(news['publisher'])[0] || ''
    const keywords = keywordsOf(news['keywords'], this.#named.get('article:tag'), this.#named.get('news_keywords'))
    return {
      ...(headline !== '' && { headline: withoutSite(headline, siteName) }),
      ...(description !== '' && { description }),
      ...(named.length > 0 && { authors: named }),
      ...(published !== '' && { published }),
      ...(modified !== '' && { modified }),
      ...(section !== '' && { section }),
      ...(siteName !== '' && { siteName }),
      ...(keywords.length > 0 && { keywords })
    }
  }

  #one(...names: readonly string[]): string {
    for (const name of names) {
      const found = this.#named.get(name)?.[0]
      if (found !== undefined) return found
    }
    return ''
  }
}

/** The page's own name behind a bar or dash is no part of the headline. */
function withoutSite(headline: string, site: string): string {
  if (site === '') return headline
  const tail = new RegExp(`\\s*[|\\-–—:•]\\s*${site.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'iu')
  return headline.replace(tail, '') || headline
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.trim().replace(/^<!--|-->$/g, ''))
  } catch {
    return null
  }
}

function findNews(value: unknown, depth: number): Record<string, unknown> | null {
  if (depth > 6) return null
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 100)) {
      const found = findNews(one, depth + 1)
      if (found) return found
    }
    return null
  }
  if (!isRecord(value)) return null
  const types = [value['@type']].flat()
  if (types.some((type) => typeof type === 'string' && NEWS.test(type))) return value
  return findNews(value['@graph'], depth + 1) ?? findNews(value['mainEntity'], depth + 1)
}

function namesOf(value: unknown): string[] {
  return [value]
    .flat()
    .slice(0, 20)
    .map((one) => (isRecord(one) ? firstText(one['name']) : textOf(one)))
    .filter((name) => name !== '' && name.length <= 200 && !/^https?:/i.test(name))
}

function keywordsOf(...values: readonly unknown[]): string[] {
  const first = values.find((value) => value !== undefined && value !== '')
  const words = [first]
    .flat()
    .slice(0, 100)
    .flatMap((one) => textOf(one).split(/\s*[,;،]\s*/u))
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== '' && word.length <= 200))].slice(0, 50)
}

function firstText(value: unknown): string {
  return textOf(Array.isArray(value) ? value[0] : value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? tidy(value) : ''
}

function tidy(text: string | undefined): string {
  return (text ?? '')
    .slice(0, 5000)
    .replace(/[\s\u0000-\u001f]+/gu, ' ')
    .trim()
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
