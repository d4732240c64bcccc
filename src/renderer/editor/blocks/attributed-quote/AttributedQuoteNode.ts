import { $applyNodeReplacement, $getState, $setState, createState, DecoratorNode, type LexicalNode } from 'lexical'
import { textOfRuns, type Run } from '../../../../shared/document/runs.ts'
import { $factsOf } from '../../block-state.ts'
import type { BlockDecoration } from '../editor-block.ts'

/** The words of a quotation and who said them. */
export interface AttributedQuote {
  readonly runs: readonly Run[]
  readonly speaker: string
}

const empty: AttributedQuote = { runs: [], speaker: '' }
const quoteState = createState('attributedQuote', {
  parse: (value) => (value === undefined ? empty : (value as AttributedQuote))
})

/** A quotation with its speaker: two fields; selected and deleted as a whole. */
export class AttributedQuoteNode extends DecoratorNode<BlockDecoration<AttributedQuote>> {
  override $config() {
    return this.config('galley-attributed-quote', { extends: DecoratorNode, stateConfigs: [quoteState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'body-attributed-quote'
    element.contentEditable = 'false'
    return element
  }

  override updateDOM(): false {
    return false
  }

  override isInline(): false {
    return false
  }

  override decorate(): BlockDecoration<AttributedQuote> {
    return { type: 'attributed-quote', key: this.getKey(), id: $factsOf(this).id, content: this.getQuote() }
  }

  override getTextContent(): string {
    const { runs, speaker } = this.getQuote()
    return [textOfRuns(runs), speaker].filter(Boolean).join('\n')
  }

  getQuote(): AttributedQuote {
    return $getState(this, quoteState)
  }

  setQuote(quote: AttributedQuote): void {
    $setState(this, quoteState, quote)
  }
}

export function $createAttributedQuote(quote: AttributedQuote = empty): AttributedQuoteNode {
  const node = $applyNodeReplacement(new AttributedQuoteNode())
  node.setQuote(quote)
  return node
}

export function $isAttributedQuote(node: LexicalNode | null | undefined): node is AttributedQuoteNode {
  return node instanceof AttributedQuoteNode
}
