import type { HeadingBlock } from '../document.ts'
import { runsAttributes, runsToHtml, type HtmlOptions } from './markup.ts'

export function headingToHtml(block: HeadingBlock, options: HtmlOptions): string {
  const inner = runsToHtml(block.runs)
  return inner === '' ? '' : `<h${block.level}${runsAttributes(block, block.runs, options)}>${inner}</h${block.level}>`
}
