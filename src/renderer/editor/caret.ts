import {
  $createParagraphNode,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isRootNode,
  $isTextNode,
  type LexicalNode,
  type PointType
} from 'lexical'
import { $goBeside, $selectNode } from './block-selection.ts'
import { $isListNode } from './blocks/list/ListNodes.ts'
import { $blockOf, $isChunk } from './chunks.ts'

/**
 * A caret between blocks is in no text, and what it did there would depend on chunks. It moves into the block after it,
 * or at the end into the one before; a picture there is selected as a whole. The ends of a range move to the nearest
 * text.
 */
export function $settleCaret(): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  if (!selection.isCollapsed()) {
    for (const point of [selection.anchor, selection.focus]) $settlePoint(point)
    return
  }
  const around = $around(selection.anchor)
  if (!around) return
  const target = around.after ?? around.before
  if ($isDecoratorNode(target)) $selectNode(target)
  else if ($isElementNode(target)) {
    if (around.after) target.selectStart()
    else target.selectEnd()
  }
}

function $settlePoint(point: PointType): void {
  const around = $around(point)
  if ($isElementNode(around?.after)) {
    const first = around.after.getFirstDescendant()
    if ($isTextNode(first)) point.set(first.getKey(), 0, 'text')
    else point.set(around.after.getKey(), 0, 'element')
  } else if ($isElementNode(around?.before)) {
    const last = around.before.getLastDescendant()
    if ($isTextNode(last)) point.set(last.getKey(), last.getTextContentSize(), 'text')
    else point.set(around.before.getKey(), around.before.getChildrenSize(), 'element')
  }
}

/** The text blocks, items or pictures on both sides of a point that is in none; null for a point that is inside one. */
function $around(point: PointType): { before: LexicalNode | null; after: LexicalNode | null } | null {
  if (point.type !== 'element') return null
  const parent = point.getNode()
  if (!$isRootNode(parent) && !$isChunk(parent) && !$isListNode(parent)) return null
  let after = parent.getChildAtIndex(point.offset) ?? ($isRootNode(parent) ? null : parent.getNextSibling())
  let before =
    point.offset > 0
      ? parent.getChildAtIndex(point.offset - 1)
      : $isRootNode(parent)
        ? null
        : parent.getPreviousSibling()
  while ($isChunk(after) || $isListNode(after)) after = after.getFirstChild()
  while ($isChunk(before) || $isListNode(before)) before = before.getLastChild()
  return { before, after }
}

/**
 * Enter, or typing, on a selected picture: adds an empty paragraph below it, or above it with Shift+Enter. Does nothing
 * if no picture is selected.
 */
export function $enterBeside(above: boolean): boolean {
  const selection = $getSelection()
  const node = $isNodeSelection(selection) ? selection.getNodes().at(above ? 0 : -1) : undefined
  const block = node ? $blockOf(node) : null
  if (!block) return false
  const paragraph = $createParagraphNode()
  if (above) block.insertBefore(paragraph, false)
  else block.insertAfter(paragraph, false)
  paragraph.select()
  return true
}

/** From a selected block into the one below, or into a new paragraph if there is none. */
export function $goOnBelow(): void {
  const selection = $getSelection()
  const node = $isNodeSelection(selection) ? selection.getNodes().at(-1) : undefined
  if (node) $goBeside(node, false)
}
