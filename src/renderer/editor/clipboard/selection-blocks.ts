import {
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  type LexicalNode,
  type PointType
} from 'lexical'
import type { Block } from '../../../shared/document/document.ts'
import { canonicalRuns } from '../../../shared/document/diff/canonical-runs.ts'
import { sliceRuns, type Run } from '../../../shared/document/runs.ts'
import { $leafOf, $selectedLeaves } from '../block-commands.ts'
import { $isItemNode, $isListNode } from '../blocks/list/ListNodes.ts'
import { $isLineNode } from '../blocks/editor-blocks.ts'
import { $blockOf } from '../chunks.ts'
import { $readBlock } from '../document-codec.ts'
import { $endWithShown, $lastShown } from '../selection-end.ts'
import { $readRuns } from '../runs-codec.ts'

export interface SelectedContent {
  readonly blocks: readonly Block[]
  /** Set if the selection is part of one line, to be pasted into a line and not as a block. */
  readonly inline: readonly Run[] | null
}

/** The selection as stored blocks, the first and last reduced to what is selected of them. */
export function $selectedContent(): SelectedContent | null {
  const selection = $getSelection()?.clone() ?? null
  if ($isNodeSelection(selection)) {
    const blocks = selection
      .getNodes()
      .map($blockOf)
      .filter((block) => block !== null)
    return blocks.length === 0 ? null : { blocks: blocks.map($readBlock), inline: null }
  }
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return null
  const isWhole = $lastShown(selection) !== null
  $endWithShown(selection)
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const leaves = $selectedLeaves(selection)
  const first = leaves[0]
  if (leaves.length === 1 && !isWhole && first && ($isLineNode(first) || $isItemNode(first))) {
    const inline = cutRuns($readRuns(first), $offsetIn(start, first) ?? 0, $offsetIn(end, first) ?? Infinity)
    return { blocks: [], inline }
  }
  const blocks: Block[] = []
  let listOf = ''
  for (const [index, leaf] of leaves.entries()) {
    const from = index === 0 ? ($offsetIn(start, leaf) ?? 0) : 0
    const to = index === leaves.length - 1 ? ($offsetIn(end, leaf) ?? Infinity) : Infinity
    const block = $blockOf(leaf)
    if ($isItemNode(leaf) && $isListNode(block)) {
      const item = { ...leaf.getExtra(), runs: cutRuns($readRuns(leaf), from, to), depth: leaf.getDepth() }
      const last = blocks.at(-1)
      if (listOf === block.getKey() && last && 'items' in last && Array.isArray(last.items)) last.items.push(item)
      else blocks.push({ ...$readBlock(block), items: [item] } as Block)
      listOf = block.getKey()
    } else if ($isLineNode(leaf)) {
      blocks.push({ ...$readBlock(leaf), runs: cutRuns($readRuns(leaf), from, to) } as Block)
    } else {
      blocks.push($readBlock(leaf))
    }
  }
  return { blocks, inline: null }
}

/** Characters from the start of the leaf to the point; null if the point is not in it. */
function $offsetIn(point: PointType, leaf: LexicalNode): number | null {
  const node = point.getNode()
  if (!$leafOf(node)?.is(leaf)) return null
  let offset = 0
  if (point.type === 'text') offset = point.offset
  else if ($isElementNode(node))
    for (const child of node.getChildren().slice(0, point.offset)) offset += child.getTextContentSize()
  for (let current: LexicalNode = node; !current.is(leaf); current = current.getParentOrThrow()) {
    for (let sibling = current.getPreviousSibling(); sibling; sibling = sibling.getPreviousSibling())
      offset += sibling.getTextContentSize()
  }
  return offset
}

function cutRuns(runs: readonly Run[], from: number, to: number): Run[] {
  return canonicalRuns(sliceRuns(runs, from, to))
}
