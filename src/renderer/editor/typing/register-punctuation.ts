import { $getNodeByKey, $isTextNode, HISTORY_PUSH_TAG, type LexicalEditor } from 'lexical'
import { PUNCTUATED, punctuate } from '../../../shared/typing/punctuation.ts'
import { typingPreferences } from './preferences.ts'
import { onTyped, TYPING_TAG } from './typed.ts'

/**
 * Replaces quotes, dashes and spaces as they are typed, by the language of the block. Each is an undo step, which
 * restores what was typed.
 */
export function registerPunctuation(lexical: LexicalEditor): () => void {
  return onTyped(lexical, PUNCTUATED, ({ node, offset, before }) => {
    if (!typingPreferences.smartPunctuation || node.hasFormat('code')) return
    const key = node.getKey()
    const language = lexical.getElementByKey(key)?.closest<HTMLElement>('[lang]')?.lang ?? ''
    const correction = punctuate(before, language)
    if (!correction || correction.remove > offset) return
    const { remove, insert } = correction
    lexical.update(
      () => {
        const now = $getNodeByKey(key)
        if ($isTextNode(now)) now.spliceText(offset - remove, remove, insert, true)
      },
      { discrete: true, tag: [HISTORY_PUSH_TAG, TYPING_TAG] }
    )
  })
}
