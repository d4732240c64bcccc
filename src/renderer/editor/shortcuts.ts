import {
  $getSelection,
  $isNodeSelection,
  COMMAND_PRIORITY_NORMAL,
  FORMAT_TEXT_COMMAND,
  IS_APPLE,
  isHTMLElement,
  KEY_DOWN_COMMAND,
  type LexicalEditor
} from 'lexical'
import { blockOffers, type BlockChoice } from './blocks/editor-blocks.ts'
import { isForTheDesk } from './desk-keys.ts'

export interface ShortcutActions {
  readonly onLinkRequest: (() => void) | undefined
  /** Moves to the address of the link at the caret; returns whether there is one. */
  editLink(): boolean
  setBlockType(choice: BlockChoice): void
  /** Changes the level of list items; returns whether there were any. */
  changeDepth(by: 1 | -1): boolean
  /** A key that inserts text was pressed; the text itself comes afterwards. */
  onWriting(): void
}

/** Lexical itself handles Ctrl or Cmd with B, I and U; these are ours. */
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

/** A key that inserts a character, possibly through an input method. AltGr arrives as Ctrl+Alt. */
function isWriting(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph')) return false
  return event.key.length === 1 || event.key === 'Process' || event.key === 'Dead'
}

function run(lexical: LexicalEditor, event: KeyboardEvent, actions: ShortcutActions): boolean {
  const control = event.ctrlKey || event.metaKey
  if (event.key === 'Tab' && !control && !event.altKey) {
    // Outside a list, Tab moves on to the next field as usual.
    return !$isNodeSelection($getSelection()) && actions.changeDepth(event.shiftKey ? -1 : 1)
  }
  if (!control) return false
  const choice = choiceOf(event)
  if (choice) {
    actions.setBlockType(choice)
    return true
  }
  // Outside a link the key runs a desk command.
  const isLinkKey = event.code === 'KeyK' && !event.shiftKey && !event.altKey
  if (isLinkKey && (IS_APPLE ? event.metaKey && !event.ctrlKey : !event.metaKey)) return actions.editLink()
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

/**
 * By physical key, because Shift and Alt change the character. AltGr inserts characters on many keyboards and arrives
 * as Ctrl+Alt.
 */
function choiceOf(event: KeyboardEvent): BlockChoice | undefined {
  const held = event.altKey ? 'Alt' : event.shiftKey ? 'Shift' : null
  if (held === null || (held === 'Alt' && event.getModifierState('AltGraph'))) return undefined
  return blockOffers.find(({ keys }) => keys?.with === held && keys.codes.includes(event.code))?.choice
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
