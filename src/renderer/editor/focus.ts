import {
  $addUpdateTag,
  $getSelection,
  $setSelection,
  COMMAND_PRIORITY_LOW,
  FOCUS_COMMAND,
  SKIP_SCROLL_INTO_VIEW_TAG,
  type LexicalEditor
} from 'lexical'

/**
 * A field that gets the focus back, from a dialog or by Tab, has its caret where it was. The browser would put it at
 * the start, and what is written next with it. A click comes after the focus and sets its own.
 */
export function registerFocus(lexical: LexicalEditor): () => void {
  return lexical.registerCommand(
    FOCUS_COMMAND,
    () => {
      const selection = $getSelection()
      if (!selection) return false
      $addUpdateTag(SKIP_SCROLL_INTO_VIEW_TAG)
      $setSelection(selection.clone())
      return false
    },
    COMMAND_PRIORITY_LOW
  )
}
