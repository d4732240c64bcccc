import { Table2 } from 'lucide-react'
import { table, type TableBlock } from '../../../../shared/document/blocks/table/table.ts'
import { defineEditorBlock, registersNothing } from '../editor-block.ts'
import { $createTable, TableNode } from './TableNode.ts'
import { TableView } from './TableView.tsx'
import './table.css'

export const tableBlock = defineEditorBlock({
  node: TableNode,
  inner: [],
  holds: 'nothing',
  enters: true,
  theme: {},
  $create(block: TableBlock) {
    const { headerRow, headerColumn, rows } = table.canonical(block)
    return $createTable({ headerRow, headerColumn, rows })
  },
  $read: (node) => ({ type: 'table', ...node.getTable() }),
  $kind: () => 'table',
  offers: [{ choice: 'table', icon: Table2, hasButton: true, keys: null, $make: () => $createTable() }],
  View: TableView,
  register: registersNothing
})
