import { List, ListOrdered } from 'lucide-react'
import type { ListBlock } from '../../../../shared/document/blocks/list/list.ts'
import { $readRuns, $writeRuns } from '../../runs-codec.ts'
import { defineEditorBlock, registersNothing, withShift } from '../editor-block.ts'
import { $createItem, $createList, $isItemNode, ItemNode, ListNode } from './ListNodes.ts'
import './list.css'

export const listBlock = defineEditorBlock({
  node: ListNode,
  inner: [ItemNode],
  holds: 'items',
  enters: false,
  theme: {},
  $create: $createListBlock,
  $read: (list) => ({
    type: 'list',
    ordered: list.isOrdered(),
    ...startOf(list),
    items: list
      .getChildren()
      .filter($isItemNode)
      .map((item) => ({ ...item.getExtra(), runs: $readRuns(item), depth: item.getDepth() }))
  }),
  $kind: (list) => (list.isOrdered() ? 'numbered' : 'bulleted'),
  offers: [
    { choice: 'bulleted', icon: List, hasButton: true, keys: withShift(8), $make: () => $createList(false) },
    { choice: 'numbered', icon: ListOrdered, hasButton: true, keys: withShift(7), $make: () => $createList(true) }
  ],
  View: null,
  register: registersNothing
})

function startOf(list: ListNode): { start?: number } {
  const start = list.getStart()
  return start === undefined ? {} : { start }
}

function $createListBlock(block: ListBlock): ListNode {
  const list = $createList(block.ordered)
  if (block.start !== undefined) list.setStart(block.start)
  list.splice(
    0,
    0,
    block.items.map(({ runs, depth, ...extra }) => {
      const item = $createItem(depth)
      if (Object.keys(extra).length > 0) item.setExtra(extra)
      $writeRuns(item, runs)
      return item
    })
  )
  return list
}
