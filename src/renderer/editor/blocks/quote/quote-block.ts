import { $createQuoteNode, QuoteNode } from '@lexical/rich-text'
import { TextQuote } from 'lucide-react'
import type { QuoteBlock } from '../../../../shared/document/blocks/quote/quote.ts'
import { $readRuns } from '../../runs-codec.ts'
import { defineEditorBlock, withShift } from '../editor-block.ts'
import { $withRuns, lineBlock } from '../line-block.ts'
import './quote.css'

export const quoteBlock = defineEditorBlock({
  ...lineBlock,
  node: QuoteNode,
  theme: { quote: 'body-quote' },
  $create: (block: QuoteBlock) => $withRuns($createQuoteNode(), block.runs),
  $read: (node) => ({ type: 'quote', runs: $readRuns(node) }),
  $kind: () => 'quote',
  offers: [{ choice: 'quote', icon: TextQuote, hasButton: true, keys: withShift(9), $make: $createQuoteNode }]
})
