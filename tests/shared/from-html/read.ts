import { HtmlReader, type LeftOut } from '../../../src/shared/document/from-html/html-reader.ts'
import type { ReadBlock } from '../../../src/shared/document/from-html/new-block.ts'

/** Reads a page in steps of a few characters, so that every test meets text and tags cut anywhere. */
export function read(html: string, characters = 7): ReadBlock[] {
  return reader(html, characters).blocks
}

export function leftOut(html: string): LeftOut {
  return reader(html, 7).leftOut
}

/** What was read, a line for each block: text of lists with its markers, pictures by address. */
export function lines(html: string): string[] {
  return read(html).map((block) => {
    if (block.type === 'picture') return `[${block.src.slice(0, 40)}]`
    if (block.type === 'divider') return '* * *'
    if (block.type === 'table') return `[${tableLines(block).join('; ')}]`
    if (block.type !== 'list') return 'runs' in block ? block.runs.map((run) => run.text).join('') : block.type
    let next = block.start ?? 1
    return block.items
      .map(({ runs, depth, ordered = block.ordered }) => {
        const marker = !ordered ? '-' : depth === 0 ? `${next++}.` : '#'
        return `${'  '.repeat(depth)}${marker} ${runs.map((run) => run.text).join('')}`
      })
      .join('\n')
  })
}

function reader(html: string, characters: number): HtmlReader {
  const made = new HtmlReader(html)
  while (!made.step(characters));
  return made
}

/** A line for each row, its cells parted by bars; what names rows and columns in asterisks. */
function tableLines({ headerRow, headerColumn, rows }: Extract<ReadBlock, { type: 'table' }>): string[] {
  return rows.map(({ cells }, row) =>
    cells
      .map(({ runs }, column) => {
        const text = runs.map((run) => run.text).join('')
        return (headerRow && row === 0) || (headerColumn && column === 0) ? `*${text}*` : text
      })
      .join('|')
  )
}
