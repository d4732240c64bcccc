import {
  $createRangeSelection,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  $setSelection,
  type LexicalNode,
  type PointType
} from 'lexical'
import { $isListNode } from './blocks/list/ListNodes.ts'

/**
 * Selects a stretch of a block by the offsets its plain words have: a line break and the step from item to item count
 * one. Answers false for a block whose words are not in the editor's own text, such as a picture's.
 */
export function $selectWords(block: LexicalNode, start: number, end: number): boolean {
  if (!$isElementNode(block)) return false
  const selection = $createRangeSelection()
  const put = (point: PointType, offset: number): boolean => {
    const spot = $spotAt(block, offset)
    if (spot) point.set(spot.node.getKey(), spot.offset, 'text')
    return spot !== null
  }
  if (!put(selection.anchor, start) || !put(selection.focus, end)) return false
  $setSelection(selection)
  return true
}

function $spotAt(block: LexicalNode, offset: number): { node: LexicalNode; offset: number } | null {
  let left = offset
  const walk = (node: LexicalNode): { node: LexicalNode; offset: number } | null => {
    if ($isTextNode(node)) {
      const size = node.getTextContentSize()
      if (left <= size) return { node, offset: left }
      left -= size
      return null
    }
    if ($isLineBreakNode(node)) left -= 1
    else if ($isElementNode(node)) {
      for (const [at, child] of node.getChildren().entries()) {
        if (at > 0 && $isListNode(node)) left -= 1
        if (left < 0) return null
        const found = walk(child)
        if (found) return found
      }
    }
    return null
  }
  return walk(block)
}
