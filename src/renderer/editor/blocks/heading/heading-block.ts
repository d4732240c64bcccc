import { $createHeadingNode, HeadingNode } from '@lexical/rich-text'
import { Heading2, Heading3, Heading4 } from 'lucide-react'
import type { HeadingBlock } from '../../../../shared/document/blocks/heading/heading.ts'
import { $readRuns } from '../../runs-codec.ts'
import { defineEditorBlock, withAlt } from '../editor-block.ts'
import { $withRuns, lineBlock } from '../line-block.ts'
import './heading.css'

export const headingBlock = defineEditorBlock({
  ...lineBlock,
  node: HeadingNode,
  theme: {
    heading: { h2: 'body-heading body-heading-2', h3: 'body-heading body-heading-3', h4: 'body-heading body-heading-4' }
  },
  $create: (block: HeadingBlock) => $withRuns($createHeadingNode(`h${block.level}`), block.runs),
  $read: (node) => ({ type: 'heading', level: levelOf(node), runs: $readRuns(node) }),
  $kind: (node) => `heading${levelOf(node)}`,
  offers: [
    { choice: 'heading2', icon: Heading2, hasButton: false, keys: withAlt(1), $make: () => $createHeadingNode('h2') },
    { choice: 'heading3', icon: Heading3, hasButton: false, keys: withAlt(2), $make: () => $createHeadingNode('h3') },
    { choice: 'heading4', icon: Heading4, hasButton: false, keys: withAlt(3), $make: () => $createHeadingNode('h4') }
  ]
})

function levelOf(node: HeadingNode): HeadingBlock['level'] {
  switch (node.getTag()) {
    case 'h1':
    case 'h2':
      return 2
    case 'h3':
      return 3
    default:
      return 4
  }
}
