import { $isLinkNode } from '@lexical/link'
import { $isHeadingNode, $isQuoteNode } from '@lexical/rich-text'
import { $getSelection, $isElementNode, $isNodeSelection, $isRangeSelection, type LexicalNode } from 'lexical'
import type { BlockId } from '../../shared/document/document.ts'
import { marks, type Mark } from '../../shared/document/runs.ts'
import { $factsOf, sameJson, type Link } from './block-state.ts'
import { $isImageNode } from './blocks/image/ImageNode.ts'
import { $isItemNode, $isListNode } from './blocks/list/ListNodes.ts'
import { levelOf } from './blocks/text/text-block.ts'
import { $blockOf } from './chunks.ts'
import { $linkOf } from './runs-codec.ts'

export type BlockChoice = 'paragraph' | 'heading2' | 'heading3' | 'heading4' | 'quote' | 'bulleted' | 'numbered'

/** What a toolbar shows of where the caret is. */
export interface SelectionState {
  /** null: nothing is selected here. */
  readonly blockType: BlockChoice | 'image' | 'kept' | null
  readonly blockId: BlockId | null
  readonly marks: readonly Mark[]
  readonly link: Link | null
  readonly isCollapsed: boolean
}

export const noSelection: SelectionState = { blockType: null, blockId: null, marks: [], link: null, isCollapsed: true }

/** Looks only at the ends of the selection: its price does not grow with what is selected, nor with the story. */
export function $selectionState(): SelectionState {
  const selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const node = selection.getNodes()[0]
    const block = node ? $blockOf(node) : null
    if (!block) return noSelection
    return {
      ...noSelection,
      blockType: $isImageNode(block) ? 'image' : 'kept',
      blockId: $factsOf(block).id,
      isCollapsed: false
    }
  }
  if (!$isRangeSelection(selection)) return noSelection
  const node = selection.anchor.getNode()
  const block = $blockOf(node)
  return {
    blockType: block ? $choiceOf(block) : null,
    blockId: block ? $factsOf(block).id || null : null,
    marks: marks.filter((mark) => selection.hasFormat(mark)),
    link: $linkAround(node),
    isCollapsed: selection.isCollapsed()
  }
}

export function sameSelectionState(a: SelectionState, b: SelectionState): boolean {
  return sameJson(a, b)
}

export function $choiceOf(block: LexicalNode): BlockChoice | 'image' | 'kept' {
  if ($isListNode(block)) return block.isOrdered() ? 'numbered' : 'bulleted'
  if ($isHeadingNode(block)) return `heading${levelOf(block)}`
  if ($isQuoteNode(block)) return 'quote'
  if ($isImageNode(block)) return 'image'
  return $isElementNode(block) ? 'paragraph' : 'kept'
}

function $linkAround(node: LexicalNode): Link | null {
  for (let current: LexicalNode | null = node; current && !$isItemNode(current); current = current.getParent()) {
    if ($isLinkNode(current)) return $linkOf(current)
    if ($isElementNode(current) && !current.isInline()) return null
  }
  return null
}
