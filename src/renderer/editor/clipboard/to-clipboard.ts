import { runsToHtml } from '../../../shared/document/blocks/markup.ts'
import { blockToHtml } from '../../../shared/document/to-html.ts'
import { blockToPlainText, blockToText } from '../../../shared/document/to-text.ts'
import type { SelectedContent } from './selection-blocks.ts'

/** Carries our own blocks from one story to another without loss. */
export const BLOCKS_MIME = 'application/x-galley-blocks'

/** The selection in every form another program may ask for: plain text, clean HTML, and our own blocks. */
export function clipboardForms({ blocks, inline }: SelectedContent): Readonly<Record<string, string>> {
  // A picture stays in its library; only its words are copied.
  return {
    'text/plain': inline
      ? inline.map((run) => run.text).join('')
      : blocks
          .map((block) => blockToText(block) || blockToPlainText(block))
          .filter(Boolean)
          .join('\n\n'),
    'text/html': inline
      ? runsToHtml(inline)
      : blocks
          .map((block) => blockToHtml(block))
          .filter(Boolean)
          .join('\n'),
    [BLOCKS_MIME]: JSON.stringify(inline ? { inline } : { blocks })
  }
}
