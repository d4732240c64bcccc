import { isHTMLElement, type LexicalEditor } from 'lexical'

/**
 * Keys that press a button within the text (choosing a picture, a table's tools) are left to that button. Lexical would
 * otherwise take Enter as a new paragraph at its caret, and the button would not be pressed.
 */
export function registerButtonKeys(lexical: LexicalEditor): () => void {
  return lexical.registerRootListener((element, previous) => {
    previous?.removeEventListener('keydown', keepPress, true)
    element?.addEventListener('keydown', keepPress, true)
  })
}

/** The browser still performs the press itself. */
function keepPress(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  if (isHTMLElement(event.target) && event.target.closest('button')) event.stopPropagation()
}
