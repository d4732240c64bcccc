import { $isElementNode, type LexicalNode } from 'lexical'
import { directionOfText } from '../../shared/document/direction.ts'
import { $factsOf } from './block-state.ts'
import { $isChunk } from './chunks.ts'

/**
 * Sets a block's direction and language: its own, or the direction of its first letter, or the story's if it has no
 * letters yet; the same as in exports. Lexical itself only does this for children of the root.
 */
export function $drawFacts(node: LexicalNode, _previous: LexicalNode | null, element: HTMLElement): void {
  if ($isChunk(node)) {
    element.removeAttribute('dir')
    return
  }
  const parent = node.getParent()
  if (!parent || (parent.getType() !== 'root' && !$isChunk(parent))) return
  const { dir: own, lang } = $factsOf(node)
  const dir = own ?? $directionOf(node)
  if (dir === undefined) element.removeAttribute('dir')
  else if (element.dir !== dir) element.dir = dir
  if (lang !== undefined) element.lang = lang
  else if (element.hasAttribute('lang')) element.removeAttribute('lang')
}

/** The direction of the first text that has one, so that a list costs no more than its first line. */
function $directionOf(node: LexicalNode): 'ltr' | 'rtl' | undefined {
  if (!$isElementNode(node)) return directionOfText(node.getTextContent())
  for (let child = node.getFirstChild(); child !== null; child = child.getNextSibling()) {
    const found = $directionOf(child)
    if (found !== undefined) return found
  }
  return undefined
}
