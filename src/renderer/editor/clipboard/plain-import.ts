import { isDividerText } from '../../../shared/document/blocks/divider/divider.ts'
import type { NewBlock as NewBlockOf } from '../../../shared/document/blocks/from-html.ts'
import type { KnownBlock } from '../../../shared/document/document.ts'
import { runsOf } from '../../../shared/document/runs.ts'

/** A block not yet in any story: it has no id. */
export type NewBlock = NewBlockOf<KnownBlock>

/**
 * Plain text as paragraphs: a blank line parts them, a single line break stays one. Control characters go, words never
 * do.
 */
export function blocksOfPlainText(text: string): NewBlock[] {
  return cleanText(text)
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) =>
      isDividerText(paragraph) ? { type: 'divider' } : { type: 'paragraph', runs: runsOf(paragraph) }
    )
}

export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028/g, '\n')
    .replace(/\u2029/g, '\n\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}
