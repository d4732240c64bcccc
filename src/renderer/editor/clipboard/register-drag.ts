import {
  $addUpdateTag,
  $createRangeSelection,
  $getNearestNodeFromDOMNode,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  COMMAND_PRIORITY_LOW,
  DRAGOVER_COMMAND,
  DRAGSTART_COMMAND,
  DROP_COMMAND,
  HISTORY_PUSH_TAG,
  mergeRegister,
  type LexicalEditor,
  type LexicalNode
} from 'lexical'
import { $leafOf } from '../block-commands.ts'
import { $createKeptRun } from '../blocks/kept/KeptRunNode.ts'
import { $endWithShown } from '../selection-end.ts'
import { $selectedContent } from './selection-blocks.ts'
import { clipboardForms } from './to-clipboard.ts'

/**
 * Dragging the selection moves it, or copies it with Ctrl or Alt; dropping something from elsewhere pastes it at the
 * pointer.
 */
export function registerDrag(lexical: LexicalEditor, take: (data: DataTransfer) => void): () => void {
  let isOwn = false
  const end = () => {
    isOwn = false
  }
  const root = lexical.registerRootListener((element, previous) => {
    previous?.removeEventListener('dragend', end)
    element?.addEventListener('dragend', end)
  })
  return mergeRegister(
    root,
    lexical.registerCommand(
      DRAGSTART_COMMAND,
      (event) => {
        const content = $selectedContent()
        if (!content || !event.dataTransfer) return false
        isOwn = true
        for (const [type, text] of Object.entries(clipboardForms(content))) event.dataTransfer.setData(type, text)
        event.dataTransfer.effectAllowed = 'copyMove'
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(
      DRAGOVER_COMMAND,
      (event) => {
        event.preventDefault()
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(
      DROP_COMMAND,
      (event) => {
        event.preventDefault()
        const data = event.dataTransfer
        const point = document.caretPositionFromPoint(event.clientX, event.clientY)
        const moves = isOwn && !event.ctrlKey && !event.altKey
        isOwn = false
        if (!data || !point || !lexical.isEditable()) return true
        if (!$caretTo(point.offsetNode, point.offset, moves)) return true
        take(data)
        return true
      },
      COMMAND_PRIORITY_LOW
    )
  )
}

/** Puts the caret at the pointer and removes what is being moved. Returns false if it was dropped on itself. */
function $caretTo(domNode: Node, offset: number, moves: boolean): boolean {
  const node = $getNearestNodeFromDOMNode(domNode)
  const leaf = node ? $leafOf(node) : null
  if (!node || !leaf) return false
  const source = $getSelection()
  if (moves) $endWithShown(source)
  if (moves && source) {
    if ($isRangeSelection(source) && $holds(source, node, offset)) return false
    if ($isNodeSelection(source) && source.getNodes().some((selected) => selected.is(leaf))) return false
    $addUpdateTag(HISTORY_PUSH_TAG)
    // The place is marked first: removing what is moved may join and renumber everything around it.
    const marker = $createKeptRun({ text: '' })
    if ($isTextNode(node)) {
      const parts = node.splitText(offset)
      if (offset === 0) node.insertBefore(marker, false)
      else parts[0]?.insertAfter(marker, false)
    } else if ($isElementNode(node)) {
      node.splice(Math.min(offset, node.getChildrenSize()), 0, [marker])
    } else {
      return false
    }
    if ($isNodeSelection(source)) source.deleteNodes()
    else if ($isRangeSelection(source)) source.removeText()
    const parent = marker.getParent()
    if (!marker.isAttached() || !parent) return false
    const index = marker.getIndexWithinParent()
    marker.remove()
    parent.select(index, index)
    return true
  }
  const selection = $createRangeSelection()
  if ($isTextNode(node)) {
    selection.anchor.set(node.getKey(), offset, 'text')
    selection.focus.set(node.getKey(), offset, 'text')
  } else if ($isElementNode(node)) {
    const at = Math.min(offset, node.getChildrenSize())
    selection.anchor.set(node.getKey(), at, 'element')
    selection.focus.set(node.getKey(), at, 'element')
  } else {
    leaf.selectNext()
    return true
  }
  $setSelection(selection)
  return true
}

function $holds(
  selection: {
    clone(): unknown
    getNodes(): LexicalNode[]
    anchor: { key: string; offset: number }
    focus: { key: string; offset: number }
    isBackward(): boolean
  },
  node: LexicalNode,
  offset: number
): boolean {
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  if (!selection.getNodes().some((selected) => selected.is(node))) return false
  if (node.getKey() === start.key && offset < start.offset) return false
  return !(node.getKey() === end.key && offset > end.offset)
}
