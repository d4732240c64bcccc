import { sectionShown } from '../story/section.ts'
import { printableText } from '../document/clean-text.ts'
import type { Story } from '../story/story.ts'
import { correctionsAt } from '../story/corrections.ts'
import { withoutSlots } from '../story/pictures.ts'
import type { Instant } from '../story/instant.ts'
import { pictureText } from '../document/blocks/image/image.ts'
import { partsOfBlock, type StoredBody } from '../document/document.ts'
import { blockToPlainText } from '../document/to-text.ts'
import { pageWords, readableInstant, type PageWords } from './page-words.ts'
import { standingOf } from './standing.ts'

/**
 * A story as plain text for readers: headline to corrections, a blank line between parts. The editor's note stays at
 * the desk.
 */
export function plainText(story: Story, planned: Instant | null = null): string {
  const { fields, body } = withoutSlots(story)
  const words = pageWords(fields.language)
  const { firstPublished, lastUpdated, created } = fields.times
  const standing = standingOf(story, planned)
  const times = [
    firstPublished ? `${words.published}: ${readableInstant(firstPublished, words)}` : '',
    lastUpdated ? `${words.updated}: ${readableInstant(lastUpdated, words)}` : ''
  ]
  const corrections = (place: 'top' | 'bottom'): string =>
    correctionsAt(fields.corrections, place)
      .map(
        (one) =>
          `${words.correction[one.kind]} (${readableInstant({ utc: one.at, zone: created.zone }, words)}): ${one.text}`
      )
      .join('\n')
  const name = fields.byline || fields.authors.map((author) => author.name).join(', ')
  const unsaid = (text: string): string => (name.toLowerCase().includes(text.toLowerCase()) ? '' : text)
  const notices = [
    standing.mark ? words.marks[standing.mark] : '',
    standing.embargo ? `${words.embargoed}: ${readableInstant(standing.embargo, words)}` : '',
    standing.planned ? `${words.planned}: ${readableInstant(standing.planned, words)}` : ''
  ]
  const parts = [
    notices.filter(Boolean).join('\n'),
    [sectionShown(fields), fields.kicker].filter(Boolean).join(' · '),
    fields.headline || words.untitled,
    fields.standfirst,
    [name, unsaid(fields.dateline), unsaid(fields.source)].filter(Boolean).join('\n'),
    times.filter(Boolean).join('\n'),
    corrections('top'),
    fields.leadImage ? pictureText(fields.leadImage) : '',
    bodyPlainText(body),
    linksText(body, words),
    corrections('bottom'),
    fields.related.length > 0
      ? [
          words.related,
          ...fields.related.map((story) => `- ${[story.headline, story.url].filter(Boolean).join(' ')}`)
        ].join('\n')
      : ''
  ]
  return `${printableText(parts.filter(Boolean).join('\n\n'))}\n`
}

/** Where the links of the body lead, which text alone cannot show. */
function linksText(body: StoredBody, words: PageWords): string {
  const links = body.blocks
    .flatMap((block) => partsOfBlock(block).links(block))
    .map(({ href, text }) => (text.trim() === href || text.trim() === '' ? `- ${href}` : `- ${text.trim()}: ${href}`))
  return links.length === 0 ? '' : [words.links, ...new Set(links)].join('\n')
}

/**
 * The body for people who read it as text: list items marked and indented, pictures named, unknown blocks with all
 * their words.
 */
export function bodyPlainText(body: StoredBody): string {
  return printableText(body.blocks.map(blockToPlainText).filter(Boolean).join('\n\n'))
}
