import { $applyNodeReplacement, DecoratorNode } from 'lexical'

/** A rule between two parts of the story. Selected and deleted as a whole; the caret is never inside it. */
export class DividerNode extends DecoratorNode<null> {
  override $config() {
    return this.config('galley-divider', { extends: DecoratorNode })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'body-divider'
    element.contentEditable = 'false'
    element.setAttribute('role', 'separator')
    return element
  }

  override updateDOM(): false {
    return false
  }

  override isInline(): false {
    return false
  }

  override getTextContent(): '' {
    return ''
  }
}

export function $createDivider(): DividerNode {
  return $applyNodeReplacement(new DividerNode())
}
