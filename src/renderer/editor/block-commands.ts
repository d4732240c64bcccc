import {
  $createParagraphNode,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isRangeSelection,
  type ElementNode,
  type LexicalNode,
  type PointType,
  type RangeSelection
} from 'lexical'
import { $selectNode } from './block-selection.ts'
import { $factsOf, $setFacts } from './block-state.ts'
import {
  $createItem,
  $createList,
  $isItemNode,
  $isListNode,
  type ItemNode,
  type ListNode
} from './blocks/list/ListNodes.ts'
import { $isLineNode, $kindOf, offerOf, type BlockChoice } from './blocks/editor-blocks.ts'
import { $blockOf, $neighbour } from './chunks.ts'

/** What holds one line of text, or stands for itself: a text block, a list item, a picture, a kept block. */
type Leaf = LexicalNode

/**
 * Sets the blocks of the selection. A list the selection already has becomes paragraphs when the same list is asked for
 * again.
 */
export function $setBlockType(choice: BlockChoice): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const leaves = $selectedLeaves(selection).filter((leaf) => $isLineNode(leaf) || $isItemNode(leaf))
  if (leaves.length === 0) return
  const pins = [selection.anchor, selection.focus].map($pin)
  $convert(leaves, choice)
  for (const restore of pins) restore()
}

/** A range that ends beside a picture is held by the picture while blocks around it come and go. */
function $pin(point: PointType): () => void {
  const parent = point.getNode()
  if (!$isElementNode(parent) || $leafOf(parent)) return () => undefined
  const before = point.offset > 0 ? parent.getChildAtIndex(point.offset - 1) : null
  const held = $isDecoratorNode(before) ? before : parent.getChildAtIndex(point.offset)
  if (!$isDecoratorNode(held)) return () => undefined
  return () => {
    if (held.isAttached())
      point.set(held.getParentOrThrow().getKey(), held.getIndexWithinParent() + (held === before ? 1 : 0), 'element')
  }
}

function $convert(leaves: readonly Leaf[], choice: BlockChoice): void {
  if (offerOf(choice).holds === 'items') {
    const all = leaves.every((leaf) => $kindOf($blockOf(leaf) ?? leaf) === choice)
    if (all) for (const leaf of leaves) $toTextBlock(leaf, 'paragraph')
    else $toList(leaves, choice)
    return
  }
  const same = leaves.every((leaf) => $isLineNode(leaf) && $kindOf(leaf) === choice)
  for (const leaf of leaves) $toTextBlock(leaf, same ? 'paragraph' : choice)
}

/** Tab and Shift+Tab. Returns whether there was a list item to move. */
export function $changeDepth(by: 1 | -1): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return false
  const items = $selectedLeaves(selection).filter($isItemNode)
  for (const item of items) {
    const previous = item.getPreviousSibling()
    const deepest = $isItemNode(previous) ? previous.getDepth() + 1 : 0
    // An item is at most one level deeper than the one it hangs on.
    item.setDepth(by < 0 ? item.getDepth() - 1 : Math.max(item.getDepth(), Math.min(item.getDepth() + 1, deepest)))
  }
  return items.length > 0
}

/** Enter. */
export function $enter(selection: RangeSelection): void {
  if (!selection.isCollapsed()) selection.removeText()
  const leaf = $leafOf(selection.anchor.getNode())
  if ($isItemNode(leaf) && leaf.isEmpty()) {
    if (leaf.getDepth() > 0) leaf.setDepth(leaf.getDepth() - 1)
    else $liftItem(leaf).selectStart()
    return
  }
  if (!$isLineNode(leaf) && !$isItemNode(leaf)) {
    selection.insertParagraph()
    return
  }
  const choice = $kindOf(leaf)
  if (leaf.isEmpty() && choice !== 'paragraph' && $isLineNode(leaf)) {
    $toTextBlock(leaf, 'paragraph')
    return
  }
  if ($isAtStart(selection.anchor, leaf) && !leaf.isEmpty()) {
    // The block itself goes on below an empty line: it keeps its id, its type and what is known of it.
    const blank = $isItemNode(leaf) ? $createItem(leaf.getDepth()) : $createParagraphNode()
    if ($isLineNode(leaf)) $inheritVoice(leaf, blank)
    leaf.insertBefore(blank, false)
    return
  }
  const made = selection.insertParagraph()
  if (!made || $isItemNode(made)) return
  $inheritVoice(leaf, made)
  // What is cut off stays what it was.
  if (!made.isEmpty() && $isLineNode(made)) $toTextBlock(made, choice as BlockChoice)
}

/**
 * Backspace or Delete with a bare caret at the edge of a block. Returns whether it was at one; else the keystroke is
 * ordinary.
 */
export function $joinAtEdge(selection: RangeSelection, backward: boolean): boolean {
  if (!selection.isCollapsed()) return false
  const leaf = $leafOf(selection.anchor.getNode())
  if (!leaf || !($isLineNode(leaf) || $isItemNode(leaf))) return false
  if (!(backward ? $isAtStart(selection.anchor, leaf) : $isAtEnd(selection.anchor, leaf))) return false
  if (backward && $isItemNode(leaf)) {
    if (leaf.getDepth() > 0) leaf.setDepth(leaf.getDepth() - 1)
    else $liftItem(leaf).selectStart()
    return true
  }
  const other = $nextLeaf(leaf, backward)
  if (other === null) {
    if (backward && $isLineNode(leaf) && $kindOf(leaf) !== 'paragraph') $toTextBlock(leaf, 'paragraph')
    return true
  }
  if ($isDecoratorNode(other)) {
    // A picture is not deleted by a key that was aimed at text: the first one selects it, the next deletes it.
    if (leaf.isEmpty()) $removeLeaf(leaf)
    $selectNode(other)
    return true
  }
  if (!$isLineNode(other) && !$isItemNode(other)) return true
  if (other.isEmpty()) {
    $removeLeaf(other)
  } else if (leaf.isEmpty()) {
    $removeLeaf(leaf)
    if (backward) other.selectEnd()
    else other.selectStart()
  } else {
    const [first, second] = backward ? [other, leaf] : [leaf, other]
    const offset = first.getChildrenSize()
    const caret = first.getLastChild()
    const children = second.getChildren()
    const at = { key: selection.anchor.key, offset: selection.anchor.offset, type: selection.anchor.type }
    first.append(...children)
    if (at.type === 'element') first.select(offset, offset)
    else if (caret === null) first.selectStart()
    $removeLeaf(second)
  }
  return true
}

export function $leafOf(node: LexicalNode): Leaf | null {
  for (let current: LexicalNode | null = node; current; current = current.getParent()) {
    if ($isItemNode(current) || $isLineNode(current)) return current
    if ($isDecoratorNode(current) && !current.isInline()) return current
  }
  return null
}

export function $nextLeaf(leaf: Leaf, backward: boolean): Leaf | null {
  if ($isItemNode(leaf)) {
    const sibling = backward ? leaf.getPreviousSibling() : leaf.getNextSibling()
    if (sibling) return sibling
  }
  const block = $blockOf(leaf)
  const next = block ? $neighbour(block, backward) : null
  return $isListNode(next) ? (backward ? next.getLastChild() : next.getFirstChild()) : next
}

export function $selectedLeaves(selection: RangeSelection): Leaf[] {
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const first = $leafAt(start, false)
  const last = $leafAt(end, true)
  const leaves: Leaf[] = []
  for (let leaf = first; leaf; leaf = $nextLeaf(leaf, false)) {
    leaves.push(leaf)
    if (last === null || leaf.is(last)) break
  }
  return leaves
}

/**
 * An element point outside any leaf (the root's, a chunk's, a list's) means the leaf it is before, or at the end
 * the one before it.
 */
function $leafAt(point: PointType, isEnd: boolean): Leaf | null {
  const node = point.getNode()
  const leaf = $leafOf(node)
  if (leaf || !$isElementNode(node)) return leaf
  const child = node.getChildAtIndex(isEnd ? Math.max(0, point.offset - 1) : point.offset) ?? node.getLastChild()
  let inner: LexicalNode | null = child
  while (inner && !$leafOf(inner) && $isElementNode(inner)) inner = isEnd ? inner.getLastChild() : inner.getFirstChild()
  return inner ? $leafOf(inner) : null
}

/** Makes a block or item a text block of a kind; its id stays. Returns the block it is now. */
export function $toTextBlock(leaf: Leaf, choice: BlockChoice): LexicalNode {
  const from = $isItemNode(leaf) ? $liftItem(leaf) : leaf
  if (!$isLineNode(from) || $kindOf(from) === choice) return from
  const to = offerOf(choice).$make()
  if (!$isElementNode(to)) return from
  $setFacts(to, $factsOf(from))
  return from.replace(to, true)
}

function $toList(leaves: readonly Leaf[], choice: BlockChoice): void {
  const made = offerOf(choice).$make()
  if (!$isListNode(made)) return
  const ordered = made.isOrdered()
  for (const leaf of leaves) {
    const block = $blockOf(leaf)
    if ($isListNode(block)) {
      if (block.isOrdered() !== ordered) block.setOrdered(ordered)
      if ($isItemNode(leaf)) $dropOwnMarker(leaf)
      continue
    }
    if (!$isLineNode(leaf)) continue
    const item = $createItem()
    const previous = $neighbour(leaf, true)
    // A line made an item right below a list of the kind continues it.
    if ($isListNode(previous) && previous.isOrdered() === ordered) {
      previous.append(item)
      $moveContent(leaf, item)
      leaf.remove()
    } else {
      const list = $createList(ordered)
      $setFacts(list, $factsOf(leaf))
      leaf.insertBefore(list, false)
      list.append(item)
      $moveContent(leaf, item)
      leaf.remove()
    }
  }
}

/** An item marked otherwise than its list is marked as its list from now on. */
function $dropOwnMarker(item: ItemNode): void {
  const { ordered, ...rest } = item.getExtra() ?? {}
  if (ordered !== undefined) item.setExtra(rest)
}

/** Takes an item out of its list as a paragraph; the list is split around it. */
function $liftItem(item: ItemNode): ElementNode {
  const list = item.getParentOrThrow() as ListNode
  const paragraph = $createParagraphNode()
  const rest = item.getNextSiblings()
  const isFirst = item.getPreviousSibling() === null
  if (isFirst && rest.length === 0) $setFacts(paragraph, $factsOf(list))
  else $inheritVoice(list, paragraph)
  if (isFirst) list.insertBefore(paragraph, false)
  else list.insertAfter(paragraph, false)
  $moveContent(item, paragraph)
  if (!isFirst && rest.length > 0) {
    const tail = $createList(list.isOrdered())
    $inheritVoice(list, tail)
    paragraph.insertAfter(tail, false)
    tail.append(...rest)
  }
  item.remove()
  return paragraph
}

/** Moves all children; a caret in the emptied element moves along. */
function $moveContent(from: ElementNode, to: ElementNode): void {
  to.append(...from.getChildren())
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  for (const point of [selection.anchor, selection.focus])
    if (point.key === from.getKey()) point.set(to.getKey(), point.offset, 'element')
}

/** Removes a text block or an item, and the list it leaves empty. Never the last block. */
function $removeLeaf(leaf: Leaf): void {
  leaf.remove()
}

/** Direction and language go on from one block to the next; its id and the rest do not. */
export function $inheritVoice(from: LexicalNode, to: LexicalNode): void {
  const { dir, lang } = $factsOf(from)
  if (dir === undefined && lang === undefined) return
  $setFacts(to, { id: '', ...(dir === undefined ? {} : { dir }), ...(lang === undefined ? {} : { lang }) })
}

export function $isAtStart(point: PointType, leaf: ElementNode): boolean {
  if (point.offset > 0) return false
  for (let node: LexicalNode = point.getNode(); !node.is(leaf); node = node.getParentOrThrow())
    if (node.getPreviousSibling()) return false
  return true
}

export function $isAtEnd(point: PointType, leaf: ElementNode): boolean {
  const node = point.getNode()
  if (point.offset < ($isElementNode(node) ? node.getChildrenSize() : node.getTextContentSize())) return false
  for (let current: LexicalNode = node; !current.is(leaf); current = current.getParentOrThrow())
    if (current.getNextSibling()) return false
  return true
}
