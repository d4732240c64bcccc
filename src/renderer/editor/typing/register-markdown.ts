import { $getNodeByKey, $isTextNode, HISTORY_PUSH_TAG, type LexicalEditor, type TextNode } from 'lexical'
import { lineSign, markedText, type MarkedText } from '../../../shared/typing/markdown.ts'
import { $setBlockType } from '../block-commands.ts'
import { $kindOf } from '../blocks/editor-blocks.ts'
import { typingPreferences } from './preferences.ts'
import { $dropText } from './slash.ts'
import { $lineOf, onTyped, TYPING_TAG } from './typed.ts'

/**
 * Turns Markdown signs at the start of a paragraph and around words into formatting as they are typed. Each is an undo
 * step.
 */
export function registerMarkdown(lexical: LexicalEditor): () => void {
  return onTyped(lexical, /[ *]/, ({ node, offset, before, character }) => {
    if (!typingPreferences.markdown || node.hasFormat('code')) return
    const key = node.getKey()
    const change = (make: (now: TextNode) => void): void =>
      lexical.update(
        () => {
          const now = $getNodeByKey(key)
          if ($isTextNode(now)) make(now)
        },
        { discrete: true, tag: [HISTORY_PUSH_TAG, TYPING_TAG] }
      )
    if (character === '*') {
      const marked = markedText(before)
      if (marked && marked.length <= offset) change((now) => $mark(now, offset, marked))
      return
    }
    const line = $lineOf(node)
    const choice = before.length === offset ? lineSign(before) : null
    if (!choice || !line || $kindOf(line) !== 'paragraph') return
    change((now) => {
      $dropText(now, 0, offset)
      $setBlockType(choice)
    })
  })
}

/** Removes the signs and formats the words; text typed next is not formatted. */
function $mark(node: TextNode, offset: number, { mark, length, text }: MarkedText): void {
  const parts = node.splitText(offset - length, offset)
  const words = parts.find((part) => part.getTextContentSize() === length) ?? node
  words.setTextContent(text)
  if (!words.hasFormat(mark)) words.toggleFormat(mark)
  const selection = words.select(text.length, text.length)
  selection.format = words.getFormat()
  if (selection.hasFormat(mark)) selection.toggleFormat(mark)
}
