import {
  $applyNodeReplacement,
  $createParagraphNode,
  ElementNode,
  type ParagraphNode,
  type RangeSelection
} from 'lexical'

/** A sentence set large; a single line of runs, like a paragraph. */
export class PullQuoteNode extends ElementNode {
  override $config() {
    return this.config('galley-pull-quote', { extends: ElementNode })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('blockquote')
    element.className = 'body-pull-quote'
    return element
  }

  override updateDOM(): false {
    return false
  }

  override canIndent(): false {
    return false
  }

  override insertNewAfter(_selection: RangeSelection, restoreSelection = true): ParagraphNode {
    const paragraph = $createParagraphNode()
    this.insertAfter(paragraph, restoreSelection)
    return paragraph
  }
}

export function $createPullQuote(): PullQuoteNode {
  return $applyNodeReplacement(new PullQuoteNode())
}
