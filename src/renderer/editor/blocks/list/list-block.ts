import type { ListBlock } from '../../../../shared/document/document.ts'
import { $readRuns, $writeRuns } from '../../runs-codec.ts'
import { $createItem, $createList, $isItemNode, type ListNode } from './ListNodes.ts'

export function $createListBlock(block: ListBlock): ListNode {
  const list = $createList(block.ordered)
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

export function $readListBlock(list: ListNode): Pick<ListBlock, 'type' | 'ordered' | 'items'> {
  const items = list
    .getChildren()
    .filter($isItemNode)
    .map((item) => ({ ...item.getExtra(), runs: $readRuns(item), depth: item.getDepth() }))
  return { type: 'list', ordered: list.isOrdered(), items }
}
