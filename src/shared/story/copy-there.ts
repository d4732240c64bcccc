import type { Block } from '../document/document.ts'
import { blockToText } from '../document/to-text.ts'
import { correctionsAt } from './corrections.ts'
import type { Story } from './story.ts'

/** What a CMS shows of a story, as plain text with a blank line between paragraphs. */
interface CopyThere {
  readonly headline: string
  readonly text: string
}

/**
 * What a CMS shows and what would replace it, as two stories of plain paragraphs, so that they can be compared like any
 * others. `hasByline`: the CMS's text includes the byline and the corrections.
 */
export function copiesOf(
  ours: Story,
  there: CopyThere,
  hasByline: boolean
): { readonly there: Story; readonly ours: Story } {
  const theirs = there.text.split(/\n+/).map(plain).filter(Boolean)
  const known = new Set(theirs)
  // List items, or a caption and its credit, are one line on one CMS and several on another.
  const linesOf = (text: string): string[] => (known.has(plain(text)) ? [text] : text.split('\n'))
  const { standfirst, byline, corrections } = ours.fields
  const around = (place: 'top' | 'bottom'): string[] =>
    hasByline ? correctionsAt(corrections, place).map(({ text }) => text) : []
  const own = [
    standfirst,
    ...(hasByline ? [byline] : []),
    ...around('top'),
    ...ours.body.blocks.map(blockToText),
    ...around('bottom')
  ]
  const copy = (name: string, headline: string, lines: readonly string[]): Story => ({
    ...ours,
    fields: { ...ours.fields, headline },
    body: { version: 1, blocks: lines.map((text, at) => paragraph(`${name} ${at}`, text)) }
  })
  return {
    there: copy('there', there.headline, theirs),
    ours: copy('ours', ours.fields.headline, own.flatMap(linesOf).map(plain).filter(Boolean))
  }
}

/** A CMS returns its text with different white space than it was sent. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function paragraph(id: string, text: string): Block {
  return { id, type: 'paragraph', runs: [{ text }] }
}
