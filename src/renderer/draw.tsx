import { createRoot } from 'react-dom/client'
import type { Line } from './api/api.tsx'
import { App } from './App.tsx'
import { without, withoutWriting } from './quiet-keys.ts'

export function draw(line: Line): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('The page has no root')
  // Dialogs and menus are drawn into the page's body.
  withoutWriting(document.body)
  // React follows the caret for `onSelect`, which nothing here asks for: once a key.
  without('selectionchange', document, () => createRoot(withoutWriting(root))).render(<App line={line} />)
}
