import { partsOfBlock, type Block, type StoredBody } from './document.ts'

/** Only the words of one block: for a picture its caption and credit, for an unknown block whatever text it holds. */
export function blockToText(block: Block): string {
  return partsOfBlock(block).toText(block)
}

/** The words of the body, with a blank line between blocks. */
export function bodyToText(body: StoredBody): string {
  return body.blocks.map(blockToText).filter(Boolean).join('\n\n')
}

/** One block as people read it in a text file: list items marked and indented, pictures named. */
export function blockToPlainText(block: Block): string {
  return partsOfBlock(block).toPlainText(block)
}

/** How many words of the block readers see. */
export function wordsOfBlock(block: Block): number {
  return partsOfBlock(block).words(block)
}

/** How many words of the body readers see. */
export function wordsOfBody(body: Pick<StoredBody, 'blocks'>): number {
  return body.blocks.reduce((sum, block) => sum + wordsOfBlock(block), 0)
}
