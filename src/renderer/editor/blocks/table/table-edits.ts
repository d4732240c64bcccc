import { columnsOf, type TableBlock, type TableCell } from '../../../../shared/document/blocks/table/table.ts'
import type { Run } from '../../../../shared/document/runs.ts'

type Table = Readonly<Pick<TableBlock, 'headerRow' | 'headerColumn' | 'rows'>>
type Row = TableBlock['rows'][number]

/** Three columns, with a header row. */
export function newTable(): Table {
  return { headerRow: true, headerColumn: false, rows: Array.from({ length: 3 }, () => ({ cells: emptyCells(3) })) }
}

export function withCell(table: Table, row: number, column: number, runs: Run[]): Table {
  return mapRow(table, row, (one) => {
    const cells = padded(one, column + 1)
    return { ...one, cells: cells.with(column, { ...cells[column], runs }) }
  })
}

/** The table with a new empty row at that index. */
export function withRow(table: Table, at: number): Table {
  return { ...table, rows: table.rows.toSpliced(at, 0, { cells: emptyCells(columnsOf(table)) }) }
}

/** The table without that row; the last one stays, because a table has at least one. */
export function withoutRow(table: Table, at: number): Table {
  return table.rows.length === 1 ? table : { ...table, rows: table.rows.toSpliced(at, 1) }
}

/** The table with a new empty column at that index. */
export function withColumn(table: Table, at: number): Table {
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, cells: padded(row, at).toSpliced(at, 0, { runs: [] }) }))
  }
}

/** The table without that column; the last one stays. */
export function withoutColumn(table: Table, at: number): Table {
  const columns = columnsOf(table)
  if (columns === 1) return table
  return { ...table, rows: table.rows.map((row) => ({ ...row, cells: padded(row, columns).toSpliced(at, 1) })) }
}

function mapRow(table: Table, at: number, change: (row: Row) => Row): Table {
  return { ...table, rows: table.rows.map((row, index) => (index === at ? change(row) : row)) }
}

/** The row's cells, filled up to `count`: a stored row may be shorter than the table. */
function padded({ cells }: Row, count: number): TableCell[] {
  return cells.length >= count ? cells : [...cells, ...emptyCells(count - cells.length)]
}

function emptyCells(count: number): TableCell[] {
  return Array.from({ length: count }, () => ({ runs: [] }))
}
