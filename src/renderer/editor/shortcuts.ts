import {
  $getSelection,
  $isNodeSelection,
  COMMAND_PRIORITY_NORMAL,
  FORMAT_TEXT_COMMAND,
  isHTMLElement,
  KEY_DOWN_COMMAND,
  type LexicalEditor
} from 'lexical'
import type { BlockChoice } from './selection-state.ts'

export interface ShortcutActions {
  readonly onLinkRequest: (() => void) | undefined
  setBlockType(choice: BlockChoice): void
  /** Moves list items a level; answers whether there were any. */
  changeDepth(by: 1 | -1): boolean
  /** A key that writes was pressed; what it writes comes after. */
  onWriting(): void
}

/** By physical key where Shift or Alt changes what a key writes, so that every keyboard layout has them. */
const withAlt: Readonly<Record<string, BlockChoice>> = {
  Digit0: 'paragraph',
  Digit1: 'heading2',
  Digit2: 'heading3',
  Digit3: 'heading4',
  Numpad0: 'paragraph',
  Numpad1: 'heading2',
  Numpad2: 'heading3',
  Numpad3: 'heading4'
}
const withShift: Readonly<Record<string, BlockChoice>> = { Digit7: 'numbered', Digit8: 'bulleted', Digit9: 'quote' }

/** Ctrl or Cmd with B, I and U are Lexical's own; these are ours. */
export function registerShortcuts(lexical: LexicalEditor, actions: ShortcutActions): () => void {
  return lexical.registerCommand(
    KEY_DOWN_COMMAND,
    (event) => {
      if (isForTheDesk(event)) return true
      if (event.isComposing || isInsideDecorator(lexical, event.target)) return false
      if (isWriting(event)) actions.onWriting()
      const done = run(lexical, event, actions)
      if (done) event.preventDefault()
      return done
    },
    COMMAND_PRIORITY_NORMAL
  )
}

/**
 * Ctrl or Cmd with Shift and Enter is the desk's, which publishes with it; Lexical would put a line break into the
 * copy.
 */
export function isForTheDesk(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey)
}

/** A key that writes a character, also by way of an input method. AltGr arrives as Ctrl+Alt. */
function isWriting(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph')) return false
  return event.key.length === 1 || event.key === 'Process' || event.key === 'Dead'
}

function run(lexical: LexicalEditor, event: KeyboardEvent, actions: ShortcutActions): boolean {
  const control = event.ctrlKey || event.metaKey
  if (event.key === 'Tab' && !control && !event.altKey) {
    // Outside a list Tab goes on to the next field, as everywhere.
    return !$isNodeSelection($getSelection()) && actions.changeDepth(event.shiftKey ? -1 : 1)
  }
  if (!control) return false
  // AltGr writes characters on many keyboards and arrives as Ctrl+Alt.
  const choice = event.altKey
    ? event.getModifierState('AltGraph')
      ? undefined
      : withAlt[event.code]
    : event.shiftKey
      ? withShift[event.code]
      : undefined
  if (choice) {
    actions.setBlockType(choice)
    return true
  }
  if (event.shiftKey && !event.altKey && event.code === 'KeyK') {
    actions.onLinkRequest?.()
    return true
  }
  if (event.shiftKey && !event.altKey && event.code === 'KeyX') {
    lexical.dispatchCommand(FORMAT_TEXT_COMMAND, 'strikethrough')
    return true
  }
  return false
}

/** Keys typed in a caption belong to the caption. */
function isInsideDecorator(lexical: LexicalEditor, target: EventTarget | null): boolean {
  const root = lexical.getRootElement()
  return (
    isHTMLElement(target) &&
    target !== root &&
    target.closest('[contenteditable="false"]') !== null &&
    root?.contains(target) === true
  )
}
