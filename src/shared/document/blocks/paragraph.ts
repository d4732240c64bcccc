import type { ParagraphBlock } from '../document.ts'
import { runsAttributes, runsToHtml, type HtmlOptions } from './markup.ts'

/** An empty paragraph is an editor's blank line and gives nothing. */
export function paragraphToHtml(block: ParagraphBlock, options: HtmlOptions): string {
  const inner = runsToHtml(block.runs)
  return inner === '' ? '' : `<p${runsAttributes(block, block.runs, options)}>${inner}</p>`
}
