import type { LineCell, LineRow } from '../../../shared/intake/page.ts'
import type { Attributes } from './html-tags.ts'

/** Nobody reads a table with more columns than this. */
const MOST_COLUMNS = 100
/** What may be between the cells in a row's line. */
const BETWEEN = /^[\s|]*$/

interface OpenCell {
  readonly from: number
  to: number
  /** The column it begins in, and how many it spans. */
  readonly column: number
  readonly columns: number
  readonly isName: boolean
}

interface OpenTable {
  readonly number: number
  /**
   * For each column, how many rows below the current one a cell covers, and whether one from above covers the current
   * row.
   */
  covered: number[]
  under: readonly boolean[]
  /** The column of the row's next cell. */
  column: number
  isHead: boolean
  /** Null between rows, and in a row that contains more than lines of text side by side. */
  row: OpenCell[] | null
}

/** For a line that is a complete table row, reports where its cells are in it. */
export class HtmlTables {
  readonly #open: OpenTable[] = []
  #last = -1

  enter(name: string, attributes: Attributes, length: number): void {
    if (name === 'table') {
      // A table inside a cell means that the outer one is for layout.
      const around = this.#open.at(-1)
      if (around) around.row = null
      this.#open.push({ number: (this.#last += 1), covered: [], under: [], column: 0, isHead: false, row: null })
      return
    }
    const table = this.#open.at(-1)
    if (!table) return
    if (name === 'thead') table.isHead = true
    else if (name === 'tbody' || name === 'tfoot') table.isHead = false
    else if (name === 'tr') beginRow(table)
    else if (name === 'td' || name === 'th') {
      const cell = { column: place(table, attributes), columns: spanOf(attributes['colspan']), isName: name === 'th' }
      table.row?.push({ ...cell, from: length, to: length })
    }
  }

  leave(name: string, length: number): void {
    const table = this.#open.at(-1)
    if (name === 'table') this.#open.pop()
    else if (name === 'thead' && table) table.isHead = false
    else if (name === 'td' || name === 'th') {
      const cell = table?.row?.at(-1)
      if (cell) cell.to = length
    }
  }

  /** A line ended within the row, which therefore has more than one line. */
  broke(): void {
    const table = this.#open.at(-1)
    if (table) table.row = null
  }

  /**
   * The row that ends here, for a line from whose start `shift` characters of space were removed, leaving `text`. Null
   * if it is not a row of cells side by side, or has words outside its cells.
   */
  row(shift: number, text: string): LineRow | null {
    const table = this.#open.at(-1)
    const open = table?.row
    if (!table || !open) return null
    table.row = null
    const within = (at: number) => Math.min(text.length, Math.max(0, at - shift))
    const cells: LineCell[] = []
    const nothing = (): LineCell => ({ from: 0, to: 0, isName: false })
    for (const { from, to, column, columns, isName } of open) {
      while (cells.length < column) cells.push(nothing())
      cells.push({ from: within(from), to: within(to), isName })
      for (let more = 1; more < columns; more += 1) cells.push(nothing())
      if (cells.length > MOST_COLUMNS) return null
    }
    if (cells.length < 2 || hasWordsBeside(cells, text)) return null
    return { table: table.number, isHead: table.isHead || open.every(({ isName }) => isName), cells }
  }
}

/**
 * Which columns are covered from above is settled when a row begins, because it may end as something other than a table
 * row.
 */
function beginRow(table: OpenTable): void {
  table.under = Array.from(table.covered, (rows = 0) => rows > 0)
  table.covered = Array.from(table.covered, (rows = 0) => Math.max(0, rows - 1))
  table.column = 0
  table.row = []
}

/** The column in which a cell begins; records the rows it covers below. */
function place(table: OpenTable, attributes: Attributes): number {
  const rows = spanOf(attributes['rowspan'])
  let { column } = table
  while (column < MOST_COLUMNS && table.under[column] === true) column += 1
  table.column = Math.min(MOST_COLUMNS, column + spanOf(attributes['colspan']))
  if (rows > 1) for (let at = column; at < table.column; at += 1) table.covered[at] = rows - 1
  return column
}

/** True if the row has words that are neither in a cell nor a separator: a table would lose them. */
function hasWordsBeside(cells: readonly LineCell[], text: string): boolean {
  let at = 0
  for (const { from, to } of cells) {
    if (!BETWEEN.test(text.slice(at, from))) return true
    at = Math.max(at, to)
  }
  return !BETWEEN.test(text.slice(at))
}

function spanOf(value: string | undefined): number {
  const span = Number.parseInt(value ?? '', 10)
  return span > 1 ? Math.min(span, MOST_COLUMNS) : 1
}
