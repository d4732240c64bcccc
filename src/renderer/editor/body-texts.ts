import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  getNearestEditorFromDOMNode,
  HISTORY_PUSH_TAG,
  SKIP_DOM_SELECTION_TAG,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  type PointType
} from 'lexical'
import type { Block } from '../../shared/document/document.ts'
import { $selectNode } from './block-selection.ts'
import { $editorBlockOf } from './blocks/editor-blocks.ts'
import { $blockOf } from './chunks.ts'
import { $createBlock } from './document-codec.ts'

/** The element that shows a text of a block; null if the editor does not show it, such as an alt text. */
export function textElement(lexical: LexicalEditor, key: NodeKey, part: string): HTMLElement | null {
  const inner = lexical.getEditorState().read(() => $textNode(key, part))
  if (inner) return lexical.getElementByKey(inner.getKey())
  return lexical.getElementByKey(key)?.querySelector<HTMLElement>(`[data-part="${part}"]`) ?? null
}

/**
 * Selects characters in a text of a block, and focuses its field. If the editor does not show the text, the whole block
 * is selected.
 */
export function selectText(lexical: LexicalEditor, key: NodeKey, part: string, start: number, end: number): void {
  const isOwn = lexical.getEditorState().read(() => $textNode(key, part) !== null)
  const field = isOwn ? null : textElement(lexical, key, part)
  if (field) return selectInField(field, start, end)
  lexical.update(
    () => {
      const node = $getNodeByKey(key)
      const inner = $textNode(key, part)
      if (!inner) return node ? $selectNode(node) : undefined
      $selectIn(inner, start, end)
    },
    { discrete: true }
  )
  lexical.focus()
}

/**
 * Selects characters in a field that is an editor of its own, and focuses it. This goes through its editor rather than
 * the browser, because on focus the editor would restore its own selection.
 */
export function selectInField(field: HTMLElement, start: number, end: number): void {
  field.focus()
  const own = getNearestEditorFromDOMNode(field)
  if (own?.getRootElement() !== field) return
  own.update(
    () => {
      const line = $getRoot().getFirstChild()
      if ($isElementNode(line)) $selectIn(line, start, end)
    },
    { discrete: true }
  )
}

/** Replaces blocks as one undo step. The focus stays where it is. */
export function replaceBlocks(lexical: LexicalEditor, blocks: readonly { key: NodeKey; block: Block }[]): void {
  // Commits pending typing first, so that it stays a step of its own.
  lexical.update(() => undefined, { discrete: true })
  lexical.update(
    () => {
      for (const { key, block } of blocks) {
        const node = $getNodeByKey(key)
        if (node) $replace(node, $createBlock(block))
      }
    },
    { discrete: true, tag: [HISTORY_PUSH_TAG, SKIP_DOM_SELECTION_TAG] }
  )
}

/** Replaces a block, and moves a caret from the old one to the new: Lexical leaves it behind. */
export function $replace(node: LexicalNode, fresh: LexicalNode): void {
  const held = $holdsSelection(node)
  node.replace(fresh)
  if (!held) return
  if ($isElementNode(fresh)) fresh.selectStart()
  else $selectNode(fresh)
}

function $holdsSelection(node: LexicalNode): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return selection?.getNodes().some((one) => one.is(node)) ?? false
  return [selection.anchor, selection.focus].some((point) => $blockOf(point.getNode())?.is(node))
}

/** The node that contains a text of a block, if it belongs to the body and is not a field of its own. */
function $textNode(key: NodeKey, part: string): ElementNode | null {
  const node = $getNodeByKey(key)
  if (!$isElementNode(node)) return null
  const holds = $editorBlockOf(node)?.holds
  if (holds === 'line') return node
  const item = holds === 'items' ? node.getChildAtIndex(Number(part)) : null
  return $isElementNode(item) ? item : null
}

function $selectIn(element: ElementNode, start: number, end: number): void {
  const range = element.select()
  $setPoint(range.anchor, element, start)
  $setPoint(range.focus, element, end)
}

/** Puts a point after this many characters of a text, or at its end if it is shorter. */
function $setPoint(point: PointType, element: ElementNode, offset: number): void {
  let left = offset
  for (const node of $leaves(element)) {
    const size = $isTextNode(node) ? node.getTextContentSize() : $isLineBreakNode(node) ? 1 : 0
    if ($isTextNode(node) && left <= size) return point.set(node.getKey(), left, 'text')
    if (!$isTextNode(node) && left === 0)
      return point.set(node.getParentOrThrow().getKey(), node.getIndexWithinParent(), 'element')
    left -= size
  }
  point.set(element.getKey(), element.getChildrenSize(), 'element')
}

function* $leaves(element: ElementNode): Generator<LexicalNode> {
  for (const child of element.getChildren()) {
    if ($isElementNode(child)) yield* $leaves(child)
    else yield child
  }
}
