import type { Story } from '../story/story.ts'
import type { ImageUse } from '../document/image-use.ts'
import { isKnown, type StoredBody } from '../document/document.ts'
import { unknownText } from '../document/blocks/unknown.ts'
import { textOfRuns } from '../document/runs.ts'
import { blockToText } from '../document/to-text.ts'
import { pageWords, readableInstant } from './page-words.ts'

/**
 * A story as plain text for readers: headline to corrections, a blank line between parts. The editor's note stays at
 * the desk.
 */
export function plainText({ fields, body }: Story): string {
  const words = pageWords(fields.language)
  const { firstPublished, lastUpdated, release, created } = fields.times
  const times = [
    release?.kind === 'embargoed' && !firstPublished ? `${words.embargoed}: ${readableInstant(release.at, words)}` : '',
    firstPublished ? `${words.published}: ${readableInstant(firstPublished, words)}` : '',
    lastUpdated ? `${words.updated}: ${readableInstant(lastUpdated, words)}` : ''
  ]
  const corrections = fields.corrections.map(
    (one) =>
      `${words.correction[one.kind]} (${readableInstant({ utc: one.at, zone: created.zone }, words)}): ${one.text}`
  )
  const name = fields.byline || fields.authors.map((author) => author.name).join(', ')
  const unsaid = (text: string): string => (name.toLowerCase().includes(text.toLowerCase()) ? '' : text)
  const parts = [
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
  return `${printable(parts.filter(Boolean).join('\n\n'))}\n`
}

/**
 * The body for people who read it as text: list items marked and indented, pictures named, unknown blocks with all
 * their words.
 */
export function bodyPlainText(body: StoredBody, pictureToCome = 'Picture to come'): string {
  const parts = body.blocks.map((block) => {
    if (!isKnown(block)) return unknownText(block)
    if (block.type === 'image') return pictureText(block.image, pictureToCome)
    if (block.type !== 'list') return blockToText(block)
    const counts: number[] = []
    return block.items
      .map((item) => {
        counts.length = item.depth + 1
        counts[item.depth] = (counts[item.depth] ?? 0) + 1
        return `${'  '.repeat(item.depth)}${block.ordered ? `${counts[item.depth]}.` : '-'} ${textOfRuns(item.runs)}`
      })
      .join('\n')
  })
  return printable(parts.filter(Boolean).join('\n\n'))
}

/** Without control characters and broken surrogates, which no text file should hold. */
function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}

function pictureText({ mediaId, caption, credit, alt }: ImageUse, pictureToCome: string): string {
  const said = [caption, credit].filter(Boolean).join(' — ') || alt
  return mediaId === null ? `[${[pictureToCome, said].filter(Boolean).join(': ')}]` : said && `[${said}]`
}
