import {
  $createHeadingNode,
  $createQuoteNode,
  $isHeadingNode,
  $isQuoteNode,
  type HeadingNode,
  type QuoteNode
} from '@lexical/rich-text'
import { $createParagraphNode, $isParagraphNode, type LexicalNode, type ParagraphNode } from 'lexical'
import type { HeadingBlock, ParagraphBlock, QuoteBlock } from '../../../../shared/document/document.ts'
import { $readRuns, $writeRuns } from '../../runs-codec.ts'

/** The blocks that are one line of runs and nothing else. */
export type TextBlock = ParagraphBlock | HeadingBlock | QuoteBlock
export type TextBlockNode = ParagraphNode | HeadingNode | QuoteNode

export function $isTextBlockNode(node: LexicalNode | null | undefined): node is TextBlockNode {
  return $isParagraphNode(node) || $isHeadingNode(node) || $isQuoteNode(node)
}

export function $createTextBlock(block: TextBlock): TextBlockNode {
  const node = $createEmptyTextBlock(block)
  $writeRuns(node, block.runs)
  return node
}

/** The part of the stored block its node stands for; id and the rest are added by the codec. */
export function $readTextBlock(node: TextBlockNode): Pick<TextBlock, 'type' | 'runs'> {
  const runs = $readRuns(node)
  if ($isHeadingNode(node))
    return { type: 'heading', level: levelOf(node), runs } as Pick<HeadingBlock, 'type' | 'level' | 'runs'>
  if ($isQuoteNode(node)) return { type: 'quote', runs }
  return { type: 'paragraph', runs }
}

export function levelOf(node: HeadingNode): 2 | 3 | 4 {
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

function $createEmptyTextBlock(block: TextBlock): TextBlockNode {
  switch (block.type) {
    case 'paragraph':
      return $createParagraphNode()
    case 'heading':
      return $createHeadingNode(`h${block.level}`)
    case 'quote':
      return $createQuoteNode()
  }
}
