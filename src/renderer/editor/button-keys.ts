import { isHTMLElement, type LexicalEditor } from 'lexical'

/**
 * The keys that press a button among the text (a picture to choose, the tools of a table) are for that button. Lexical
 * would take Enter for a new paragraph at its caret, wherever that is, and keep the press from the button.
 */
export function registerButtonKeys(lexical: LexicalEditor): () => void {
  return lexical.registerRootListener((element, previous) => {
    previous?.removeEventListener('keydown', keepPress, true)
    element?.addEventListener('keydown', keepPress, true)
  })
}

/** The press itself is the browser's, and comes all the same. */
function keepPress(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  if (isHTMLElement(event.target) && event.target.closest('button')) event.stopPropagation()
}
