import { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { canonicalRuns } from '../../diff/canonical-runs.ts'
import { Runs, textOfRuns } from '../../runs.ts'
import { blockSchema, defineBlock, linksOfRuns, withoutPictures } from '../define-block.ts'
import { attribute, runsAttributes, runsToHtml, type HtmlOptions } from '../markup.ts'

/** The deepest level; 0 is the outermost. */
export const MAX_DEPTH = 8

const schema = blockSchema('list', {
  ordered: z.boolean(),
  /** The number of the first item, if it is not 1. */
  start: z.int().min(0).max(1_000_000).optional(),
  items: z
    .array(
      z.looseObject({
        runs: Runs,
        depth: z.int().min(0).max(MAX_DEPTH),
        /** Set if the item is numbered and its list is not, or the other way round. */
        ordered: z.boolean().optional()
      })
    )
    .min(1)
})
/** A list is one block; `depth` 0 is the outermost level. */
export type ListBlock = z.infer<typeof schema>

export const list = defineBlock({
  schema,
  upgrade: {},
  ...withoutPictures<ListBlock>(),
  canonical: (block) => ({ ...block, items: block.items.map((item) => ({ ...item, runs: canonicalRuns(item.runs) })) }),
  toHtml,
  toText,
  toPlainText(block) {
    const counts: number[] = [(block.start ?? 1) - 1]
    const lines = block.items.map((item) => {
      counts.length = item.depth + 1
      counts[item.depth] = (counts[item.depth] ?? 0) + 1
      const marker = (item.ordered ?? block.ordered) ? `${counts[item.depth]}.` : '-'
      return `${'  '.repeat(item.depth)}${marker} ${textOfRuns(item.runs)}`
    })
    return lines.join('\n')
  },
  searchText: (block) => ({ body: toText(block), captions: [] }),
  words: (block) => countWords(toText(block)),
  links: (block) => block.items.flatMap((item) => linksOfRuns(item.runs)),
  withTexts: (block, change) => ({
    ...block,
    items: block.items.map((item, at) => ({ ...item, runs: [...change(item.runs, `${at}`)] }))
  }),
  fromHtml: 'reader'
})

/**
 * Items of greater depth become a list inside the preceding item; skipped depths open one level, not several. The first
 * item of a level decides whether it is numbered.
 */
function toHtml(block: ListBlock, options: HtmlOptions): string {
  const open: { readonly tag: 'ol' | 'ul'; depth: number }[] = []
  let html = ''
  for (const item of block.items) {
    const deepest = open.at(-1)
    const tag = (item.ordered ?? block.ordered) ? 'ol' : 'ul'
    if (deepest === undefined) {
      const start = tag === 'ol' && block.start !== 1 ? attribute('start', block.start) : ''
      const runs = block.items.flatMap((one) => one.runs)
      html += `<${tag}${start}${runsAttributes(block, runs, options)}>`
      open.push({ tag, depth: item.depth })
    } else if (item.depth > deepest.depth) {
      html += `<${tag}>`
      open.push({ tag, depth: item.depth })
    } else {
      html += '</li>'
      for (let outer = open.at(-2); outer !== undefined && item.depth <= outer.depth; outer = open.at(-2)) {
        html += `</${open.pop()?.tag}></li>`
      }
      const level = open.at(-1)
      if (level) level.depth = item.depth
      // A level that continues with the other kind of marker becomes a second list in the same place.
      if (level && level.tag !== tag && open.length > 1) {
        html += `</${level.tag}><${tag}>`
        open[open.length - 1] = { tag, depth: item.depth }
      }
    }
    html += `<li>${runsToHtml(item.runs)}`
  }
  return (
    html +
    open
      .reverse()
      .map(({ tag }) => `</li></${tag}>`)
      .join('')
  )
}

function toText(block: ListBlock): string {
  return block.items.map((item) => textOfRuns(item.runs)).join('\n')
}
