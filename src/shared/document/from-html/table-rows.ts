import { textOfRuns, type Run } from '../runs.ts'
import type { ReadBlock } from './new-block.ts'

/** A table that is being read: how many rows each column is still covered by a cell from above. */
export class TableColumns {
  /** The table says itself that it only lays out the page. */
  readonly isLayout: boolean
  readonly #covered: number[] = []

  constructor(isLayout: boolean) {
    this.isLayout = isLayout
  }

  /** Where the next row begins, which columns are covered. Counts one row off. */
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
}

export const MOST_COLUMNS = 100
export const MOST_ROWS = 1000
/** Characters of a cell that holds several blocks: beyond it the table only lays out a page. */
const LONGEST_CELL = 300

/**
 * A row of a table as one line, its cells parted by tabs, so that figures stay in their columns: empty cells, wide ones
 * and those covered from above count. Null for a row that is no row of data but a way to lay out a page.
 */
export function lineOfRow(cells: readonly Cell[], columns: TableColumns): Run[] | null {
  const covered = columns.nextRow()
  const runs: Run[] = []
  let column = 0
  const skipCovered = () => {
    for (; covered[column] === true; column += 1) runs.push({ text: '\t' })
  }
  for (const [index, cell] of cells.entries()) {
    if (column < MOST_COLUMNS) skipCovered()
    runs.push(...runsOfCell(cell.blocks))
    if (cell.rows > 1) columns.cover(column, cell.columns, cell.rows - 1)
    column += cell.columns
    if (index < cells.length - 1) runs.push({ text: '\t'.repeat(cell.columns) })
    else if (cell.columns > 1) runs.push({ text: '\t'.repeat(cell.columns - 1) })
  }
  if (cells.length < 2 && !covered.includes(true)) return null
  return columns.isLayout || cells.some(({ blocks }) => isLayout(blocks)) ? null : runs
}

function isLayout(blocks: readonly ReadBlock[]): boolean {
  if (
    blocks.some(
      (block) =>
        block.type === 'heading' ||
        block.type === 'picture' ||
        block.type === 'quote' ||
        (block.type === 'paragraph' && textOfRuns(block.runs).includes('\t'))
    )
  )
    return true
  return blocks.length > 1 && runsOfCell(blocks).reduce((length, run) => length + run.text.length, 0) > LONGEST_CELL
}

/** What a cell says, on one line. */
function runsOfCell(blocks: readonly ReadBlock[]): Run[] {
  const lines = blocks.flatMap((block) =>
    'runs' in block ? [block.runs] : 'items' in block ? block.items.map((item) => item.runs) : []
  )
  return lines.flatMap((runs, index) => {
    const line = runs.map((run) => ({ ...run, text: run.text.replace(/(?<!\s)\s*[\n\t]\s*/g, ' ') }))
    return index === 0 ? line : [{ text: ' ' }, ...line]
  })
}
