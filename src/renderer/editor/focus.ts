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
 * Keeps the caret in place when a field gets the focus back, from a dialog or by Tab. The browser would put it at the
 * start, and the next typing with it. A click comes after the focus and sets the caret itself.
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
