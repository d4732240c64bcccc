import { isKnown, type Block, type StoredBody } from './document.ts'
import { textOfRuns } from './runs.ts'

/**
 * The words of one block, without markup. A picture gives its caption and credit; an unknown block whatever text it
 * carries.
 */
export function blockToText(block: Block): string {
  if (!isKnown(block)) return unknownText(block)
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'quote':
      return textOfRuns(block.runs)
    case 'list':
      return block.items.map((item) => textOfRuns(item.runs)).join('\n')
    case 'image':
      return [block.image.caption, block.image.credit].filter(Boolean).join('\n')
  }
}

/** The body as plain text: one blank line between blocks. */
export function bodyToText(body: StoredBody): string {
  return body.blocks.map(blockToText).filter(Boolean).join('\n\n')
}

function unknownText(block: Block): string {
  if ('runs' in block && Array.isArray(block['runs'])) {
    return block['runs']
      .map((run: unknown) =>
        typeof run === 'object' && run !== null && 'text' in run && typeof run.text === 'string' ? run.text : ''
      )
      .join('')
  }
  return 'text' in block && typeof block['text'] === 'string' ? block['text'] : ''
}
