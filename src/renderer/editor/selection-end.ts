import {
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_HIGH,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  FORMAT_TEXT_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  mergeRegister,
  PASTE_COMMAND,
  REMOVE_TEXT_COMMAND,
  type LexicalCommand,
  type LexicalEditor,
  type LexicalNode,
  type PointType,
  type RangeSelection
} from 'lexical'
import { $isAtEnd, $isAtStart, $leafOf, $nextLeaf } from './block-commands.ts'

/**
 * A triple click, or Home and Shift+Down, selects a block and ends at the start of the next, of which nothing shows as
 * selected. Commands should apply to what shows, so the selection is ended with the block before.
 */
export function registerSelectionEnd(lexical: LexicalEditor): () => void {
  const before = <Payload>(command: LexicalCommand<Payload>) =>
    lexical.registerCommand(
      command,
      () => {
        $endWithShown($getSelection())
        return false
      },
      COMMAND_PRIORITY_HIGH
    )
  const deleting = <Payload>(command: LexicalCommand<Payload>) =>
    lexical.registerCommand(command, () => $removeBlank() || $endAndGoOn(), COMMAND_PRIORITY_HIGH)
  return mergeRegister(
    before(CONTROLLED_TEXT_INSERTION_COMMAND),
    before(INSERT_PARAGRAPH_COMMAND),
    before(INSERT_LINE_BREAK_COMMAND),
    before(FORMAT_TEXT_COMMAND),
    before(PASTE_COMMAND),
    before(CUT_COMMAND),
    deleting(DELETE_CHARACTER_COMMAND),
    deleting(DELETE_WORD_COMMAND),
    deleting(DELETE_LINE_COMMAND),
    deleting(REMOVE_TEXT_COMMAND)
  )
}

/** Moves the end of a range from the start of a block to the end of the block before it. */
export function $endWithShown(selection: ReturnType<typeof $getSelection>): void {
  if (!$isRangeSelection(selection)) return
  const shown = $lastShown(selection)
  if (!shown) return
  const end = selection.isBackward() ? selection.anchor : selection.focus
  $setToEnd(end, shown)
}

/**
 * The last block that shows as selected, if the range ends at the start of the one after it. Null for any other range,
 * and for one that is only the break between two blocks, which is selected in order to remove it.
 */
export function $lastShown(selection: RangeSelection): LexicalNode | null {
  if (selection.isCollapsed()) return null
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const last = $leafOf(end.getNode())
  if (!last || !$isElementNode(last) || !$isAtStart(end, last)) return null
  const first = $leafOf(start.getNode())
  const shown = $nextLeaf(last, true)
  if (!shown || !first || first.is(last)) return null
  const isOnlyBreak = first.is(shown) && $isElementNode(first) && !first.isEmpty() && $isAtEnd(start, first)
  return isOnlyBreak ? null : shown
}

function $setToEnd(point: PointType, leaf: LexicalNode): void {
  if (!$isElementNode(leaf)) {
    const parent = leaf.getParentOrThrow()
    point.set(parent.getKey(), leaf.getIndexWithinParent() + 1, 'element')
    return
  }
  const text = leaf.getLastDescendant()
  if ($isTextNode(text)) point.set(text.getKey(), text.getTextContentSize(), 'text')
  else point.set(leaf.getKey(), leaf.getChildrenSize(), 'element')
}

/** An empty line selected with its break is removed as a whole; the block below keeps its type. */
function $removeBlank(): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return false
  const shown = $lastShown(selection)
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const first = shown && $leafOf(start.getNode())
  if (!first?.is(shown) || !$isElementNode(shown) || !shown.isEmpty()) return false
  const below = $leafOf(end.getNode())
  if (!$isElementNode(below)) return false
  below.selectStart()
  shown.remove()
  return true
}

function $endAndGoOn(): false {
  $endWithShown($getSelection())
  return false
}
