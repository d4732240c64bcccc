import { useLayoutEffect, useRef, useState } from 'react'
import { columnsOf } from '../../../../shared/document/blocks/table/table.ts'
import type { Run } from '../../../../shared/document/runs.ts'
import { useStrings } from '../../../strings/strings.ts'
import { isAtFieldEdge } from '../../field-edges.ts'
import { RunsField } from '../../RunsField.tsx'
import type { BlockViewProps } from '../editor-block.ts'
import { leaveBlock } from '../fields.ts'
import { useBlockChange } from '../use-block-change.ts'
import { $isTableNode, type Table } from './TableNode.ts'
import { TableTools } from './TableTools.tsx'
import { withCell, withRow } from './table-edits.ts'

interface Place {
  readonly row: number
  readonly column: number
}

/** A table as readers see it, with a field per cell. */
export function TableView({ lexical, decoration: { key, content }, editable }: BlockViewProps) {
  const table = content as Table
  const { body: words } = useStrings()
  const [at, setAt] = useState<Place | null>(null)
  const grid = useRef<HTMLTableElement>(null)
  const change = useBlockChange(lexical, key, $isTableNode)
  const rows = table.rows.length
  const columns = columnsOf(table)

  const edit = (make: (table: Table) => Table) => change(null, (node) => node.setTable(make(node.getTable())))
  // The focused cell was rendered again as a header, or deleted with its row or column: the focus returns to that
  // place.
  useLayoutEffect(() => {
    if (!at || document.activeElement !== document.body) return
    focusCell(grid.current, { row: Math.min(at.row, rows - 1), column: Math.min(at.column, columns - 1) })
  })

  const write = ({ row, column }: Place, runs: Run[], isStep: boolean) =>
    change(isStep ? null : `${row}:${column}`, (node) => node.setTable(withCell(node.getTable(), row, column, runs)))

  /** Handles a key that leads out of a cell; returns true if it did. */
  const onKey = (event: KeyboardEvent, field: HTMLElement, { row, column }: Place): boolean => {
    const leave = (by: string) => leaveBlock(lexical, key, by)
    const go = (to: Place): true => {
      // A new row is rendered only after the key event.
      setTimeout(() => focusCell(grid.current, to))
      return true
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.key === 'Escape') return leave('Escape')
    if (event.key === 'Tab') {
      const next = row * columns + column + (event.shiftKey ? -1 : 1)
      if (next < 0) return leave('ArrowUp')
      if (next === rows * columns) edit((now) => withRow(now, rows))
      return go({ row: Math.floor(next / columns), column: next % columns })
    }
    if (event.key === 'Enter' && !event.shiftKey)
      return row + 1 < rows ? go({ row: row + 1, column }) : leave('ArrowDown')
    if (event.shiftKey || !event.key.startsWith('Arrow') || !isAtFieldEdge(field, event.key)) return false
    const isRtl = getComputedStyle(grid.current ?? field).direction === 'rtl'
    const along = (event.key === 'ArrowLeft') === isRtl ? 1 : -1
    const to =
      event.key === 'ArrowUp' || event.key === 'ArrowDown'
        ? { row: row + (event.key === 'ArrowDown' ? 1 : -1), column }
        : { row, column: column + along }
    if (to.row < 0 || to.row >= rows) return leave(event.key)
    return to.column < 0 || to.column >= columns ? false : go(to)
  }

  const cell = (row: number, column: number) => (
    <RunsField
      body={lexical}
      label={words.cell({ row: row + 1, column: column + 1 })}
      className="body-cell"
      part={`${row}.${column}`}
      runs={table.rows[row]?.cells[column]?.runs ?? NOTHING}
      editable={editable}
      onChange={(runs, isStep) => write({ row, column }, runs, isStep)}
      onKey={(event, field) => onKey(event, field, { row, column })}
      onFocus={() => setAt({ row, column })}
      onBlur={() => setAt((now) => (now?.row === row && now.column === column ? null : now))}
    />
  )

  return (
    <>
      {editable && (
        // The room is always there: tools that appear on a click must not move what is being clicked.
        <div className="body-table-room">
          {at && <TableTools table={table} row={at.row} column={at.column} onEdit={edit} />}
        </div>
      )}
      <table ref={grid} className="body-table-grid">
        <tbody>
          {table.rows.map((_, row) => (
            // Rows and columns have no ids; their index is their key.
            <tr key={row}>
              {Array.from({ length: columns }, (_, column) => {
                const isHead = (table.headerRow && row === 0) || (table.headerColumn && column === 0)
                return isHead ? (
                  <th key={column} scope={table.headerRow && row === 0 ? 'col' : 'row'}>
                    {cell(row, column)}
                  </th>
                ) : (
                  <td key={column}>{cell(row, column)}</td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const NOTHING: readonly Run[] = []

function focusCell(grid: HTMLTableElement | null, { row, column }: Place): void {
  grid?.rows[row]?.cells[column]?.querySelector<HTMLElement>('.body-cell')?.focus()
}
