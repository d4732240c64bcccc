import { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { canonicalRuns } from '../../diff/canonical-runs.ts'
import { Runs, textOfRuns, type Run } from '../../runs.ts'
import { blockSchema, defineBlock, linksOfRuns, withoutPictures } from '../define-block.ts'
import type { HtmlBlockBuilder } from '../from-html.ts'
import { runsAttributes, runsToHtml, type HtmlOptions } from '../markup.ts'

/** The deepest level; 0 is the outermost. */
export const MAX_DEPTH = 8

const schema = blockSchema('list', {
  ordered: z.boolean(),
  items: z.array(z.looseObject({ runs: Runs, depth: z.int().min(0).max(MAX_DEPTH) })).min(1)
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
    const counts: number[] = []
    const lines = block.items.map((item) => {
      counts.length = item.depth + 1
      counts[item.depth] = (counts[item.depth] ?? 0) + 1
      const marker = block.ordered ? `${counts[item.depth]}.` : '-'
      return `${'  '.repeat(item.depth)}${marker} ${textOfRuns(item.runs)}`
    })
    return lines.join('\n')
  },
  searchText: (block) => ({ body: toText(block), captions: [] }),
  words: (block) => countWords(toText(block)),
  links: (block) => block.items.flatMap((item) => linksOfRuns(item.runs)),
  fromHtml: {
    tags: ['ul', 'ol', 'menu'],
    begin: ({ tag }) => new ListBuilder(tag === 'ol')
  }
})

/**
 * Items of greater depth become a list inside the item before them; a depth that is skipped opens one level, not
 * several.
 */
function toHtml(block: ListBlock, options: HtmlOptions): string {
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

function toText(block: ListBlock): string {
  return block.items.map((item) => textOfRuns(item.runs)).join('\n')
}

/** One item to an `li`; what stands in one on several lines is one item. Lists inside are items of greater depth. */
class ListBuilder implements HtmlBlockBuilder<ListBlock> {
  readonly isWhole = true
  readonly #ordered: boolean
  readonly #items: { runs: Run[]; depth: number }[] = []
  #depth = 0
  #isNewItem = true

  constructor(ordered: boolean) {
    this.#ordered = ordered
  }

  open({ tag }: { readonly tag: string }): void {
    if (isList(tag)) this.#depth = Math.min(MAX_DEPTH, this.#depth + 1)
    if (isList(tag) || tag === 'li') this.#isNewItem = true
  }

  close(tag: string): void {
    if (isList(tag)) this.#depth = Math.max(0, this.#depth - 1)
    if (isList(tag) || tag === 'li') this.#isNewItem = true
  }

  line(runs: Run[]): readonly [] {
    const last = this.#items.at(-1)
    if (this.#isNewItem || !last) this.#items.push({ runs, depth: this.#depth })
    else last.runs.push({ text: '\n' }, ...runs)
    this.#isNewItem = false
    return []
  }

  end() {
    if (this.#items.length === 0) return []
    return [{ block: { type: 'list' as const, ordered: this.#ordered, items: this.#items } }]
  }
}

function isList(tag: string): boolean {
  return tag === 'ul' || tag === 'ol' || tag === 'menu'
}
