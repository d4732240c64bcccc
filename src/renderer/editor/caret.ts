import { $createParagraphNode, $getSelection, $isDecoratorNode, $isElementNode, $isNodeSelection, $isRangeSelection, $isRootNode, type LexicalNode } from 'lexical'
import { $selectNode } from './block-commands.ts'
import { $isListNode } from './blocks/list/ListNodes.ts'
import { $blockOf, $isChunk } from './chunks.ts'

/**
 * A caret between blocks has no text to be in, and what it does there would depend on chunks. It goes into the block after it,
 * or the one before it at the end; a picture there is selected as a whole.
 */
export function $settleCaret(): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'element') return
  const parent = selection.anchor.getNode()
  if (!$isRootNode(parent) && !$isChunk(parent) && !$isListNode(parent)) return
  const next = parent.getChildAtIndex(selection.anchor.offset) ?? ($isChunk(parent) ? parent.getNextSibling() : null)
  const isBefore = next !== null
  let target: LexicalNode | null = next ?? parent.getLastChild() ?? parent
  while ($isChunk(target) || $isListNode(target)) target = isBefore ? target.getFirstChild() : target.getLastChild()
  if ($isDecoratorNode(target)) $selectNode(target)
  else if ($isElementNode(target) && !target.is(parent)) {
    if (isBefore) target.selectStart()
    else target.selectEnd()
  }
}

/** Enter on a selected picture: an empty paragraph below it, with Shift above it. */
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
