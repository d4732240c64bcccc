import { z } from 'zod'
import { KnownBlock, knownParts } from './blocks/blocks.ts'
import type { BlockParts } from './blocks/define-block.ts'
import { unknown } from './blocks/unknown/unknown.ts'

export { BlockId, newBlockId } from './block-id.ts'
export { KnownBlock } from './blocks/blocks.ts'

/** The version this build writes. Older bodies load through `upgrade`; a newer one is refused, never rewritten. */
export const DOCUMENT_VERSION = 1

/** The types version 1 came out with: one of these that does not fit is damaged. */
const FIRST = ['paragraph', 'heading', 'list', 'quote', 'image'] as const
const FIRST_TYPES: ReadonlySet<string> = new Set(FIRST)

/**
 * A type that was added since may have been somebody's own name for a block in an older body. One that does not fit is
 * theirs, and is kept as any block is that this build does not know.
 */
const UnknownBlock = unknown.schema.extend({
  type: unknown.schema.shape.type.regex(new RegExp(`^(?!(?:${FIRST.join('|')})$)`), 'does not fit its block type')
})
export type UnknownBlock = z.infer<typeof UnknownBlock>

export const Block = z.union([KnownBlock, UnknownBlock])
export type Block = KnownBlock | UnknownBlock

/** The body of a story as it is stored, exported and sent: our own format, never an editor's. */
export const StoredBody = z.looseObject({
  version: z.literal(DOCUMENT_VERSION),
  blocks: z
    .array(Block)
    .refine((blocks) => new Set(blocks.map((block) => block.id)).size === blocks.length, 'has two blocks with one id')
    // JSON Schema cannot compare the ids alone; it refuses at least a block that is there twice.
    .meta({ uniqueItems: true, description: 'Every block has an id of its own.' })
})
export type StoredBody = z.infer<typeof StoredBody>

export function isKnown(block: Block): block is KnownBlock {
  return FIRST_TYPES.has(block.type) || (knownParts(block.type) !== null && fits(block))
}

/** How a block is read: by its type's parts, or as an unknown block is. */
export function partsOfBlock(block: Block): BlockParts<Block> {
  return (isKnown(block) ? knownParts(block.type) : null) ?? unknown
}

/** Blocks are never written to, so each is looked at once. */
const fitting = new WeakMap<Block, boolean>()

function fits(block: Block): boolean {
  const known = fitting.get(block)
  if (known !== undefined) return known
  // A block that is new to the editor has no id yet.
  const does = KnownBlock.safeParse({ ...block, id: 'none' }).success
  fitting.set(block, does)
  return does
}

export function emptyBody(): StoredBody {
  return { version: DOCUMENT_VERSION, blocks: [] }
}
