import { isDividerText } from '../../../shared/document/blocks/divider/divider.ts'
import { cleanText } from '../../../shared/document/clean-text.ts'
import type { NewBlock } from '../../../shared/document/from-html/new-block.ts'
import { runsOf } from '../../../shared/document/runs.ts'

/**
 * Plain text as paragraphs: a blank line parts them, a single line break stays one. Control characters go, words never
 * do.
 */
export function blocksOfPlainText(text: string): NewBlock[] {
  return cleanText(text)
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.replace(/^\n+|(?<!\s)\s+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) =>
      isDividerText(paragraph) ? { type: 'divider' } : { type: 'paragraph', runs: runsOf(paragraph) }
    )
}
