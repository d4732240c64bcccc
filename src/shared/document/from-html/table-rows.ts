import { textOfRuns, type Run } from '../runs.ts'
import { joinedRuns } from './line.ts'
import type { NewTable, ReadBlock } from './new-block.ts'

/** A table being read: for each column, how many rows a cell from above still covers. */
export class TableColumns {
  /** The table says that it is only for layout. */
  readonly isLayout: boolean
  /** Its rows of data, each by the line that represents it until the table ends. */
  readonly rows = new Map<ReadBlock, RowRead>()
  isInHead = false
  readonly #covered: number[] = []

  constructor(isLayout: boolean) {
    this.isLayout = isLayout
  }

  /** Starts the next row: returns which columns are covered, and counts down by one row. */
  nextRow(): readonly boolean[] {
    return this.#covered.map((rows, column) => {
      if (rows > 0) this.#covered[column] = rows - 1
      return rows > 0
    })
  }

  cover(column: number, columns: number, rows: number): void {
    for (let at = column; at < Math.min(MOST_COLUMNS, column + columns); at += 1) this.#covered[at] = rows
  }
}

export interface Cell {
  readonly blocks: readonly ReadBlock[]
  readonly columns: number
  readonly rows: number
  /** A header cell of its row or column. */
  readonly isName: boolean
}

export const MOST_COLUMNS = 100
export const MOST_ROWS = 1000
/** Characters of a cell that holds several blocks; with more than that the table is only for layout. */
const LONGEST_CELL = 300

/**
 * The texts of a row's cells by column: empty, wide and covered cells count, and the text of a merged cell is in its
 * first column. Null for a row that is only for layout.
 */
export function textsOfRow(cells: readonly Cell[], columns: TableColumns): Run[][] | null {
  const covered = columns.nextRow()
  const texts: Run[][] = []
  let column = 0
  for (const cell of cells) {
    if (column < MOST_COLUMNS) for (; covered[column] === true; column += 1) texts.push([])
    texts.push(runsOfCell(cell.blocks), ...Array.from({ length: cell.columns - 1 }, (): Run[] => []))
    if (cell.rows > 1) columns.cover(column, cell.columns, cell.rows - 1)
    column += cell.columns
  }
  if (texts.length < 2 && !covered.includes(true)) return null
  return columns.isLayout || cells.some(({ blocks }) => isLayout(blocks)) ? null : texts
}

/** A row as one line with tabs between cells, so that figures stay in their columns. */
export function lineOfRow(texts: readonly (readonly Readonly<Run>[])[]): Run[] {
  const written = texts.findLastIndex((runs) => hasWords(runs)) === 0 ? texts.slice(0, 1) : texts
  return written.flatMap((runs, index) => {
    const own = runs.map((run) => ({ ...run }))
    return index === 0 ? own : [{ text: '\t' }, ...own]
  })
}

/** A row of data, and how the page marks it. */
export interface RowRead {
  readonly texts: readonly Run[][]
  /** It is a header row. */
  readonly isHead: boolean
  /** Its first cell names the row. */
  readonly isNamed: boolean
}

/** The most cells in a table block; a larger table stays lines of text. */
const MOST_CELLS = 20_000

/** Consecutive rows as a table; null if they make none: a single column, or too many cells. */
export function tableOf(rows: readonly RowRead[]): NewTable | null {
  const [first, ...rest] = rows
  const written = rows.map(({ texts }) => texts.findLastIndex((runs) => hasWords(runs)) + 1)
  if (!first || Math.max(...written) < 2 || written.reduce((sum, one) => sum + one, 0) > MOST_CELLS) return null
  const isBold = ({ texts }: RowRead) =>
    texts.every((runs) => runs.every((run) => run.text.trim() === '' || run.marks?.includes('bold') === true))
  const others = rest.length > 0 ? rest : rows
  return {
    type: 'table',
    headerRow: first.isHead || (rest.length > 0 && isBold(first) && !rest.some(isBold)),
    headerColumn: others.every(({ isNamed, isHead }) => isNamed && !isHead),
    rows: rows.map(({ texts }, index) => ({
      cells: texts.slice(0, Math.max(1, written[index] ?? 0)).map((runs) => ({ runs: joinedRuns(runs) }))
    }))
  }
}

function hasWords(runs: readonly Run[]): boolean {
  return runs.some((run) => run.text.trim() !== '')
}

function isLayout(blocks: readonly ReadBlock[]): boolean {
  if (
    blocks.some(
      (block) =>
        block.type === 'heading' ||
        block.type === 'picture' ||
        block.type === 'table' ||
        block.type === 'quote' ||
        (block.type === 'paragraph' && textOfRuns(block.runs).includes('\t'))
    )
  )
    return true
  return blocks.length > 1 && runsOfCell(blocks).reduce((length, run) => length + run.text.length, 0) > LONGEST_CELL
}

/** A cell's text on one line. */
function runsOfCell(blocks: readonly ReadBlock[]): Run[] {
  const lines = blocks.flatMap((block) =>
    'runs' in block ? [block.runs] : 'items' in block ? block.items.map((item) => item.runs) : []
  )
  return lines.flatMap((runs, index) => {
    const line = runs.map((run) => ({ ...run, text: run.text.replace(/(?<!\s)\s*[\n\t]\s*/g, ' ') }))
    return index === 0 ? line : [{ text: ' ' }, ...line]
  })
}
