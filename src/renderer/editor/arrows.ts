import { $isParentElementRTL } from '@lexical/selection'
import {
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  getDOMSelection,
  isHTMLElement,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_LEFT_COMMAND,
  KEY_ARROW_RIGHT_COMMAND,
  KEY_ARROW_UP_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type LexicalNode,
  type RangeSelection
} from 'lexical'
import { $isAtEnd, $isAtStart, $leafOf, $nextLeaf } from './block-commands.ts'
import { $selectNode } from './block-selection.ts'
import { $blockOf, $neighbour } from './chunks.ts'

/**
 * Handles arrow keys next to and on pictures and other blocks without text. Everywhere else the browser handles them.
 */
export function registerArrows(lexical: LexicalEditor): () => void {
  const on =
    (backward: boolean, byLine: boolean) =>
    (event: KeyboardEvent): boolean => {
      if (event.shiftKey || event.isComposing || (isHTMLElement(event.target) && event.target.closest('.plain-text')))
        return false
      const done = $arrow(lexical, backward, byLine, event)
      if (done) event.preventDefault()
      return done
    }
  return mergeRegister(
    lexical.registerCommand(KEY_ARROW_UP_COMMAND, on(true, true), COMMAND_PRIORITY_LOW),
    lexical.registerCommand(KEY_ARROW_DOWN_COMMAND, on(false, true), COMMAND_PRIORITY_LOW),
    lexical.registerCommand(KEY_ARROW_LEFT_COMMAND, on(true, false), COMMAND_PRIORITY_LOW),
    lexical.registerCommand(KEY_ARROW_RIGHT_COMMAND, on(false, false), COMMAND_PRIORITY_LOW)
  )
}

function $arrow(lexical: LexicalEditor, backward: boolean, byLine: boolean, event: KeyboardEvent): boolean {
  const selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const nodes = selection.getNodes()
    const block = nodes[0] ? $blockOf(nodes[0]) : null
    if (!block || nodes.length !== 1) return false
    const next = $neighbour(block, backward)
    // At the start or end of the story there is nowhere to go.
    if (next) $enterBlock(next, backward)
    return true
  }
  // With Ctrl, Alt or Cmd a key moves by words, by paragraphs or to the ends, which the browser handles.
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || event.ctrlKey || event.altKey || event.metaKey)
    return false
  const leaf = $leafOf(selection.anchor.getNode())
  if (!leaf || !$isElementNode(leaf)) return false
  const back = !byLine && $isParentElementRTL(selection) ? !backward : backward
  const next = $nextLeaf(leaf, back)
  if (!next || !$isDecoratorNode(next)) return false
  const leaves = byLine ? leaf.isEmpty() || leavesByLine(lexical, leaf, back) : $isAtEdge(selection, leaf, back)
  if (leaves) $selectNode(next)
  return leaves
}

function $isAtEdge(selection: RangeSelection, leaf: Parameters<typeof $isAtStart>[1], backward: boolean): boolean {
  return backward ? $isAtStart(selection.anchor, leaf) : $isAtEnd(selection.anchor, leaf)
}

function $enterBlock(block: LexicalNode, backward: boolean): void {
  let target: LexicalNode | null = block
  while ($isElementNode(target) && !$leafOf(target)) target = backward ? target.getLastChild() : target.getFirstChild()
  if ($isElementNode(target)) {
    if (backward) target.selectEnd()
    else target.selectStart()
  } else if (target) {
    $selectNode(target)
  }
}

/** Whether moving one line up or down leaves the leaf: tries the move in the browser, then restores the selection. */
function leavesByLine(lexical: LexicalEditor, leaf: LexicalNode, backward: boolean): boolean {
  const element = lexical.getElementByKey(leaf.getKey())
  const selection = getDOMSelection(element?.ownerDocument.defaultView ?? null)
  if (!element || !selection?.anchorNode || !selection.focusNode) return false
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
  selection.modify('move', backward ? 'backward' : 'forward', 'line')
  const isInside = element.contains(selection.focusNode)
  const stayed = selection.focusNode === focusNode && selection.focusOffset === focusOffset
  // At the end of the story, moving by line only goes to the end of the line.
  const wentToEdge =
    isInside && !stayed && selection.focusNode !== null && isSameLine(selection, focusNode, focusOffset)
  selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset)
  return !isInside || stayed || wentToEdge
}

function isSameLine(selection: Selection, node: Node, offset: number): boolean {
  const before = document.createRange()
  before.setStart(node, offset)
  const from = before.getBoundingClientRect()
  const to = selection.getRangeAt(0).getBoundingClientRect()
  return from.height > 0 && to.height > 0 && Math.abs(from.top - to.top) < Math.min(from.height, to.height) / 2
}
