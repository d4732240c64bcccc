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

/**
 * A node with one line of text, or one without text that is selected as a whole: a text block, a list item, a picture,
 * a kept block.
 */
type Leaf = LexicalNode

/** Sets the type of the selected blocks. Choosing the kind of list they already are turns them into paragraphs. */
export function $setBlockType(choice: BlockChoice): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const leaves = $selectedLeaves(selection).filter((leaf) => $isLineNode(leaf) || $isItemNode(leaf))
  if (leaves.length === 0) return
  const pins = [selection.anchor, selection.focus].map($pin)
  $convert(leaves, choice)
  for (const restore of pins) restore()
}

/** Ties a range that ends beside a picture to that picture while blocks around it come and go. */
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

/** Handles Tab and Shift+Tab. Returns whether there was a list item to move. */
export function $changeDepth(by: 1 | -1): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return false
  const items = $selectedLeaves(selection).filter($isItemNode)
  for (const item of items) {
    const previous = item.getPreviousSibling()
    const deepest = $isItemNode(previous) ? previous.getDepth() + 1 : 0
    // An item is at most one level deeper than the one above it.
    item.setDepth(by < 0 ? item.getDepth() - 1 : Math.max(item.getDepth(), Math.min(item.getDepth() + 1, deepest)))
  }
  return items.length > 0
}

/** Handles Enter. */
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
    // The block itself moves down below an empty line: it keeps its id, its type and its state.
    const blank = $isItemNode(leaf) ? $createItem(leaf.getDepth()) : $createParagraphNode()
    if ($isLineNode(leaf)) $inheritVoice(leaf, blank)
    leaf.insertBefore(blank, false)
    return
  }
  const made = selection.insertParagraph()
  if (!made || $isItemNode(made)) return
  $inheritVoice(leaf, made)
  // The second half keeps the block's type.
  if (!made.isEmpty() && $isLineNode(made)) $toTextBlock(made, choice as BlockChoice)
}

/**
 * Backspace or Delete with nothing selected and the caret at the edge of a block. Returns whether that was so;
 * otherwise the keystroke is an ordinary one.
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
    // A key meant for text does not delete a picture: the first press selects it, the next deletes it.
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
 * The leaf for an element point outside any leaf (in the root, a chunk or a list): the one after the point, or at the
 * end the one before it.
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

/** Turns a block or item into a text block of the given kind; its id stays. Returns the resulting block. */
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
    // A line turned into an item directly below a list of that kind continues the list.
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

/** An item with a different marker from its list gets the list's marker from now on. */
function $dropOwnMarker(item: ItemNode): void {
  const { ordered, ...rest } = item.getExtra() ?? {}
  if (ordered !== undefined) item.setExtra(rest)
}

/** Takes an item out of its list and makes it a paragraph; the list is split around it. */
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

/** Moves all children, and with them a caret that was in the emptied element. */
function $moveContent(from: ElementNode, to: ElementNode): void {
  to.append(...from.getChildren())
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  for (const point of [selection.anchor, selection.focus])
    if (point.key === from.getKey()) point.set(to.getKey(), point.offset, 'element')
}

/** Removes a text block or an item; Lexical removes a list this leaves empty. */
function $removeLeaf(leaf: Leaf): void {
  leaf.remove()
}

/** Copies direction and language from one block to the next; its id and the rest are not copied. */
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
