import {
  $getNodeByKey,
  $isTextNode,
  BLUR_COMMAND,
  COMMAND_PRIORITY_HIGH,
  COMMAND_PRIORITY_LOW,
  KEY_DOWN_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type NodeKey,
  type TextNode
} from 'lexical'
import { Store } from '../store.ts'
import { $caret, $lineOf, onTyped } from './typed.ts'

/** A slash typed to be offered blocks, and what was typed after it. */
export interface Slash {
  readonly key: NodeKey
  /** The position of the slash in the node. */
  readonly start: number
  readonly query: string
}

const KEYS = ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'] as const
export type SlashKey = (typeof KEYS)[number]

/**
 * Follows a slash at the start of a line or after a space for as long as the caret stays with it. What is typed is
 * ordinary text: nothing is lost if no block is chosen.
 */
export class SlashTrigger {
  readonly state = new Store<Slash | null>(
    null,
    (a, b) => a?.key === b?.key && a?.start === b?.start && a?.query === b?.query
  )
  /** Lets the visible list handle a key; returns true if it did. */
  onKey: ((key: SlashKey) => boolean) | null = null
  readonly unregister: () => void

  constructor(lexical: LexicalEditor) {
    this.unregister = mergeRegister(
      lexical.registerUpdateListener(({ editorState }) => {
        const slash = this.state.getSnapshot()
        if (slash) this.state.set(editorState.read(() => $follow(slash)))
      }),
      onTyped(lexical, /\//, ({ node, offset, before }) => {
        const isFirst = before === '/' && $lineOf(node)?.getTextContent() === '/'
        if (!node.hasFormat('code') && (isFirst || /\s\/$/.test(before)))
          this.state.set({ key: node.getKey(), start: offset - 1, query: '' })
      }),
      lexical.registerCommand(
        KEY_DOWN_COMMAND,
        (event) => {
          if (!this.state.getSnapshot() || event.isComposing) return false
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
          const key = KEYS.find((one) => one === event.key)
          if (!key || this.onKey?.(key) !== true) return false
          event.preventDefault()
          return true
        },
        COMMAND_PRIORITY_HIGH
      ),
      lexical.registerCommand(
        BLUR_COMMAND,
        () => {
          this.close()
          return false
        },
        COMMAND_PRIORITY_LOW
      )
    )
  }

  /** Closes the list and leaves what was typed. */
  close(): void {
    this.state.set(null)
  }
}

function $follow(slash: Slash): Slash | null {
  const caret = $caret()
  if (caret?.node.getKey() !== slash.key || caret.offset <= slash.start) return null
  const typed = caret.node.getTextContent().slice(slash.start, caret.offset)
  return typed.startsWith('/') && !/\s/.test(typed) ? { ...slash, query: typed.slice(1) } : null
}

/** Removes the slash and what follows it; the caret stays there. */
export function $dropSlash({ key, start, query }: Slash): void {
  const node = $getNodeByKey(key)
  if ($isTextNode(node)) $dropText(node, start, start + 1 + query.length)
}

/** Removes characters from a text; the caret goes where they were. */
export function $dropText(node: TextNode, start: number, end: number): void {
  const line = $lineOf(node)
  if (start > 0 || end < node.getTextContentSize()) {
    node.select(end, end)
    node.spliceText(start, end - start, '', true)
    return
  }
  const index = node.getParent()?.is(line) ? node.getIndexWithinParent() : null
  node.remove()
  if (!line) return
  if (index === null) line.selectEnd()
  else line.select(index, index)
}
