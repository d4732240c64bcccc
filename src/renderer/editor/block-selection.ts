import { $createNodeSelection, $createParagraphNode, $isElementNode, $setSelection, type LexicalNode } from 'lexical'
import { $blockOf, $neighbour } from './chunks.ts'

/** Selects a block without text of its own as a whole. */
export function $selectNode(node: LexicalNode): void {
  const selection = $createNodeSelection()
  selection.add(node.getKey())
  $setSelection(selection)
}

/** Puts the caret in the block above or below, or in a new paragraph if there is none. */
export function $goBeside(node: LexicalNode, above: boolean): void {
  const block = $blockOf(node)
  if (!block) return
  const next = $neighbour(block, above)
  if ($isElementNode(next)) {
    if (above) next.selectEnd()
    else next.selectStart()
  } else if (next) {
    $selectNode(next)
  } else {
    const paragraph = $createParagraphNode()
    if (above) block.insertBefore(paragraph, false)
    else block.insertAfter(paragraph, false)
    paragraph.select()
  }
}

/** Puts the caret at the start of a line, or selects a block that has none. */
export function $placeCaret(node: LexicalNode): void {
  if ('selectStart' in node && typeof node.selectStart === 'function') node.selectStart()
  else $selectNode(node)
}
