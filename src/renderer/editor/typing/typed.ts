import {
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  HISTORIC_TAG,
  PASTE_TAG,
  type EditorState,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type TextNode,
  type UpdateListenerPayload
} from 'lexical'

/** A character just typed, and what is before the caret now. */
export interface Typed {
  readonly node: TextNode
  /** The caret's offset in the node. */
  readonly offset: number
  readonly character: string
  /** The line up to the caret. */
  readonly before: string
}

/** Marks our own updates, which are not examined again. */
export const TYPING_TAG = 'galley-typing'

/**
 * Calls back, in a read of the new state, once for each typed character that fits. Not for what is pasted, undone,
 * composed by an input method or inserted in any other way. Any other update costs one look at the caret.
 */
export function onTyped(lexical: LexicalEditor, fits: RegExp, then: (typed: Typed) => void): () => void {
  return lexical.registerUpdateListener((update) => {
    if (!mayBeTyped(lexical, update)) return
    const { editorState, prevEditorState } = update
    editorState.read(() => {
      const caret = $caret()
      const character = caret?.node.getTextContent()[caret.offset - 1]
      if (!caret || character === undefined || !fits.test(character)) return
      if ($isOneMore(caret, prevEditorState)) then({ ...caret, character, before: $lineBefore(caret) })
    })
  })
}

function mayBeTyped(lexical: LexicalEditor, { dirtyLeaves, tags }: UpdateListenerPayload): boolean {
  if (dirtyLeaves.size === 0 || lexical.isComposing() || !lexical.isEditable()) return false
  return ![HISTORIC_TAG, PASTE_TAG, TYPING_TAG].some((tag) => tags.has(tag))
}

/** The caret if it is in text; null otherwise, or if something is selected. */
export function $caret(): { node: TextNode; offset: number } | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null
  const node = selection.anchor.getNode()
  return $isTextNode(node) ? { node, offset: selection.anchor.offset } : null
}

function $isOneMore({ node, offset }: { node: TextNode; offset: number }, previous: EditorState): boolean {
  const text = node.getTextContent()
  const old = previous.read(() => {
    const before = $getNodeByKey(node.getKey())
    return $isTextNode(before) ? before.getTextContent() : null
  })
  return old === null ? text.length === 1 : text.slice(0, offset - 1) + text.slice(offset) === old
}

/** The block, item or field that contains a node's line. */
export function $lineOf(node: LexicalNode): ElementNode | null {
  let current = node.getParent()
  while (current?.isInline()) current = current.getParent()
  return current
}

function $lineBefore({ node, offset }: { node: TextNode; offset: number }): string {
  const line = $lineOf(node)
  const texts: string[] = []
  const collect = (parent: ElementNode): boolean => {
    for (const child of parent.getChildren()) {
      if (child.is(node)) {
        texts.push(node.getTextContent().slice(0, offset))
        return true
      }
      if ($isElementNode(child)) {
        if (collect(child)) return true
      } else texts.push($isLineBreakNode(child) ? '\n' : child.getTextContent())
    }
    return false
  }
  if (line) collect(line)
  return texts.join('')
}
