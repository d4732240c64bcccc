import { $createParagraphNode, ParagraphNode } from 'lexical'
import { Pilcrow } from 'lucide-react'
import type { ParagraphBlock } from '../../../../shared/document/blocks/paragraph/paragraph.ts'
import { $readRuns } from '../../runs-codec.ts'
import { defineEditorBlock, withAlt } from '../editor-block.ts'
import { $withRuns, lineBlock } from '../line-block.ts'
import './paragraph.css'

export const paragraphBlock = defineEditorBlock({
  ...lineBlock,
  node: ParagraphNode,
  theme: { paragraph: 'body-paragraph' },
  $create: (block: ParagraphBlock) => $withRuns($createParagraphNode(), block.runs),
  $read: (node) => ({ type: 'paragraph', runs: $readRuns(node) }),
  $kind: () => 'paragraph',
  offers: [{ choice: 'paragraph', icon: Pilcrow, hasButton: false, keys: withAlt(0), $make: $createParagraphNode }]
})
