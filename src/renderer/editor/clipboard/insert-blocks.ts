import { $toggleLink } from '@lexical/link'
import {
  $createParagraphNode,
  $getRoot,
  $getSelection,
  $insertNodes,
  $isElementNode,
  $isNodeSelection,
  $isParagraphNode,
  $isRangeSelection,
  type ElementNode,
  type LexicalNode,
  type RangeSelection
} from 'lexical'
import type { Run } from '../../../shared/document/runs.ts'
import { $factsOf, $setFacts } from '../block-state.ts'
import { $inheritVoice, $isAtEnd, $isAtStart, $leafOf, $toTextBlock } from '../block-commands.ts'
import { $selectNode } from '../block-selection.ts'
import { $createList, $isItemNode, $isListNode, type ItemNode } from '../blocks/list/ListNodes.ts'
import { $isLineNode, $kindOf, type BlockChoice } from '../blocks/editor-blocks.ts'
import { $blockOf } from '../chunks.ts'
import { $runNodes } from '../runs-codec.ts'
import { $endWithShown } from '../selection-end.ts'

/** Inserts runs into the line with the selection. */
export function $insertRuns(runs: readonly Run[]): void {
  const selection = $collapse()
  if (!selection || runs.length === 0) return
  $insertNodes($runNodes(runs))
}

/** Links what is visibly selected, or removes its links. */
export function $linkShown(href: string | null): void {
  $endWithShown($getSelection())
  $toggleLink(href)
}

/**
 * Inserts blocks at the selection. A paragraph at either end joins the text it lands in; everything else becomes a
 * block of its own, and nothing that was there is lost. (Lexical's own insertion only handles blocks directly in the
 * root.) Returns the last block inserted.
 */
export function $insertBlocks(blocks: readonly LexicalNode[]): LexicalNode | null {
  const selection = $collapse()
  const [first] = blocks
  if (!selection || !first) return null
  const leaf = $leafOf(selection.anchor.getNode())
  if (!leaf || !($isLineNode(leaf) || $isItemNode(leaf))) {
    const after = $blockOf(selection.anchor.getNode())
    return $finish($place(after, 'after', blocks))
  }
  if (blocks.length === 1 && $isParagraphNode(first) && !leaf.isEmpty()) {
    $insertNodes(first.getChildren())
    return $blockOf(leaf)
  }
  if (blocks.length === 1 && $isListNode(first) && $isItemNode(leaf))
    return $insertItems(selection, leaf, first.getChildren().filter($isItemNode))
  const gap = $isItemNode(leaf) ? $openList(selection, leaf) : $openText(selection, leaf)
  let rest = blocks
  let last: LexicalNode = gap.beside
  if (gap.joins && $isParagraphNode(first)) {
    gap.joins.append(...first.getChildren())
    gap.joins.selectEnd()
    rest = blocks.slice(1)
  }
  if (rest.length > 0) last = $finish($place(gap.beside, gap.where, rest)) ?? last
  if (gap.tail && $isParagraphNode(last) && rest.length > 0) {
    last.append(...gap.tail.getChildren())
    gap.tail.remove()
  }
  if (gap.emptied && rest.length > 0) $giveWay(gap.emptied, rest[0])
  return last
}

/** Moves the caret to the end of its line: a picture goes between lines, and neither splits nor replaces one. */
export function $leaveLine(): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const end = selection.isBackward() ? selection.anchor : selection.focus
  const leaf = $leafOf(end.getNode())
  if (!leaf || !($isLineNode(leaf) || $isItemNode(leaf))) return
  if (!selection.isCollapsed() || !$isAtStart(end, leaf)) leaf.selectEnd()
}

interface Gap {
  readonly beside: LexicalNode
  readonly where: 'before' | 'after'
  /** The text before the caret, which a first paragraph continues. */
  readonly joins: ElementNode | null
  /** The text after the caret, already in a block of its own, which continues a last paragraph. */
  readonly tail: ElementNode | null
  /** The empty block that was pasted into and is no longer needed. */
  readonly emptied: LexicalNode | null
}

function $openText(selection: RangeSelection, leaf: ElementNode): Gap {
  const gap = { beside: leaf, where: 'after', joins: null, tail: null, emptied: null } as const
  if (leaf.isEmpty()) return { ...gap, emptied: leaf }
  if ($isAtStart(selection.anchor, leaf)) return { ...gap, where: 'before' }
  if ($isAtEnd(selection.anchor, leaf)) return { ...gap, joins: leaf }
  const choice = $kindOf(leaf)
  const made = selection.insertParagraph()
  if (!$isLineNode(made)) return gap
  $inheritVoice(leaf, made)
  const tail = $toTextBlock(made, choice as BlockChoice)
  return { ...gap, joins: leaf, tail: $isLineNode(tail) ? tail : null }
}

function $openList(selection: RangeSelection, leaf: ItemNode): Gap {
  const list = leaf.getParentOrThrow()
  const gap = { beside: list, where: 'after', joins: null, tail: null, emptied: null } as const
  if (leaf.isEmpty() && list.getChildrenSize() === 1) return { ...gap, emptied: list }
  const atStart = $isAtStart(selection.anchor, leaf) && !leaf.isEmpty()
  if (atStart && leaf.getPreviousSibling() === null) return { ...gap, where: 'before' }
  if (!atStart && !$isAtEnd(selection.anchor, leaf)) selection.insertParagraph()
  const behind = atStart ? [leaf, ...leaf.getNextSiblings()] : leaf.getNextSiblings()
  if (behind.length > 0 && $isListNode(list)) {
    const tail = $createList(list.isOrdered())
    $inheritVoice(list, tail)
    list.insertAfter(tail, false)
    tail.append(...behind)
  }
  if (leaf.isEmpty() && leaf.getParent()?.is(list) && list.getChildrenSize() > 1) leaf.remove()
  return gap
}

/** Inserts items into a list as further items, not as a nested list. */
function $insertItems(selection: RangeSelection, leaf: ItemNode, items: readonly ItemNode[]): LexicalNode | null {
  const atStart = $isAtStart(selection.anchor, leaf) && !leaf.isEmpty()
  if (!atStart && !$isAtEnd(selection.anchor, leaf)) selection.insertParagraph()
  $place(leaf, atStart ? 'before' : 'after', items)
  $finish(items.at(-1))
  if (leaf.isEmpty()) leaf.remove()
  const last = items.at(-1)
  return last ? $blockOf(last) : null
}

/** Removes what is selected and returns the caret; null if there is none. */
function $collapse(): RangeSelection | null {
  let selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const node = selection.getNodes().at(-1)
    const block = node ? $blockOf(node) : null
    if (block) {
      const paragraph = $createParagraphNode()
      block.insertAfter(paragraph, false)
      selection = paragraph.select()
    }
  }
  if (!$isRangeSelection(selection)) selection = $getRoot().selectEnd()
  if (!$isRangeSelection(selection)) return null
  $endWithShown(selection)
  if (!selection.isCollapsed()) selection.removeText()
  return selection
}

function $place(
  beside: LexicalNode | null,
  where: 'before' | 'after',
  nodes: readonly LexicalNode[]
): LexicalNode | undefined {
  let at = beside
  for (const [index, node] of nodes.entries()) {
    if (at === null) $getRoot().append(node)
    else if (where === 'before' && index === 0) at.insertBefore(node, false)
    else at.insertAfter(node, false)
    at = node
  }
  return nodes.at(-1)
}

/** Puts the caret at the end of the node. */
function $finish(node: LexicalNode | undefined): LexicalNode | null {
  if (!node) return null
  if ($isElementNode(node)) node.selectEnd()
  else $selectNode(node)
  return node
}

/** A block pasted into an empty one replaces it and takes over its id. */
function $giveWay(empty: LexicalNode, first: LexicalNode | undefined): void {
  const { id, ...rest } = $factsOf(empty)
  empty.remove()
  if (!$isElementNode(first as ElementNode)) return
  const facts = first ? $factsOf(first) : null
  if (first && facts?.id === '') $setFacts(first, { ...rest, ...facts, id })
}
