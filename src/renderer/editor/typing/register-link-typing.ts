import type { LinkNode } from '@lexical/link'
import {
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  BEFORE_INPUT_COMMAND,
  CLICK_COMMAND,
  COMMAND_PRIORITY_LOW,
  COMMAND_PRIORITY_NORMAL,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  KEY_DOWN_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  type PointType,
  type RangeSelection,
  type TextNode
} from 'lexical'
import { $linkAround } from '../linked-text.ts'

interface Spot {
  readonly node: TextNode
  readonly offset: number
}

/**
 * Text typed over selected words of a link stays part of the link, even if all of its words are selected. Lexical would
 * delete them first and then write after what is left of the link. Text typed at the end of a link with nothing
 * selected goes after it, as in word processors.
 */
export function registerLinkTyping(lexical: LexicalEditor): () => void {
  /** The link some of whose words are being replaced, until the caret is moved or leaves it. */
  let rewritten: NodeKey | null = null
  const forget = (): false => {
    rewritten = null
    return false
  }
  return mergeRegister(
    lexical.registerCommand(
      CONTROLLED_TEXT_INSERTION_COMMAND,
      (typed) => {
        const selection = $getSelection()
        if (typeof typed !== 'string' || typed === '' || lexical.isComposing()) return false
        if (!$isRangeSelection(selection) || selection.isCollapsed()) return false
        const words = $wordsOfLink(selection)
        if (!words) return false
        rewritten = words.link.getKey()
        $write(words.start, words.end, typed)
        return true
      },
      COMMAND_PRIORITY_NORMAL
    ),
    // The browser would insert the next character after the link, and reports it before Lexical asks where it goes.
    lexical.registerCommand(
      BEFORE_INPUT_COMMAND,
      (event) => {
        if (rewritten === null || event.inputType !== 'insertText' || !event.data || lexical.isComposing()) return false
        const selection = $getSelection()
        if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
        const caret = $spotIn(selection.anchor, rewritten)
        if (!caret) return false
        event.preventDefault()
        $write(caret, caret, event.data)
        return true
      },
      COMMAND_PRIORITY_NORMAL
    ),
    lexical.registerCommand(
      KEY_DOWN_COMMAND,
      ({ key }) => (/^(?:Arrow|Home$|End$|Page|Escape$)/.test(key) ? forget() : false),
      COMMAND_PRIORITY_NORMAL
    ),
    lexical.registerCommand(CLICK_COMMAND, forget, COMMAND_PRIORITY_LOW),
    lexical.registerUpdateListener(({ editorState }) => {
      if (rewritten === null) return
      const isThere = editorState.read(() => {
        const selection = $getSelection()
        return $isRangeSelection(selection) && selection.isCollapsed() && $spotIn(selection.anchor, rewritten) !== null
      })
      if (!isThere) forget()
    })
  )
}

/**
 * Where in that link the caret is; right after the link counts as its end, because browser and Lexical move it there.
 */
function $spotIn(caret: PointType, link: NodeKey | null): Spot | null {
  const node = caret.getNode()
  const isIn = (text: LexicalNode | null): text is TextNode => $isTextNode(text) && $linkAround(text)?.getKey() === link
  if (isIn(node)) return { node, offset: caret.offset }
  const before = $isTextNode(node)
    ? caret.offset === 0
      ? $beside(node, 'end')
      : null
    : $isElementNode(node)
      ? $lastText(node.getChildAtIndex(caret.offset - 1))
      : null
  return isIn(before) ? { node: before, offset: before.getTextContentSize() } : null
}

function $lastText(node: LexicalNode | null): LexicalNode | null {
  return $isElementNode(node) ? node.getLastDescendant() : node
}

/** The ends of the selection, if all of it is in one link. */
function $wordsOfLink(selection: RangeSelection): { link: LinkNode; start: Spot; end: Spot } | null {
  const [first, last] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const start = $spot(first, 'start')
  const end = $spot(last, 'end')
  const link = start && $linkAround(start.node)
  return link && end && $linkAround(end.node)?.is(link) ? { link, start, end } : null
}

/** A point between two texts belongs to the one that is selected. */
function $spot(point: PointType, side: 'start' | 'end'): Spot | null {
  const node = point.getNode()
  if (!$isTextNode(node)) return null
  const isBetween = side === 'start' ? point.offset === node.getTextContentSize() : point.offset === 0
  const beside = isBetween ? $beside(node, side) : null
  if (!beside) return { node, offset: point.offset }
  return { node: beside, offset: side === 'start' ? 0 : beside.getTextContentSize() }
}

/** The text after a node, or before it, in the same line; null if there is something else. */
function $beside(node: LexicalNode, side: 'start' | 'end'): TextNode | null {
  let from: LexicalNode | null = node
  const next = (one: LexicalNode) => (side === 'start' ? one.getNextSibling() : one.getPreviousSibling())
  while (from && !next(from)) {
    const parent: LexicalNode | null = from.getParent()
    from = $isElementNode(parent) && parent.isInline() ? parent : null
  }
  let found = from && next(from)
  while ($isElementNode(found)) found = side === 'start' ? found.getFirstChild() : found.getLastChild()
  return $isTextNode(found) ? found : null
}

/** Writes with the formatting of the first of the words it replaces. */
function $write(start: Spot, end: Spot, typed: string): void {
  if (start.node.is(end.node)) {
    start.node.spliceText(start.offset, end.offset - start.offset, typed, true)
    return
  }
  for (let between = start.node.getNextSibling(); between && !between.is(end.node);) {
    const next: LexicalNode | null = between.getNextSibling()
    between.remove()
    between = next
  }
  if (end.offset === end.node.getTextContentSize()) end.node.remove()
  else end.node.spliceText(0, end.offset, '')
  start.node.spliceText(start.offset, start.node.getTextContentSize() - start.offset, typed, true)
}
