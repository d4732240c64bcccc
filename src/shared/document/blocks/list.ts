import type { ListBlock } from '../document.ts'
import { runsAttributes, runsToHtml, type HtmlOptions } from './markup.ts'

/**
 * Items of greater depth become a list inside the item before them; a depth that is skipped opens one level, not
 * several.
 */
export function listToHtml(block: ListBlock, options: HtmlOptions): string {
  const tag = block.ordered ? 'ol' : 'ul'
  const depths: number[] = []
  let html = ''
  for (const item of block.items) {
    const deepest = depths.at(-1)
    if (deepest === undefined) {
      html += `<${tag}${runsAttributes(
        block,
        block.items.flatMap((one) => one.runs),
        options
      )}>`
      depths.push(item.depth)
    } else if (item.depth > deepest) {
      html += `<${tag}>`
      depths.push(item.depth)
    } else {
      html += '</li>'
      for (let outer = depths.at(-2); outer !== undefined && item.depth <= outer; outer = depths.at(-2)) {
        html += `</${tag}></li>`
        depths.pop()
      }
      depths[depths.length - 1] = item.depth
    }
    html += `<li>${runsToHtml(item.runs)}`
  }
  return html + depths.map(() => `</li></${tag}>`).join('')
}
