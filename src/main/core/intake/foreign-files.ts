import { say, type Message } from '../../../shared/words/message.ts'

/** The root element of a feed or envelope begins within this many characters of declarations, comments and spaces. */
const START = 20_000

/**
 * Tells files of newsroom systems from pages and texts by how they begin, not by their names: NewsML-G2, NITF, NewsML
 * 1.2, RSS, Atom, WordPress exports, mails, IPTC 7901 wire messages, MHTML, and plain-text formats of other programs.
 * Null for anything that may be a page or a text.
 */
export function foreignKind(text: string): Message | null {
  const start = text.slice(0, START)
  return wireKind(start) ?? mailKind(start) ?? xmlKind(start) ?? plainKind(start)
}

function xmlKind(start: string): Message | null {
  const root = rootOf(start)
  if (root === null) return null
  const { name, rest } = root
  const isG2 = /iptc\.org\/std\/nar/i.test(rest)
  switch (name.replace(/^[a-z0-9]{1,12}:/i, '').toLowerCase()) {
    case 'newsmessage':
    case 'newsitem':
    case 'packageitem':
    case 'conceptitem':
    case 'knowledgeitem':
      return isG2 || name.includes(':') || /guid=|standard="NewsML-G2"/i.test(rest) ? say('foreign.newsMlG2') : null
    case 'newsml':
      return say('foreign.newsMl')
    case 'nitf':
      return say('foreign.nitf')
    case 'rss':
      return /wordpress\.org\/export/i.test(start) ? say('foreign.wxr') : say('foreign.rss')
    case 'rdf':
      return say('foreign.rss')
    case 'feed':
      return /w3\.org\/2005\/Atom|purl\.org\/atom/i.test(rest) ? say('foreign.atom') : null
    case 'opml':
      return say('foreign.opml')
    case 'svg':
      return say('foreign.svg')
    case 'html':
      return null
    default:
      return start.trimStart().startsWith('<?xml') || isOtherXml(name, rest)
        ? say('foreign.xml', { name: name.slice(0, 40) })
        : null
  }
}

/** XML without a declaration: the root element has a well-known name that HTML has not, or a namespace other than that of XHTML. */
function isOtherXml(name: string, rest: string): boolean {
  if (/^(?:gpx|kml|plist|smil|xliff|tmx|urlset|sitemapindex|fictionbook|tei)$/i.test(name)) return true
  const own = name.includes(':') ? `:${name.slice(0, name.indexOf(':')).replace(/[.]/g, '\\.')}` : ''
  const language = new RegExp(`^<[^<>]{0,2000}\\sxmlns${own}\\s?=\\s?["']([^"'<>]{4,200})`, 'i').exec(rest)?.[1]
  return language !== undefined && language !== 'http://www.w3.org/1999/xhtml'
}

/**
 * The root element and its attributes, after any declarations and comments; null if the file does not begin with an
 * element.
 */
export function rootOf(
  start: string
): { readonly name: string; readonly rest: string; readonly isHtml: boolean } | null {
  let at = 0
  let isHtml = false
  for (;;) {
    while (/\s/.test(start[at] ?? '') || start[at] === '\ufeff') at += 1
    if (start.startsWith('<?', at)) at = after(start, '?>', at)
    else if (start.startsWith('<!--', at)) at = after(start, '-->', at)
    else if (/^<!doctype/i.test(start.slice(at, at + 9))) {
      isHtml ||= /^<!doctype\s{1,5}html/i.test(start.slice(at, at + 20))
      at = after(start, '>', at)
    } else break
  }
  const found = /^<([a-z][\w.-]{0,60}(?::[a-z][\w.-]{0,60})?)/i.exec(start.slice(at, at + 140))
  return found?.[1] === undefined ? null : { name: found[1], rest: start.slice(at, at + 3000), isHtml }
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  return found === -1 ? text.length : found + end.length
}

/**
 * Mails and pages saved as mails begin with header lines. A release may say at its top whom it is from and to, what it is
 * about and of which date, but has none of those that only programs write.
 */
function mailKind(start: string): Message | null {
  const lines = start.trimStart().split(/\r\n?|\n/, 60)
  const end = lines.indexOf('')
  const headers = (end === -1 ? lines : lines.slice(0, end)).flatMap(
    (line) => /^([A-Za-z][A-Za-z0-9-]{1,40}):\s?\S/.exec(line)?.[1]?.toLowerCase() ?? []
  )
  const known = new Set(headers.filter((name) => MAIL.has(name)))
  const isMail = known.has('mime-version')
    ? known.size >= 2
    : known.size >= 3 && headers.some((name) => BY_PROGRAMS.has(name))
  if (!isMail && !/^From \S+@\S+/.test(lines[0] ?? '')) return null
  if (/multipart\/related/i.test(start.slice(0, 4000))) {
    return say('foreign.mhtml')
  }
  return say('foreign.mail')
}

const BY_PROGRAMS = new Set([
  'received',
  'message-id',
  'return-path',
  'delivered-to',
  'content-type',
  'dkim-signature',
  'content-transfer-encoding',
  'x-mailer',
  'snapshot-content-location'
])

const MAIL = new Set([
  'received',
  'message-id',
  'mime-version',
  'return-path',
  'delivered-to',
  'from',
  'to',
  'subject',
  'date',
  'content-type',
  'dkim-signature',
  'content-transfer-encoding',
  'x-mailer',
  'reply-to',
  'snapshot-content-location'
])

/**
 * IPTC 7901: control characters frame the header and the text; the header line holds source, number, priority, category
 * and word count.
 */
function wireKind(start: string): Message | null {
  // A line of text between the two marks is required, because some films contain the same bytes without one.
  const isFramed = /^[\s\ufeff\u0000\u0016]{0,1000}\u0001[^\u0000-\u0008\u000e-\u001f]{1,400}\u0002/.test(start)
  const isSpelled = /^\s{0,20}(?:SOH|ZCZC)\b/.test(start) && /\b(?:STX|NNNN)\b/.test(start)
  return isFramed || isSpelled || /^\s{0,20}ZCZC\b/.test(start) ? say('foreign.wire') : null
}

/**
 * Plain text that is not copy: shortcuts, contact cards, calendars, HTTP responses saved with their headers, files
 * encoded as letters.
 */
function plainKind(start: string): Message | null {
  const text = start.replace(/^[\s\ufeff]+/, '')
  if (/^\[(?:InternetShortcut|Desktop Entry)\]\s/i.test(text)) return say('foreign.shortcut')
  if (/^BEGIN:VCARD\s/i.test(text)) return say('foreign.card')
  if (/^BEGIN:VCALENDAR\s/i.test(text)) return say('foreign.calendar')
  if (/^WARC\/\d\.\d\s/.test(text)) return say('foreign.warc')
  if (/^HTTP\/\d(?:\.\d)? \d{3}\b[^\n]{0,100}\r?\n[A-Za-z-]{2,40}: /.test(text)) return say('foreign.http')
  return isEncoded(text) ? say('foreign.encoded') : null
}

/** Base64 has many lines of equal length; uuencode and PEM name themselves. */
function isEncoded(text: string): boolean {
  if (/^begin(?:-base64)? [0-7]{3} \S[^\n]{0,200}\n/.test(text) || /^-----BEGIN [A-Z0-9 ]{3,40}-----\s/.test(text))
    return true
  const lines = text.slice(0, 2000).split(/\r?\n/, 8)
  const length = lines[0]?.length ?? 0
  const full = lines.slice(0, 4)
  return (
    length >= 60 && full.length === 4 && full.every((line) => line.length === length && /^[A-Za-z0-9+/_-]+$/.test(line))
  )
}
