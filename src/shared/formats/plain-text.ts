import { printableText } from '../document/clean-text.ts'
import type { Story } from '../story/story.ts'
import type { Instant } from '../story/instant.ts'
import { pictureText } from '../document/blocks/image/image.ts'
import type { StoredBody } from '../document/document.ts'
import { blockToPlainText } from '../document/to-text.ts'
import { pageWords, readableInstant } from './page-words.ts'
import { standingOf } from './standing.ts'

/**
 * A story as plain text for readers: headline to corrections, a blank line between parts. The editor's note stays at
 * the desk.
 */
export function plainText(story: Story, planned: Instant | null = null): string {
  const { fields, body } = story
  const words = pageWords(fields.language)
  const { firstPublished, lastUpdated, created } = fields.times
  const standing = standingOf(story, planned)
  const times = [
    firstPublished ? `${words.published}: ${readableInstant(firstPublished, words)}` : '',
    lastUpdated ? `${words.updated}: ${readableInstant(lastUpdated, words)}` : ''
  ]
  const corrections = fields.corrections.map(
    (one) =>
      `${words.correction[one.kind]} (${readableInstant({ utc: one.at, zone: created.zone }, words)}): ${one.text}`
  )
  const name = fields.byline || fields.authors.map((author) => author.name).join(', ')
  const unsaid = (text: string): string => (name.toLowerCase().includes(text.toLowerCase()) ? '' : text)
  const notices = [
    standing.mark ? words.marks[standing.mark] : '',
    standing.embargo ? `${words.embargoed}: ${readableInstant(standing.embargo, words)}` : '',
    standing.planned ? `${words.planned}: ${readableInstant(standing.planned, words)}` : ''
  ]
  const parts = [
    notices.filter(Boolean).join('\n'),
    [fields.section.toLowerCase() === fields.kicker.toLowerCase() ? '' : fields.section, fields.kicker]
      .filter(Boolean)
      .join(' · '),
    fields.headline || words.untitled,
    fields.standfirst,
    [name, unsaid(fields.dateline), unsaid(fields.source)].filter(Boolean).join('\n'),
    times.filter(Boolean).join('\n'),
    fields.leadImage ? pictureText(fields.leadImage, words.pictureToCome) : '',
    bodyPlainText(body, words.pictureToCome),
    corrections.join('\n'),
    fields.related.length > 0
      ? [
          words.related,
          ...fields.related.map((story) => `- ${[story.headline, story.url].filter(Boolean).join(' ')}`)
        ].join('\n')
      : ''
  ]
  return `${printableText(parts.filter(Boolean).join('\n\n'))}\n`
}

/**
 * The body for people who read it as text: list items marked and indented, pictures named, unknown blocks with all
 * their words.
 */
export function bodyPlainText(body: StoredBody, pictureToCome = 'Picture to come'): string {
  return printableText(
    body.blocks
      .map((block) => blockToPlainText(block, { pictureToCome }))
      .filter(Boolean)
      .join('\n\n')
  )
}
