import { $createParagraphNode, $getRoot, $getSelection, $insertNodes, $isDecoratorNode, $isElementNode, $isNodeSelection, $isRangeSelection, type ElementNode, type LexicalNode } from 'lexical'
import type { Run } from '../../../shared/document/runs.ts'
import { $factsOf, $setFacts } from '../block-state.ts'
import { $enter, $leafOf, $selectNode } from '../block-commands.ts'
import { $createList, $isItemNode, $isListNode } from '../blocks/list/ListNodes.ts'
import { $isTextBlockNode } from '../blocks/text/text-block.ts'
import { $blockOf } from '../chunks.ts'
import { $writeRuns } from '../runs-codec.ts'

/**
 * Puts blocks, or with `inline` a stretch of runs, where the selection is. The first and last block join the text they land in
 * as a reader of the pasted text would expect; nothing that was there is lost. Lexical's own insertion only knows blocks that
 * stand directly in the root.
 */
export function $insertBlocks(blocks: readonly LexicalNode[], inline?: readonly Run[]): void {
  const selection = $collapse()
  if (inline) {
    const holder = $createParagraphNode()
    $writeRuns(holder, inline)
    $insertNodes(holder.getChildren())
    return
  }
  if (blocks.length === 0) return
  const leaf = selection ? $leafOf(selection.anchor.getNode()) : null
  if (!selection || !leaf || !($isTextBlockNode(leaf) || $isItemNode(leaf))) {
    const last = selection ? $blockOf(selection.anchor.getNode()) : null
    $appendAfter(last, blocks)
    $caretAtEnd(blocks.at(-1))
    return
  }
  const first = blocks[0]
  // One paragraph flows into the line it is pasted in.
  if (blocks.length === 1 && $isTextBlockNode(first) && first.getType() === 'paragraph' && !leaf.isEmpty()) {
    const children = first.getChildren()
    if (children.length > 0) $insertNodes(children)
    return
  }
  if ($isItemNode(leaf) && blocks.length === 1 && $isListNode(first)) {
    const items = first.getChildren()
    if (!leaf.isEmpty()) {
      $enter(selection)
      const below = $leafOf(selection.anchor.getNode())
      if (below) for (const item of items) below.insertBefore(item, false)
      if (below && $isItemNode(below) && below.isEmpty()) below.remove()
    } else {
      for (const item of items) leaf.insertBefore(item, false)
      leaf.remove()
    }
    $caretAtEnd(items.at(-1))
    return
  }
  const rest = $splitOff(selection, leaf)
  let list = [...blocks]
  if ($isTextBlockNode(leaf) && !leaf.isEmpty() && $isTextBlockNode(first) && first.getType() === 'paragraph') {
    leaf.append(...first.getChildren())
    list = list.slice(1)
  }
  const block = $blockOf(leaf)
  $appendAfter(block, list)
  const last = list.at(-1) ?? leaf
  $caretAtEnd(last)
  if (rest) {
    const lastLeaf = $isListNode(last) ? last.getLastChild() : last
    if ($isTextBlockNode(lastLeaf) && ($isTextBlockNode(rest) || ($isListNode(rest) && rest.getChildrenSize() === 1)) && lastLeaf.getType() === 'paragraph' && $isTextBlockNode(rest)) {
      const size = lastLeaf.getChildrenSize()
      const caret = lastLeaf.getLastDescendant()
      lastLeaf.append(...rest.getChildren())
      if (!caret) lastLeaf.select(size, size)
    } else {
      last.insertAfter(rest, false)
    }
  }
  if (block?.isAttached() && $isTextBlockNode(block) && block.isEmpty() && list.length > 0) $giveWay(block, list[0])
}

/** Removes what is selected and answers the caret; null when there is none to be had. */
function $collapse() {
  let selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const node = selection.getNodes().at(-1)
    const block = node ? $blockOf(node) : null
    if (block) {
      const paragraph = $createParagraphNode()
      block.insertAfter(paragraph, false)
      paragraph.select()
    }
    selection = $getSelection()
  }
  if (!$isRangeSelection(selection)) {
    $getRoot().selectEnd()
    selection = $getSelection()
  }
  if (!$isRangeSelection(selection)) return null
  if (!selection.isCollapsed()) selection.removeText()
  return selection
}

/** Takes what follows the caret in its block out as a block of its own, not yet put anywhere; null when nothing follows. */
function $splitOff(selection: NonNullable<ReturnType<typeof $collapse>>, leaf: ElementNode): LexicalNode | null {
  const before = leaf
  const made = selection.insertParagraph()
  if (!made) return null
  if ($isItemNode(made)) {
    const list = $blockOf(made)
    if (!$isListNode(list)) return null
    const moved = [made, ...made.getNextSiblings()]
    const isEmptyTail = moved.length === 1 && made.isEmpty()
    if (isEmptyTail) {
      made.remove()
      return null
    }
    const tail = $createList(list.isOrdered())
    tail.append(...moved)
    if (made.isEmpty()) made.remove()
    return tail
  }
  const isEmpty = made.isEmpty()
  if (isEmpty) {
    made.remove()
    before.selectEnd()
    return null
  }
  made.remove()
  return made
}

function $appendAfter(block: LexicalNode | null, blocks: readonly LexicalNode[]): void {
  let after = block
  for (const node of blocks) {
    if (after) after.insertAfter(node, false)
    else $getRoot().append(node)
    after = node
  }
}

/** The empty paragraph blocks were pasted into is the first of them. */
function $giveWay(empty: LexicalNode, first: LexicalNode | undefined): void {
  const facts = $factsOf(empty)
  empty.remove()
  if (first && $factsOf(first).id === '' && !$isDecoratorNode(first)) $setFacts(first, { ...$factsOf(first), id: facts.id })
}

function $caretAtEnd(node: LexicalNode | undefined): void {
  if (!node) return
  if ($isElementNode(node)) node.selectEnd()
  else $selectNode(node)
}
