import { z } from 'zod'
import { KnownBlock, knownParts } from './blocks/blocks.ts'
import type { BlockParts } from './blocks/define-block.ts'
import { unknown } from './blocks/unknown/unknown.ts'

export { BlockId, newBlockId } from './block-id.ts'
export { KnownBlock } from './blocks/blocks.ts'

/** The version this build writes. Older bodies load through `upgrade`; a newer one is refused, never rewritten. */
export const DOCUMENT_VERSION = 1

const UnknownBlock = unknown.schema.refine(({ type }) => knownParts(type) === null, 'does not fit its block type')
export type UnknownBlock = z.infer<typeof UnknownBlock>

export const Block = z.union([KnownBlock, UnknownBlock])
export type Block = KnownBlock | UnknownBlock

/** The body of a story as it is stored, exported and sent: our own format, never an editor's. */
export const StoredBody = z.looseObject({
  version: z.literal(DOCUMENT_VERSION),
  blocks: z
    .array(Block)
    .refine((blocks) => new Set(blocks.map((block) => block.id)).size === blocks.length, 'has two blocks with one id')
})
export type StoredBody = z.infer<typeof StoredBody>

export function isKnown(block: Block): block is KnownBlock {
  return knownParts(block.type) !== null
}

/** How a block is read: by its type's parts, or as an unknown block is. */
export function partsOfBlock(block: Pick<Block, 'type'>): BlockParts<Block> {
  return knownParts(block.type) ?? unknown
}

export function emptyBody(): StoredBody {
  return { version: DOCUMENT_VERSION, blocks: [] }
}
