import { instantAt, isTimeZone } from '../../../shared/story/instant.ts'
import type { IntakeReview, LineRole } from '../../../shared/contract/intake.ts'
import { pageOfMarkdown } from '../../../shared/intake/markdown-page.ts'
import { pageOfText, type Page } from '../../../shared/intake/page.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import { readPage } from '../../../shared/intake/read-page.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { decode, type Decoded } from './decode.ts'
import { rootOf } from './foreign-files.ts'
import { pageOfHtml } from './html-page.ts'
import { isOwnPage, readOwnPage, type OwnStory } from './own-page.ts'
import { toUtc } from './zones.ts'
import { say } from '../../../shared/words/message.ts'

export interface IntakeInput {
  readonly name: string
  readonly bytes: Uint8Array
  readonly type?: string | undefined
}

export interface IntakeOptions {
  /** IANA zone for dates that name none. */
  readonly zone: string
  /** The desk's language. */
  readonly language: string
  /** Milliseconds since 1970 UTC: when the story is created. */
  readonly now: number
  /** What a person decided, by line number. */
  readonly assignments?: Readonly<Record<string, LineRole>>
  /** The desk's own rules as stored. */
  readonly rules?: readonly unknown[]
}

/**
 * Reads a saved page, file or clipboard into a proposal for a story. Throws GalleyErrors in plain words: `too_large`,
 * `invalid_input` for empty input, `unsupported` for anything that is not text and for stories in JSON (detail {json:
 * true}). Yields every few milliseconds' worth of work.
 */
export function* readIntake(input: IntakeInput, options: IntakeOptions): Generator<void, IntakeReview> {
  if (!isTimeZone(options.zone))
    throw new GalleyError('invalid_input', say('intake.unknownZone', { zone: options.zone }))
  const decoded = decode(input.bytes, input.name, input.type)
  const page = yield* pageOf(decoded, input)
  if (!page.lines.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) {
    throw new GalleyError('invalid_input', say('intake.noText'))
  }
  const review = yield* readPage(page, { ...options, toUtc, created: instantAt(options.now, options.zone, 'clock') })
  const own = page.format === 'html' && isOwnPage(decoded.text) ? readOwnPage(decoded.text) : null
  if (own) takeOwn(review, own, options.assignments ?? {})
  if (decoded.doubt) review.warnings.push({ code: 'encoding', ...decoded.doubt })
  return review
}

/**
 * Takes the story from a page of our own, which describes it better than its lines. If a person has assigned a line,
 * the lines are read as on any other page.
 */
function takeOwn(review: IntakeReview, own: OwnStory, assignments: Readonly<Record<string, LineRole>>): void {
  if (Object.keys(assignments).length > 0) return
  const { fields, times } = own
  const created = review.fields.times?.created
  review.fields = {
    ...review.fields,
    ...fields,
    ...(created && {
      times: {
        created,
        firstPublished: times.firstPublished ?? null,
        lastUpdated: times.lastUpdated ?? null,
        embargo: times.embargo ?? null
      }
    })
  }
  review.body = own.body
  review.warnings = []
  const inStory = wordsOf(own)
  for (const line of review.lines) {
    if (line.kept || line.role === 'blank' || !inStory.has(squeezed(line.text))) continue
    Object.assign(line, { kept: true, role: 'body', reason: 'part of the story on a page of Galley', rule: null })
  }
}

/** The texts of the story, to tell which lines of our own page belong to it. */
function wordsOf({ fields, body }: OwnStory): ReadonlySet<string> {
  const { headline, standfirst, kicker, byline, section, dateline, source, leadImage, related = [] } = fields
  const texts = [
    headline,
    standfirst,
    kicker,
    byline,
    section,
    dateline,
    source,
    leadImage?.caption,
    leadImage?.credit,
    leadImage?.alt,
    ...related.map((story) => story.headline),
    bodyToText(body)
  ]
  return new Set(texts.flatMap((text = '') => text.split('\n').map(squeezed)))
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function* pageOf({ text, encoding }: Decoded, { name, type = '' }: IntakeInput): Generator<void, Page> {
  if (looksLikeJson(text)) {
    throw new GalleyError('unsupported', say('intake.storyInJson'), {
      detail: { json: true }
    })
  }
  if (looksLikeHtml(text, name, type)) return yield* pageOfHtml(text, encoding)
  if (/\.(md|markdown)$/i.test(name) || /markdown/i.test(type)) return pageOfMarkdown(text, encoding)
  return pageOfText(text, encoding)
}

/**
 * True for a single JSON object from the first to the last character that parses; a page that merely begins with a
 * brace is a page.
 */
function looksLikeJson(text: string): boolean {
  if (!/^\s*\{\s*"/.test(text.slice(0, 1000)) || !/\}\s*$/.test(text.slice(-1000))) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const TAGS = new Set(
  'html|head|body|article|section|main|header|div|p|h1|h2|h3|h4|h5|h6|span|table|ul|ol|meta|title|figure|blockquote|b|strong|em|i|a|img|br|tt|font|center|u|small|pre|dl'.split(
    '|'
  )
)

/**
 * Copy of several paragraphs that speaks of a tag at its start: a sentence goes on right behind it, it is never closed,
 * and few paragraphs have any.
 */
function isTextOnTags(text: string, tag: string): boolean {
  // As markup it has attributes, is alone on its line, or stands right before what it marks.
  if (!/^<[a-zA-Z][a-zA-Z0-9]*>,? [^\S\n]*\p{Ll}/u.test(text.trimStart().slice(0, 200))) return false
  if (/^(?:html|head|body|meta)$/.test(tag) || new RegExp(`</${tag}\\b`, 'i').test(text.slice(0, 200_000))) return false
  const paragraphs = text
    .slice(0, 20_000)
    .split(/\n[^\S\n]*\n/)
    .filter((one) => /\p{L}/u.test(one))
  const tagged = paragraphs.filter((one) => /<\/?[a-z][a-z0-9]{0,10}[\s>/]/i.test(one)).length
  return paragraphs.length > 2 && tagged < paragraphs.length / 2
}

/** The bytes decide: a page named .txt is a page, and text sent as text/html without a tag is text. */
function looksLikeHtml(text: string, name: string, type: string): boolean {
  const root = rootOf(text.slice(0, 20_000))
  const isCalledHtml = /\.(x?html?)$/i.test(name) || /html/i.test(type)
  const tag = root?.name.toLowerCase() ?? ''
  if (root?.isHtml || (TAGS.has(tag) && (isCalledHtml || !isTextOnTags(text, tag)))) return true
  return isCalledHtml && new RegExp(`<(?:${[...TAGS].join('|')})\\b`, 'i').test(text.slice(0, 200_000))
}
