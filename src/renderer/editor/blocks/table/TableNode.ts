import { $applyNodeReplacement, $getState, $setState, createState, DecoratorNode, type LexicalNode } from 'lexical'
import type { TableBlock } from '../../../../shared/document/blocks/table/table.ts'
import { textOfRuns } from '../../../../shared/document/runs.ts'
import { $factsOf } from '../../block-state.ts'
import type { BlockDecoration } from '../editor-block.ts'
import { newTable } from './table-edits.ts'

export type Table = Readonly<Pick<TableBlock, 'headerRow' | 'headerColumn' | 'rows'>>

const empty = newTable()
const tableState = createState('table', { parse: (value) => (value === undefined ? empty : (value as Table)) })

/** A table with a field per cell; selected and deleted as a whole. */
export class TableNode extends DecoratorNode<BlockDecoration<Table>> {
  override $config() {
    return this.config('galley-table', { extends: DecoratorNode, stateConfigs: [tableState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'body-table'
    element.contentEditable = 'false'
    return element
  }

  override updateDOM(): false {
    return false
  }

  override isInline(): false {
    return false
  }

  override decorate(): BlockDecoration<Table> {
    return { type: 'table', key: this.getKey(), id: $factsOf(this).id, content: this.getTable() }
  }

  override getTextContent(): string {
    return this.getTable()
      .rows.map(({ cells }) => cells.map(({ runs }) => textOfRuns(runs)).join('\t'))
      .join('\n')
  }

  getTable(): Table {
    return $getState(this, tableState)
  }

  setTable(table: Table): void {
    $setState(this, tableState, table)
  }
}

export function $createTable(table: Table = empty): TableNode {
  const node = $applyNodeReplacement(new TableNode())
  node.setTable(table)
  return node
}

export function $isTableNode(node: LexicalNode | null | undefined): node is TableNode {
  return node instanceof TableNode
}
