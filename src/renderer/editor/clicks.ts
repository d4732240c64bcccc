import {
  $createRangeSelectionFromDom,
  $getSelection,
  $isNodeSelection,
  $setSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_LOW,
  getDOMSelection,
  isHTMLElement,
  mergeRegister,
  type LexicalEditor
} from 'lexical'
import { $settleCaret } from './caret.ts'

/**
 * The browser announces a caret moved by a click, or by a key such as End, one task later, and one frame later on a
 * busy page. Whatever is typed before that, by a fast typist or a text expander, would go where the caret was before;
 * so the caret is read from the browser as soon as a key arrives.
 */
export function registerClicks(lexical: LexicalEditor): () => void {
  let moved: 'no' | 'by click' | 'by key' = 'no'
  const press = () => {
    moved = 'by click'
  }
  const told = () => {
    moved = 'no'
  }
  const write = (event: Event) => {
    const before = moved
    moved = movesCaret(event) ? 'by key' : 'no'
    if (before === 'no') return
    const { target } = event
    if (isHTMLElement(target) && target.closest('[contenteditable="false"], .plain-text')) return
    lexical.update(
      () => {
        // A key that selected a picture did not move the browser's caret.
        if (before === 'by click' || !$isNodeSelection($getSelection())) $caretOfBrowser(lexical)
      },
      { discrete: true }
    )
  }
  const root = lexical.registerRootListener((element, previous) => {
    for (const type of WRITING) previous?.removeEventListener(type, write, true)
    previous?.removeEventListener('pointerdown', press, true)
    previous?.ownerDocument.removeEventListener('selectionchange', told)
    // In the capture phase, before Lexical's own listeners on the element itself.
    for (const type of WRITING) element?.addEventListener(type, write, true)
    element?.addEventListener('pointerdown', press, true)
    element?.ownerDocument.addEventListener('selectionchange', told)
  })
  return mergeRegister(
    root,
    lexical.registerCommand(
      CLICK_COMMAND,
      (event) => {
        // Lexical would remove the caret together with the picture's selection.
        if (!$isNodeSelection($getSelection()) || !isHTMLElement(event.target)) return false
        if (event.target.closest('[contenteditable="false"]')) return false
        return $caretOfBrowser(lexical)
      },
      COMMAND_PRIORITY_LOW
    )
  )
}

function movesCaret(event: Event): boolean {
  return event instanceof KeyboardEvent && !event.isComposing && /^(?:Arrow|Home$|End$|Page)/.test(event.key)
}

const WRITING = ['keydown', 'beforeinput', 'compositionstart', 'paste', 'cut', 'copy'] as const

/** Takes the caret or selection over from the browser. Returns whether it is in the body at all. */
function $caretOfBrowser(lexical: LexicalEditor): boolean {
  const root = lexical.getRootElement()
  const range = $createRangeSelectionFromDom(getDOMSelection(root?.ownerDocument.defaultView ?? null), lexical)
  if (!range) return false
  $setSelection(range)
  $settleCaret()
  return true
}
