import { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { canonicalRuns } from '../../diff/canonical-runs.ts'
import { Runs, textOfRuns } from '../../runs.ts'
import { blockSchema, defineBlock, linksOfRuns, withoutPictures } from '../define-block.ts'
import { blockAttributes, insideOf, runsAttributes, runsToHtml, type HtmlOptions } from '../markup.ts'

const cell = z.looseObject({ runs: Runs })
const row = z.looseObject({ cells: z.array(cell).min(1) })
const schema = blockSchema('table', {
  /** The first row names the columns. */
  headerRow: z.boolean(),
  /** The first cell of each row names the row. */
  headerColumn: z.boolean(),
  rows: z.array(row).min(1)
})
/** Rows of cells, none of them merged. Rows may differ in length: missing cells count as empty. */
export type TableBlock = z.infer<typeof schema>
export type TableCell = z.infer<typeof cell>

export const table = defineBlock({
  schema,
  upgrade: {},
  ...withoutPictures<TableBlock>(),
  canonical: (block) => ({
    ...block,
    rows: block.rows.map((one) => ({
      ...one,
      cells: one.cells.map((inner) => ({ ...inner, runs: canonicalRuns(inner.runs) }))
    }))
  }),
  toHtml,
  toText,
  // Tabs between cells and a line per row, which spreadsheets paste as a table.
  toPlainText: toText,
  searchText: (block) => ({ body: toText(block), captions: [] }),
  words: (block) => countWords(toText(block)),
  links: (block) => cellsOf(block).flatMap(({ runs }) => linksOfRuns(runs)),
  withTexts: (block, change) => ({
    ...block,
    rows: block.rows.map((one, row) => ({
      ...one,
      cells: one.cells.map((inner, column) => ({ ...inner, runs: [...change(inner.runs, `${row}.${column}`)] }))
    }))
  }),
  // Rows and cells are assembled from all of a table's markup.
  fromHtml: 'reader'
})

/** The number of cells in the widest row. */
export function columnsOf({ rows }: Pick<TableBlock, 'rows'>): number {
  return Math.max(...rows.map(({ cells }) => cells.length))
}

function cellsOf(block: TableBlock): TableCell[] {
  return block.rows.flatMap(({ cells }) => cells)
}

function toText({ rows }: TableBlock): string {
  const text = rows.map(({ cells }) =>
    cells.map(({ runs }) => textOfRuns(runs).replace(/(?<!\s)\s*[\n\t]\s*/g, ' ')).join('\t')
  )
  return text.every((line) => line.trim() === '') ? '' : text.join('\n')
}

function toHtml(block: TableBlock, options: HtmlOptions): string {
  const columns = columnsOf(block)
  const words = cellsOf(block)
    .map(({ runs }) => textOfRuns(runs))
    .join(' ')
  const around = insideOf(block, words, options)
  const lines = block.rows.map((one, index) => rowHtml(block, one.cells, { index, columns, around }))
  const head = block.headerRow ? `<thead>${lines[0] ?? ''}</thead>` : ''
  const rest = block.headerRow ? lines.slice(1) : lines
  const body = rest.length === 0 ? '' : `<tbody>${rest.join('')}</tbody>`
  return `<table${blockAttributes(block, words, options)}>${head}${body}</table>`
}

interface RowPlace {
  readonly index: number
  readonly columns: number
  readonly around: HtmlOptions
}

function rowHtml(block: TableBlock, cells: readonly TableCell[], { index, columns, around }: RowPlace): string {
  const html = Array.from({ length: columns }, (_, column) => {
    const runs = cells[column]?.runs ?? []
    const inner = `${runsAttributes({}, runs, around)}>${runsToHtml(runs)}`
    if (block.headerRow && index === 0) return `<th scope="col"${inner}</th>`
    return block.headerColumn && column === 0 ? `<th scope="row"${inner}</th>` : `<td${inner}</td>`
  })
  return `<tr>${html.join('')}</tr>`
}
