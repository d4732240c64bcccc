import { z } from 'zod'
import { KnownBlock, knownParts } from './blocks/blocks.ts'
import type { BlockParts } from './blocks/define-block.ts'
import { unknown } from './blocks/unknown/unknown.ts'

export { BlockId, newBlockId } from './block-id.ts'
export { KnownBlock } from './blocks/blocks.ts'

/** The version this build writes. Older bodies load through `upgrade`; a newer one is refused and never rewritten. */
export const DOCUMENT_VERSION = 1

/** The types of the original version 1: one of these that does not fit its schema is damaged. */
const FIRST = ['paragraph', 'heading', 'list', 'quote', 'image'] as const
const FIRST_TYPES: ReadonlySet<string> = new Set(FIRST)

/**
 * A type added since may be somebody's own name for a block in an older body. A block that does not fit it is treated
 * as theirs, and kept like any block this build does not know.
 */
const UnknownBlock = unknown.schema.extend({
  type: unknown.schema.shape.type.regex(new RegExp(`^(?!(?:${FIRST.join('|')})$)`), 'does not fit its block type')
})
export type UnknownBlock = z.infer<typeof UnknownBlock>

export const Block = z.union([KnownBlock, UnknownBlock])
export type Block = KnownBlock | UnknownBlock

/** A story's body as stored, exported and sent: our own format, independent of any editor. */
export const StoredBody = z.looseObject({
  version: z.literal(DOCUMENT_VERSION),
  blocks: z
    .array(Block)
    .refine((blocks) => new Set(blocks.map((block) => block.id)).size === blocks.length, 'has two blocks with one id')
    // JSON Schema cannot compare only the ids; at least it refuses a duplicate block.
    .meta({ uniqueItems: true, description: 'Every block has an id of its own.' })
})
export type StoredBody = z.infer<typeof StoredBody>

export function isKnown(block: Block): block is KnownBlock {
  return FIRST_TYPES.has(block.type) || (knownParts(block.type) !== null && fits(block))
}

/** The parts that read a block: its type's, or those of unknown blocks. */
export function partsOfBlock(block: Block): BlockParts<Block> {
  return (isKnown(block) ? knownParts(block.type) : null) ?? unknown
}

/** Blocks are never modified, so each is checked only once. */
const fitting = new WeakMap<Block, boolean>()

function fits(block: Block): boolean {
  const known = fitting.get(block)
  if (known !== undefined) return known
  // A block that is new in the editor has no id yet.
  const does = KnownBlock.safeParse({ ...block, id: 'none' }).success
  fitting.set(block, does)
  return does
}

export function emptyBody(): StoredBody {
  return { version: DOCUMENT_VERSION, blocks: [] }
}
