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
 * Every block of `src/shared/document/blocks` with its side of the editor; one that misses here does not compile. In
 * toolbar order.
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
/** What a person can choose a block or a line to be. */
export type BlockChoice = Blocks['offers'][number]['choice']
/** What the block the caret is in is. */
export type BlockKind = ReturnType<Blocks['$kind']> | 'kept'

export const allEditorBlocks: readonly EditorBlock[] = Object.values(editorBlocks)

/** All choices in toolbar order, each with the block it belongs to. */
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

/**
 * The editor's side of the block a node stands for; undefined for a kept block, a chunk and what is inside a block.
 */
export function $editorBlockOf(node: LexicalNode | null | undefined): EditorBlock | undefined {
  return node ? byNode.get(node.getType()) : undefined
}

export function $kindOf(node: LexicalNode): BlockKind {
  return ($editorBlockOf(node)?.$kind(node) ?? 'kept') as BlockKind
}

/** A block whose text is in its node itself. */
export function $isLineNode(node: LexicalNode | null | undefined): node is ElementNode {
  return $isElementNode(node) && $editorBlockOf(node)?.holds === 'line'
}

const byNode = new Map<string, EditorBlock>(allEditorBlocks.map((block) => [block.node.getType(), block]))
