import { $getSelection, $isNodeSelection, $isRangeSelection, type LexicalNode } from 'lexical'
import type { BlockId } from '../../shared/document/document.ts'
import { marks, type Mark } from '../../shared/document/runs.ts'
import { sameJson } from '../../shared/lib/same-json.ts'
import { $factsOf, type Link } from './block-state.ts'
import { $kindOf, type BlockKind } from './blocks/editor-blocks.ts'
import { $blockOf } from './chunks.ts'
import { $linkAround } from './linked-text.ts'
import { $linkOf } from './runs-codec.ts'

/** What a toolbar shows about the caret's position. */
export interface SelectionState {
  /** null: nothing is selected here. */
  readonly blockType: BlockKind | null
  readonly blockId: BlockId | null
  readonly marks: readonly Mark[]
  readonly link: Link | null
  readonly isCollapsed: boolean
}

export const noSelection: SelectionState = { blockType: null, blockId: null, marks: [], link: null, isCollapsed: true }

/** Examines only the ends of the selection: its cost depends neither on the selection's nor on the story's length. */
export function $selectionState(): SelectionState {
  const selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const node = selection.getNodes()[0]
    const block = node ? $blockOf(node) : null
    if (!block) return noSelection
    return { ...noSelection, blockType: $kindOf(block), blockId: $factsOf(block).id, isCollapsed: false }
  }
  if (!$isRangeSelection(selection)) return noSelection
  const node = selection.anchor.getNode()
  const block = $blockOf(node)
  return {
    blockType: block ? $kindOf(block) : null,
    blockId: block ? $factsOf(block).id || null : null,
    marks: marks.filter((mark) => selection.hasFormat(mark)),
    link: $linkHere(node),
    isCollapsed: selection.isCollapsed()
  }
}

export function sameSelectionState(a: SelectionState, b: SelectionState): boolean {
  return sameJson(a, b)
}

function $linkHere(node: LexicalNode): Link | null {
  const link = $linkAround(node)
  return link && $linkOf(link)
}
