import type { QuoteBlock } from '../document.ts'
import { runsAttributes, runsToHtml, type HtmlOptions } from './markup.ts'

export function quoteToHtml(block: QuoteBlock, options: HtmlOptions): string {
  const inner = runsToHtml(block.runs)
  return inner === '' ? '' : `<blockquote${runsAttributes(block, block.runs, options)}><p>${inner}</p></blockquote>`
}
