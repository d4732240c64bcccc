import {
  $createRangeSelection,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type LexicalNode,
  type PointType
} from 'lexical'
import { $leafOf, $nextLeaf } from '../../../src/renderer/editor/block-commands.ts'
import { $selectNode } from '../../../src/renderer/editor/block-selection.ts'

interface Place {
  /** Which line-bearing block or item, counted from the start of the body. */
  readonly leaf: number
  /** Characters into it; null when it is selected as a whole. */
  readonly offset: number | null
}

/** Where the selection is, in terms that do not know of chunks. */
export type CaretPlace = { readonly anchor: Place; readonly focus: Place } | null

export function $caretPlace(): CaretPlace {
  const selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const node = selection.getNodes()[0]
    const place = { leaf: node ? $indexOf(node) : -1, offset: null }
    return { anchor: place, focus: place }
  }
  return $isRangeSelection(selection) ? { anchor: $placeOf(selection.anchor), focus: $placeOf(selection.focus) } : null
}

export function $setCaretPlace(place: CaretPlace): void {
  if (!place) return $setSelection(null)
  const node = $leafAt(place.anchor.leaf)
  if (place.anchor.offset === null) {
    if (node) $selectNode(node)
    return
  }
  const selection = $createRangeSelection()
  $point(selection.anchor, place.anchor)
  $point(selection.focus, place.focus)
  $setSelection(selection)
}

function $placeOf(point: PointType): Place {
  const node = point.getNode()
  const leaf = $leafOf(node)
  if (!leaf) return { leaf: -1, offset: point.offset }
  let offset = point.type === 'text' ? point.offset : 0
  if (point.type === 'element' && $isElementNode(node))
    for (const child of node.getChildren().slice(0, point.offset)) offset += child.getTextContentSize()
  for (let current: LexicalNode = node; !current.is(leaf); current = current.getParentOrThrow()) {
    for (let sibling = current.getPreviousSibling(); sibling; sibling = sibling.getPreviousSibling())
      offset += sibling.getTextContentSize()
  }
  return { leaf: $indexOf(leaf), offset }
}

function $point(point: PointType, { leaf, offset }: Place): void {
  const node = $leafAt(leaf)
  if (!$isElementNode(node))
    return point.set('root', Math.max(0, Math.min(offset ?? 0, $getRoot().getChildrenSize())), 'element')
  let left = offset ?? 0
  for (const child of $inlineOf(node)) {
    const size = child.getTextContentSize()
    if ($isTextNode(child) && left <= size) return point.set(child.getKey(), left, 'text')
    if (left === 0) return point.set(child.getParentOrThrow().getKey(), child.getIndexWithinParent(), 'element')
    left -= size
  }
  point.set(node.getKey(), node.getChildrenSize(), 'element')
}

function $inlineOf(node: LexicalNode): LexicalNode[] {
  return $isElementNode(node)
    ? node.getChildren().flatMap((child) => ($isElementNode(child) ? $inlineOf(child) : [child]))
    : []
}

function $firstLeaf(): LexicalNode | null {
  let node: LexicalNode | null = $getRoot()
  while (node && !$leafOf(node) && $isElementNode(node)) node = node.getFirstChild()
  return node ? $leafOf(node) : null
}

function $leafAt(index: number): LexicalNode | null {
  let leaf = $firstLeaf()
  for (let at = 0; leaf && at < index; at += 1) leaf = $nextLeaf(leaf, false)
  return leaf
}

function $indexOf(node: LexicalNode): number {
  const wanted = $leafOf(node)
  let index = 0
  for (let leaf = $firstLeaf(); leaf; leaf = $nextLeaf(leaf, false), index += 1) if (wanted?.is(leaf)) return index
  return -1
}
