import { partsOfBlock, type Block, type StoredBody } from './document.ts'
import type { HtmlOptions } from './blocks/markup.ts'

export type { HtmlOptions, PictureSource } from './blocks/markup.ts'

/**
 * One block as HTML: escaped, without scripts, styles or handlers, and always the same for the same block. Empty for a
 * blank paragraph.
 */
export function blockToHtml(block: Block, options: HtmlOptions = {}): string {
  return partsOfBlock(block).toHtml(block, options)
}

/** The body as HTML, one block per line. */
export function bodyToHtml(body: StoredBody, options: HtmlOptions = {}): string {
  return body.blocks
    .map((block) => blockToHtml(block, options))
    .filter(Boolean)
    .join('\n')
}
