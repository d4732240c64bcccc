import {
  $createRangeSelection,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type LexicalNode,
  type PointType
} from 'lexical'
import { $factsOf } from './block-state.ts'
import { $isListNode } from './blocks/list/ListNodes.ts'
import { $blockOf } from './chunks.ts'

/**
 * Selects a range of a block by offsets into its plain text, where a line break and the step between two items count as
 * one. Returns false for a block whose words are not in the editor's own text, such as a picture's.
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

/**
 * Where the caret is, by the same offsets; a selection that continues into another block is reported as the caret at
 * its start.
 */
export function $wordsSelected(): { readonly blockId: string; readonly start: number; readonly end: number } | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const [first, last] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const block = $blockOf(first.getNode())
  // The empty line of an empty body is not a block yet.
  if (!block || $factsOf(block).id === '') return null
  const start = $offsetOf(block, first)
  const end = block.is($blockOf(last.getNode())) ? $offsetOf(block, last) : start
  return { blockId: $factsOf(block).id, start, end: Math.max(start, end) }
}

function $offsetOf(block: LexicalNode, point: PointType): number {
  let passed = 0
  const walk = (node: LexicalNode): boolean => {
    if (node.getKey() === point.key && point.type === 'text') {
      passed += point.offset
      return true
    }
    if ($isTextNode(node)) passed += node.getTextContentSize()
    else if ($isLineBreakNode(node)) passed += 1
    else if ($isElementNode(node)) {
      for (const [at, child] of node.getChildren().entries()) {
        if (node.getKey() === point.key && at === point.offset) return true
        if (at > 0 && $isListNode(node)) passed += 1
        if (walk(child)) return true
      }
      return node.getKey() === point.key
    }
    return false
  }
  walk(block)
  return passed
}
