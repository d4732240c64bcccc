import { $isElementNode, type ElementNode, type LexicalNode } from 'lexical'
import type { KnownBlock } from '../../../shared/document/document.ts'
import { attributedQuoteBlock } from './attributed-quote/attributed-quote-block.ts'
import { dividerBlock } from './divider/divider-block.ts'
import type { BlockOffer, EditorBlock } from './editor-block.ts'
import { headingBlock } from './heading/heading-block.ts'
import { imageBlock } from './image/image-block.ts'
import { listBlock } from './list/list-block.ts'
import { paragraphBlock } from './paragraph/paragraph-block.ts'
import { pullQuoteBlock } from './pull-quote/pull-quote-block.ts'
import { quoteBlock } from './quote/quote-block.ts'
import { tableBlock } from './table/table-block.ts'

/**
 * Every block of `src/shared/document/blocks` with its editor side, in toolbar order; a missing one does not compile.
 */
export const editorBlocks = {
  paragraph: paragraphBlock,
  heading: headingBlock,
  list: listBlock,
  quote: quoteBlock,
  'pull-quote': pullQuoteBlock,
  'attributed-quote': attributedQuoteBlock,
  image: imageBlock,
  table: tableBlock,
  divider: dividerBlock
} satisfies { readonly [Type in KnownBlock['type']]: EditorBlock<Extract<KnownBlock, { type: Type }>> }

type Blocks = (typeof editorBlocks)[keyof typeof editorBlocks]
/** What a person can turn a block or a line into. */
export type BlockChoice = Blocks['offers'][number]['choice']
/** What the block with the caret is. */
export type BlockKind = ReturnType<Blocks['$kind']> | 'kept'

export const allEditorBlocks: readonly EditorBlock[] = Object.values(editorBlocks)

/** All choices in toolbar order, each with the properties of its block. */
export const blockOffers: readonly (BlockOffer<BlockChoice> & {
  readonly holds: EditorBlock['holds']
  readonly enters: boolean
})[] = Object.values(editorBlocks).flatMap(({ offers, holds, enters }) =>
  offers.map((offer) => ({ ...offer, holds, enters }))
)

export function offerOf(choice: BlockChoice): (typeof blockOffers)[number] {
  const offer = blockOffers.find((one) => one.choice === choice)
  if (!offer) throw new Error(`no block offers ${choice}`)
  return offer
}

/** The editor side of the block a node represents; undefined for a kept block, a chunk or a node inside a block. */
export function $editorBlockOf(node: LexicalNode | null | undefined): EditorBlock | undefined {
  return node ? byNode.get(node.getType()) : undefined
}

export function $kindOf(node: LexicalNode): BlockKind {
  return ($editorBlockOf(node)?.$kind(node) ?? 'kept') as BlockKind
}

/** True for a block whose text is in its node itself. */
export function $isLineNode(node: LexicalNode | null | undefined): node is ElementNode {
  return $isElementNode(node) && $editorBlockOf(node)?.holds === 'line'
}

const byNode = new Map<string, EditorBlock>(allEditorBlocks.map((block) => [block.node.getType(), block]))
