import {
  ArrowDownToLine,
  ArrowLeftToLine,
  ArrowRightToLine,
  ArrowUpToLine,
  PanelLeft,
  PanelTop,
  TableColumnsSplit,
  TableRowsSplit
} from 'lucide-react'
import type { ComponentType } from 'react'
import { columnsOf } from '../../../../shared/document/blocks/table/table.ts'
import { useStrings } from '../../../strings/strings.ts'
import type { Table } from './TableNode.ts'
import { withColumn, withoutColumn, withoutRow, withRow } from './table-edits.ts'

export interface TableToolsProps {
  readonly table: Table
  /** The cell with the focus. */
  readonly row: number
  readonly column: number
  onEdit(make: (table: Table) => Table): void
}

/** Tools for the row and column of a cell. The focus stays in the cell. */
export function TableTools({ table, row, column, onEdit }: TableToolsProps) {
  const { table: words } = useStrings().body
  const tool = (label: string, Icon: ComponentType, make: (now: Table) => Table, isOn?: boolean, isOff = false) => (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      disabled={isOff}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onEdit(make)}
    >
      <Icon />
    </button>
  )
  return (
    <div className="body-table-tools" role="toolbar" aria-label={words.label}>
      {tool(words.headerRow, PanelTop, (now) => ({ ...now, headerRow: !now.headerRow }), table.headerRow)}
      {tool(words.headerColumn, PanelLeft, (now) => ({ ...now, headerColumn: !now.headerColumn }), table.headerColumn)}
      {tool(words.rowAbove, ArrowUpToLine, (now) => withRow(now, row))}
      {tool(words.rowBelow, ArrowDownToLine, (now) => withRow(now, row + 1))}
      {tool(words.columnBefore, ArrowLeftToLine, (now) => withColumn(now, column))}
      {tool(words.columnAfter, ArrowRightToLine, (now) => withColumn(now, column + 1))}
      {tool(words.removeRow, TableRowsSplit, (now) => withoutRow(now, row), undefined, table.rows.length === 1)}
      {tool(
        words.removeColumn,
        TableColumnsSplit,
        (now) => withoutColumn(now, column),
        undefined,
        columnsOf(table) === 1
      )}
    </div>
  )
}
