import { Quote } from 'lucide-react'
import type { PullQuoteBlock } from '../../../../shared/document/blocks/pull-quote/pull-quote.ts'
import { $readRuns } from '../../runs-codec.ts'
import { defineEditorBlock } from '../editor-block.ts'
import { $withRuns, lineBlock } from '../line-block.ts'
import { $createPullQuote, PullQuoteNode } from './PullQuoteNode.ts'
import './pull-quote.css'

export const pullQuoteBlock = defineEditorBlock({
  ...lineBlock,
  node: PullQuoteNode,
  theme: {},
  $create: (block: PullQuoteBlock) => $withRuns($createPullQuote(), block.runs),
  $read: (node) => ({ type: 'pull-quote', runs: $readRuns(node) }),
  $kind: () => 'pullQuote',
  offers: [{ choice: 'pullQuote', icon: Quote, hasButton: false, keys: null, $make: $createPullQuote }]
})
