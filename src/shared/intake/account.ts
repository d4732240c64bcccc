import type { IntakeReview, LineRole } from '../contract/intake.ts'
import { partsOfBlock } from '../document/document.ts'
import type { ImageUse } from '../document/image-use.ts'
import { assert } from '../lib/assert.ts'
import type { Page } from './page.ts'
import { partsOf, type LinePart } from './parts.ts'
import { droppedRoles } from './roles.ts'

/**
 * Checks a review against the page it was made from, and throws if a word went missing: every line of the page must be
 * present once and in order; every kept line's words must be in the story where its role puts them; the body must hold
 * the words of its lines and no others. `labelWords`: as returned by the rules, by line. Yields now and then.
 */
export function* accountFor(review: IntakeReview, page: Page, labelWords: readonly number[]): Generator<void, void> {
  assert(review.lines.length === page.lines.length, 'the review has as many lines as the page')
  const places = storyPlaces(review)
  yield
  const body: string[] = []
  for (const [n, line] of review.lines.entries()) {
    if (n % 5000 === 0) yield
    const source = page.lines[n]
    assert(
      source && line.n === n && line.text === source.text,
      `line ${String(n)} of the review is line ${String(n)} of the page`
    )
    assert(!line.kept || !droppedRoles.has(line.role), `line ${String(n)} is kept in a role that is kept`)
    assert(
      line.kept ||
        droppedRoles.has(line.role) ||
        line.role === 'published' ||
        line.role === 'updated' ||
        line.role === 'embargo',
      `line ${String(n)} is dropped in a role that is dropped`
    )
    if (!line.kept) continue
    const parts = partsOf(source, line.role, labelWords[n] ?? 0)
    assert(parts.map(({ text }) => text).join('') === source.text, `the parts of line ${String(n)} are the line`)
    for (const part of parts) {
      if (part.kind === 'mark') continue
      if (bodyRoles.has(line.role)) body.push(part.text)
      else assert(isPlaced(places, line.role, part), `the words of line ${String(n)} are in the story`)
    }
  }
  assert(squash(body.join('')) === squash(places.body), 'the body is the words of its lines, no more and no less')
}

const bodyRoles: ReadonlySet<LineRole> = new Set<LineRole>(['body', 'heading', 'quote', 'listItem'])

interface Places {
  readonly body: string
  readonly captions: Stream
  readonly credits: Stream
  readonly alts: Stream
  readonly fields: ReadonlyMap<string, Stream>
}

function storyPlaces({ fields, body, warnings }: IntakeReview): Places {
  // A date within a byline of copy that was under embargo: its words are shown to the person.
  const untaken = warnings.find(({ code }) => code === 'date_under_embargo')?.params?.['source']?.toString()
  const images: ImageUse[] = fields.leadImage ? [fields.leadImage] : []
  const texts: string[] = []
  for (const block of body.blocks) {
    const parts = partsOfBlock(block)
    images.push(...parts.pictures(block))
    texts.push(parts.searchText(block).body)
  }
  const times = fields.times
  return {
    body: texts.join('\n'),
    captions: new Stream(images.map(({ caption }) => caption)),
    credits: new Stream(images.map(({ credit }) => credit)),
    alts: new Stream(images.map(({ alt }) => alt)),
    fields: new Map(
      Object.entries({
        headline: [fields.headline],
        standfirst: [fields.standfirst],
        kicker: [fields.kicker],
        byline: [fields.byline],
        dateline: [fields.dateline],
        section: [fields.section],
        keywords: [(fields.keywords ?? []).join('')],
        related: fields.related?.map(({ headline }) => headline) ?? [],
        published: [times?.firstPublished?.source, untaken],
        updated: [times?.lastUpdated?.source, untaken],
        embargo: [times?.embargo?.source]
      }).map(([name, found]) => [name, new Stream(found.map((text) => text ?? ''))])
    )
  }
}

function isPlaced(places: Places, role: LineRole, part: LinePart): boolean {
  if (part.kind === 'credit') return places.credits.holds(part.text)
  if (part.kind === 'published' || part.kind === 'updated')
    return places.fields.get(part.kind)?.holds(part.text) ?? false
  if (role === 'caption') return places.captions.holds(part.text)
  if (role === 'alt') return places.alts.holds(part.text)
  if (role === 'keywords') return places.fields.get('keywords')?.holds(part.text.replace(/[,;،؛|#•]/gu, '')) ?? false
  return places.fields.get(role)?.holds(part.text) ?? false
}

/** Words in page order: looking them up in that order costs one walk in all. */
class Stream {
  readonly #text: string
  #at = 0

  constructor(texts: readonly string[]) {
    this.#text = texts.map(squash).join('\u0000')
  }

  holds(words: string): boolean {
    const wanted = squash(words)
    const found = this.#text.indexOf(wanted, this.#at)
    if (found === -1) return this.#text.includes(wanted)
    this.#at = found
    return true
  }
}

/** Spaces and invisible characters are not words. */
function squash(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f\u00ad\u200b-\u200d\u2060\ufeff]+/gu, '')
}
