import { $applyNodeReplacement, $getState, $setState, createState, DecoratorNode, type LexicalNode } from 'lexical'
import type { UnknownBlock } from '../../../../shared/document/document.ts'
import { blockToText } from '../../../../shared/document/to-text.ts'
import './kept.css'

/** The block as stored, without its id, dir and lang. */
export type KeptContent = Readonly<Record<string, unknown>> & { readonly type: string }
const nothing: KeptContent = { type: 'unknown' }
const contentState = createState('keptBlock', {
  parse: (value) => (value === undefined ? nothing : (value as KeptContent))
})

/** A block from a later version or somebody's extension: shown, selectable, deletable, never rewritten. */
export class KeptBlockNode extends DecoratorNode<null> {
  override $config() {
    return this.config('galley-kept-block', { extends: DecoratorNode, stateConfigs: [contentState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'kept-block'
    element.contentEditable = 'false'
    element.setAttribute('role', 'note')
    const label = document.createElement('span')
    label.className = 'kept-block-label'
    label.textContent = 'Kept, not editable here'
    element.append(label)
    const text = this.getTextContent()
    if (text !== '') {
      const body = document.createElement('span')
      body.className = 'kept-block-text'
      body.textContent = text.slice(0, 2000)
      element.append(body)
    }
    return element
  }

  override updateDOM(): false {
    return false
  }

  override isInline(): false {
    return false
  }

  override getTextContent(): string {
    return blockToText({ ...this.getContent(), id: 'kept' } as UnknownBlock)
  }

  getContent(): KeptContent {
    return $getState(this, contentState)
  }
}

export function $createKeptBlock(content: KeptContent): KeptBlockNode {
  const node = $applyNodeReplacement(new KeptBlockNode())
  $setState(node, contentState, content)
  return node
}

export function $isKeptBlockNode(node: LexicalNode | null | undefined): node is KeptBlockNode {
  return node instanceof KeptBlockNode
}
