import { partsOfBlock, type Block, type StoredBody } from './document.ts'

/**
 * The words of one block and nothing else. A picture gives its caption and credit; an unknown block whatever text it
 * carries.
 */
export function blockToText(block: Block): string {
  return partsOfBlock(block).toText(block)
}

/** The words of the body: one blank line between blocks. */
export function bodyToText(body: StoredBody): string {
  return body.blocks.map(blockToText).filter(Boolean).join('\n\n')
}

/** One block for people who read it as text: list items marked and indented, pictures named. */
export function blockToPlainText(block: Block): string {
  return partsOfBlock(block).toPlainText(block)
}

/** How many words of the block readers get. */
export function wordsOfBlock(block: Block): number {
  return partsOfBlock(block).words(block)
}

/** How many words of the body readers get. */
export function wordsOfBody(body: Pick<StoredBody, 'blocks'>): number {
  return body.blocks.reduce((sum, block) => sum + wordsOfBlock(block), 0)
}
