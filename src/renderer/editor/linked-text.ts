import { $isLinkNode, type LinkNode } from '@lexical/link'
import { $getSelection, $isElementNode, $isRangeSelection, type LexicalNode } from 'lexical'
import { Store, type Watchable } from './store.ts'

/** A text in which words can be linked: the body, or a line of its own inside one of its blocks. */
export interface LinkedText {
  /** The address of the link at the caret; null if there is none. */
  readonly href: Watchable<string | null>
  /** As in the body; see `BodyEditorHandle`. */
  insertLink(href: string): boolean
  removeLink(): void
  focus(): void
  /** The element it is edited in; null while it is not on the page. */
  root(): HTMLElement | null
}

/** The line that has the caret or had it last: a cell, or the words of a quotation. Null if that was the body. */
export const lineAtWork = new Store<LinkedText | null>(null)

/** The link around a node of a text. */
export function $linkAround(node: LexicalNode): LinkNode | null {
  for (let at: LexicalNode | null = node; at; at = at.getParent()) {
    if ($isLinkNode(at)) return at
    if ($isElementNode(at) && !at.isInline()) return null
  }
  return null
}

export function $hrefAtCaret(): string | null {
  const selection = $getSelection()
  return $isRangeSelection(selection) ? ($linkAround(selection.anchor.getNode())?.getURL() ?? null) : null
}
