import {
  $getSelection,
  $isNodeSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_LOW,
  $getNearestNodeFromDOMNode,
  $isDecoratorNode,
  isHTMLElement,
  mergeRegister,
  type LexicalEditor
} from 'lexical'
import { $leafOf } from './block-commands.ts'
import { $selectNode } from './block-selection.ts'

/** A click selects a block without text of its own (a picture, a divider) as a whole, and this shows it. */
export function registerSelectedLook(lexical: LexicalEditor): () => void {
  let shown: readonly HTMLElement[] = []
  return mergeRegister(
    lexical.registerCommand(
      CLICK_COMMAND,
      ({ target }) => {
        if (!isHTMLElement(target) || target.closest('.plain-text, button')) return false
        const node = $getNearestNodeFromDOMNode(target)
        const leaf = node ? $leafOf(node) : null
        if (!$isDecoratorNode(leaf)) return false
        $selectNode(leaf)
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerUpdateListener(({ editorState }) => {
      const keys = editorState.read(() => {
        const selection = $getSelection()
        return $isNodeSelection(selection) ? selection.getNodes().map((node) => node.getKey()) : []
      })
      if (keys.length === 0 && shown.length === 0) return
      const elements = keys.map((key) => lexical.getElementByKey(key)).filter((element) => element !== null)
      for (const element of shown) if (!elements.includes(element)) delete element.dataset['selected']
      for (const element of elements) element.dataset['selected'] = ''
      shown = elements
    })
  )
}
