import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { registerPlainText } from '@lexical/plain-text'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_LOW,
  createEditor,
  HISTORY_MERGE_TAG,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_ENTER_COMMAND,
  mergeRegister,
  PASTE_COMMAND,
  PASTE_TAG,
  SKIP_DOM_SELECTION_TAG,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode
} from 'lexical'
import { printableText } from '../../shared/document/clean-text.ts'
import { fieldPaste } from './clipboard/plain-import.ts'
import { registerFocus } from './focus.ts'
import { registerPunctuation } from './typing/register-punctuation.ts'
import { TYPING_TAG } from './typing/typed.ts'
import { MERGE_MS, registerUndoKeys, type UndoKeys } from './undo-keys.ts'
import { isForTheDesk } from './desk-keys.ts'

export interface PlainEditor {
  readonly lexical: LexicalEditor
  /** Takes over a text from outside. The caret stays in place relative to the text that did not change. */
  setValue(text: string): void
  dispose(): void
}

export interface PlainEditorOptions {
  readonly value: string
  readonly multiline: boolean
  /** `isStep`: the change is an undo step by itself. */
  onChange(text: string, isStep: boolean): void
  onEnter(): void
  /** Handles the undo keys; without it the field has its own undo. */
  readonly undoKeys?: UndoKeys
  readonly onError?: (error: Error) => void
}

export function createPlainEditor({
  value,
  multiline,
  onChange,
  onEnter,
  undoKeys,
  onError
}: PlainEditorOptions): PlainEditor {
  const lexical = createEditor({ namespace: 'galley-plain', nodes: [], onError: (error) => onError?.(error) })
  const fit = (text: string) => (multiline ? printableText(text) : collapseLines(text))
  let text = value
  const dispose = mergeRegister(
    registerPlainText(lexical),
    undoKeys ? registerUndoKeys(lexical, undoKeys) : registerHistory(lexical, createEmptyHistoryState(), MERGE_MS),
    registerFocus(lexical),
    registerPunctuation(lexical),
    lexical.registerCommand(KEY_DOWN_COMMAND, isForTheDesk, COMMAND_PRIORITY_LOW),
    lexical.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (multiline && !(event?.ctrlKey || event?.metaKey)) return false
        if (event?.isComposing) return false
        event?.preventDefault()
        onEnter()
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    // An input method or a screen keyboard may insert a line break without any key event.
    lexical.registerCommand(INSERT_LINE_BREAK_COMMAND, () => !multiline, COMMAND_PRIORITY_LOW),
    lexical.registerCommand(INSERT_PARAGRAPH_COMMAND, () => !multiline, COMMAND_PRIORITY_LOW),
    lexical.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = 'clipboardData' in event ? event.clipboardData : null
        if (!data) return false
        event.preventDefault()
        const pasted = fit(fieldPaste(data, lexical.getRootElement()))
        lexical.update(
          () => {
            const selection = $getSelection()
            if ($isRangeSelection(selection)) selection.insertNodes($nodesOf(pasted))
          },
          { tag: PASTE_TAG }
        )
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves, tags }) => {
      if (dirtyElements.size === 0 && dirtyLeaves.size === 0) return
      const next = editorState.read($text)
      if (next === text) return
      text = next
      onChange(next, tags.has(TYPING_TAG) || tags.has(PASTE_TAG))
    })
  )
  lexical.update(() => $write(fit(value)), { discrete: true, tag: [HISTORY_MERGE_TAG, SKIP_DOM_SELECTION_TAG] })

  return {
    lexical,
    setValue: (next) => {
      if (next === text) return
      const before = text
      text = next
      lexical.update(
        () => {
          const selection = $getSelection()
          const caret = $isRangeSelection(selection)
            ? ([$offsetOf(selection.anchor), $offsetOf(selection.focus)] as const)
            : null
          $write(fit(next))
          const range = $getSelection()
          if (caret && $isRangeSelection(range)) {
            const [anchor, focus] = caret.map((offset) => carried(before, next, offset))
            $point(range.anchor, anchor ?? 0)
            $point(range.focus, focus ?? 0)
          }
        },
        {
          discrete: true,
          tag: lexical.getRootElement()?.contains(document.activeElement) ? [] : [SKIP_DOM_SELECTION_TAG]
        }
      )
    },
    dispose: () => {
      dispose()
      lexical.setRootElement(null)
    }
  }
}

/** The lines joined into one, with a single space in place of each break. */
export function collapseLines(text: string): string {
  return printableText(text)
    .replace(/[ \t]*\n\s*/g, ' ')
    .replace(/\t/g, ' ')
}

function $nodesOf(text: string): LexicalNode[] {
  return text
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [$createLineBreakNode()] : []),
      ...(line === '' ? [] : [$createTextNode(line)])
    ])
}

function $write(text: string): void {
  const root = $getRoot()
  const [first, ...rest] = root.getChildren()
  for (const node of rest) node.remove()
  const paragraph = $isElementNode(first) ? first : $createParagraphNode()
  if (!$isElementNode(first)) root.append(paragraph)
  const selection = $getSelection()
  const hadSelection = $isRangeSelection(selection)
  if (hadSelection) paragraph.select(0, 0)
  paragraph.clear()
  paragraph.append(...$nodesOf(text))
  if (hadSelection) paragraph.selectEnd()
}

function $text(): string {
  return $getRoot()
    .getChildren()
    .map((node) => node.getTextContent())
    .join('\n')
}

function $offsetOf(point: { key: string; offset: number; getNode(): LexicalNode; type: 'text' | 'element' }): number {
  const node = point.getNode()
  let offset = point.type === 'text' ? point.offset : $isElementNode(node) ? lengthBefore(node, point.offset) : 0
  for (
    let current: LexicalNode | null = point.type === 'text' ? node : null;
    current;
    current = current.getPreviousSibling()
  ) {
    if (current !== node) offset += current.getTextContentSize()
  }
  return offset
}

function lengthBefore(parent: ElementNode, index: number): number {
  return parent
    .getChildren()
    .slice(0, index)
    .reduce((sum, child) => sum + child.getTextContentSize(), 0)
}

/** Where an offset in `before` is in `after`: unchanged ahead of the change, shifted after it. */
function carried(before: string, after: string, offset: number): number {
  let same = 0
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1
  return offset <= same ? offset : Math.max(same, offset + after.length - before.length)
}

function $point(point: { set(key: string, offset: number, type: 'text' | 'element'): void }, offset: number): void {
  const paragraph = $getRoot().getFirstChild()
  if (!$isElementNode(paragraph)) return
  let left = offset
  for (const [index, child] of paragraph.getChildren().entries()) {
    const size = child.getTextContentSize()
    if ($isTextNode(child) && left <= size) return point.set(child.getKey(), left, 'text')
    if ($isLineBreakNode(child) && left === 0) return point.set(paragraph.getKey(), index, 'element')
    left -= size
  }
  point.set(paragraph.getKey(), paragraph.getChildrenSize(), 'element')
}
