import type { LineSpan } from '../../../shared/intake/page.ts'

type Attributes = Readonly<Record<string, string>>

const AUTHOR =
  /(?:^| )(?:author|authors|authored|byline|writer|reporter|contributor|journalist|auteur|autor|authorname|authortext|bylinename)(?: |$)/
/** Class names of parts that concern an author without being the name. */
const NOT_NAME =
  /(?:^| )(?:bio|biography|image|img|avatar|photo|thumbnail|icon|social|twitter|follow|title|role|job|position|description|date|time|timestamp|prefix|box|feed|rss|archive|email|count|comments?|flyout|tooltip|popup|card|action|actions|bar|tools)(?: |$)/
const PROFILE =
  /\/(?:authors?|profiles?|people|staff|contributors?|journalists?|reporters?|writers?|by|byline|auteurs?|autor|autoren|redacteur|toireporter|editors?|columnists?|autores|user)[/_-]/i

/**
 * True if the page's own markup says that the words in here are an author's name: rel, itemprop, class, or a link to a
 * profile.
 */
export function isAuthorMark(name: string, attributes: Attributes, hints: string): boolean {
  if (name === 'body' || name === 'html' || name === 'article' || name === 'meta') return false
  const { rel = '', itemprop = '', href = '' } = attributes
  if (/(?:^|\s)author(?:\s|$)/i.test(rel) || /(?:^|\s)(?:author|creator)(?:\s|$)/i.test(itemprop)) return true
  if (name === 'a' && PROFILE.test(href.slice(0, 500))) return true
  return AUTHOR.test(hints) && !NOT_NAME.test(hints)
}

/** A machine-readable ISO date, from wherever pages put it. */
export function datetimeOf(name: string, attributes: Attributes): string {
  const { datetime = '', content = '', itemprop = '', title = '' } = attributes
  const isTime = name === 'time' || name === 'relative-time' || name === 'time-ago' || name === 'local-time'
  const found = isTime
    ? datetime || attributes['data-published'] || attributes['data-datetime'] || ''
    : /^date(?:published|modified|created)$/i.test(itemprop)
      ? content || datetime
      : name === 'abbr' && /^\d{4}-\d{2}-\d{2}/.test(title)
        ? title
        : // Any element may say when its words were written, but ins and del say when they were edited.
          name !== 'ins' && name !== 'del' && /^\d{4}-\d{2}-\d{2}/.test(datetime)
          ? datetime
          : ''
  return found.slice(0, 60)
}

export function isDateMark(name: string, attributes: Attributes, datetime: string): boolean {
  return (
    datetime !== '' || name === 'time' || /^date(?:published|modified|created)$/i.test(attributes['itemprop'] ?? '')
  )
}

export function kindOfDate(attributes: Attributes, hints: string): LineSpan['kind'] {
  const words = `${attributes['itemprop'] ?? ''} ${hints}`.toLowerCase()
  if (/modified|updated|update/.test(words)) return 'updated'
  return /published|pubdate|publish|created|posted/.test(words) || 'pubdate' in attributes ? 'published' : 'time'
}

const KICKER =
  /(?:^| )(?:kicker|eyebrow|overline|topic|section|category|rubrik|rubric|surtitre|label|flag|pretitle|supertitle|tag)(?: |$)/

/** A short label above the headline, inside the heading itself. */
export function isKickerMark(name: string, attributes: Attributes): boolean {
  return (
    (name === 'span' || name === 'a' || name === 'small' || name === 'strong') &&
    KICKER.test(
      ` ${(attributes['class'] ?? '')
        .slice(0, 200)
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')} `
    )
  )
}

/** As a list may begin: whole, and no more than the stored list takes. */
export function numberIn(text: string): number | null {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : null
}
