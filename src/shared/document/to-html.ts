import { isKnown, type Block, type StoredBody } from './document.ts'
import { headingToHtml } from './blocks/heading.ts'
import { imageToHtml } from './blocks/image.ts'
import { listToHtml } from './blocks/list.ts'
import type { HtmlOptions } from './blocks/markup.ts'
import { paragraphToHtml } from './blocks/paragraph.ts'
import { quoteToHtml } from './blocks/quote.ts'
import { unknownToHtml } from './blocks/unknown.ts'

export type { HtmlOptions, PictureSource } from './blocks/markup.ts'

/**
 * One block as HTML: escaped, without scripts, styles or handlers, the same for the same block always. Empty for a
 * blank paragraph.
 */
export function blockToHtml(block: Block, options: HtmlOptions = {}): string {
  if (!isKnown(block)) return unknownToHtml(block, options)
  switch (block.type) {
    case 'paragraph':
      return paragraphToHtml(block, options)
    case 'heading':
      return headingToHtml(block, options)
    case 'list':
      return listToHtml(block, options)
    case 'quote':
      return quoteToHtml(block, options)
    case 'image':
      return imageToHtml(block, options)
  }
}

/** The body as HTML, a block to a line. */
export function bodyToHtml(body: StoredBody, options: HtmlOptions = {}): string {
  let html = ''
  for (const block of body.blocks) {
    const one = blockToHtml(block, options)
    if (one !== '') html += html === '' ? one : `\n${one}`
  }
  return html
}
