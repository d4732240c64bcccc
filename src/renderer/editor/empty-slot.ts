import { $createParagraphNode, $getSelection, $isElementNode, $isNodeSelection, type LexicalNode } from 'lexical'
import { $placeCaret } from './block-selection.ts'
import { $isImageNode } from './blocks/image/ImageNode.ts'

/** Removes an empty slot. One in which somebody has written stays: a caption is copy. */
export function $dropEmptySlot(node: LexicalNode | null): void {
  if (!$isImageNode(node)) return
  const { mediaId, caption, credit, alt } = node.getImage()
  if (mediaId !== null || caption !== '' || credit !== '' || alt !== '') return
  const selection = $getSelection()
  const wasSelected = $isNodeSelection(selection) && selection.has(node.getKey())
  const neighbour = node.getPreviousSibling() ?? node.getNextSibling()
  if (!neighbour) {
    const line = $createParagraphNode()
    node.replace(line)
    if (wasSelected) line.selectStart()
    return
  }
  node.remove()
  if (!wasSelected) return
  if ($isElementNode(neighbour)) neighbour.selectEnd()
  else $placeCaret(neighbour)
}
