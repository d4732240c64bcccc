import { MessageSquareQuote } from 'lucide-react'
import type { AttributedQuoteBlock } from '../../../../shared/document/blocks/attributed-quote/attributed-quote.ts'
import { canonicalRuns } from '../../../../shared/document/diff/canonical-runs.ts'
import { defineEditorBlock, registersNothing } from '../editor-block.ts'
import { $createAttributedQuote, AttributedQuoteNode } from './AttributedQuoteNode.ts'
import { AttributedQuoteView } from './AttributedQuoteView.tsx'
import './attributed-quote.css'

export const attributedQuoteBlock = defineEditorBlock({
  node: AttributedQuoteNode,
  inner: [],
  holds: 'nothing',
  enters: true,
  theme: {},
  $create: ({ runs, speaker }: AttributedQuoteBlock) => $createAttributedQuote({ runs: canonicalRuns(runs), speaker }),
  $read: (node) => ({ type: 'attributed-quote', runs: [...node.getQuote().runs], speaker: node.getQuote().speaker }),
  $kind: () => 'attributedQuote',
  offers: [
    {
      choice: 'attributedQuote',
      icon: MessageSquareQuote,
      hasButton: true,
      keys: null,
      $make: () => $createAttributedQuote()
    }
  ],
  View: AttributedQuoteView,
  register: registersNothing
})
