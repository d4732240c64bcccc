import { $applyNodeReplacement, $getState, $setState, createState, DecoratorNode, type LexicalNode } from 'lexical'
import type { Run } from '../../../../shared/document/runs.ts'

const none: Run = { text: '' }
const runState = createState('keptRun', { parse: (value) => (value === undefined ? none : (value as Run)) })

/** A run without text that contains something this version does not know: kept in place, and invisible. */
export class KeptRunNode extends DecoratorNode<null> {
  override $config() {
    return this.config('galley-kept-run', { extends: DecoratorNode, stateConfigs: [runState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('span')
    element.className = 'kept-run'
    element.contentEditable = 'false'
    return element
  }

  override updateDOM(): false {
    return false
  }

  override isInline(): true {
    return true
  }

  override isKeyboardSelectable(): false {
    return false
  }

  override getTextContent(): '' {
    return ''
  }

  getRun(): Run {
    return $getState(this, runState)
  }
}

export function $createKeptRun(run: Run): KeptRunNode {
  const node = $applyNodeReplacement(new KeptRunNode())
  $setState(node, runState, run)
  return node
}

export function $isKeptRunNode(node: LexicalNode | null | undefined): node is KeptRunNode {
  return node instanceof KeptRunNode
}
