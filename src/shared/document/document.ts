import { z } from 'zod'
import { ImageUse } from './image-use.ts'
import { Direction, Language } from './language.ts'
import { Runs } from './runs.ts'

/** The version this build writes. Older bodies load through `upgrade`; a newer one is refused, never rewritten. */
export const DOCUMENT_VERSION = 1

export const BlockId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'is not a block id')
export type BlockId = z.infer<typeof BlockId>

const common = {
  id: BlockId,
  dir: Direction.optional(),
  lang: Language.optional()
}

export const ParagraphBlock = z.looseObject({ ...common, type: z.literal('paragraph'), runs: Runs })
export type ParagraphBlock = z.infer<typeof ParagraphBlock>

export const HeadingBlock = z.looseObject({
  ...common,
  type: z.literal('heading'),
  level: z.union([z.literal(2), z.literal(3), z.literal(4)]),
  runs: Runs
})
export type HeadingBlock = z.infer<typeof HeadingBlock>

/** A list is one block; `depth` 0 is the outermost level. */
export const ListBlock = z.looseObject({
  ...common,
  type: z.literal('list'),
  ordered: z.boolean(),
  items: z.array(z.looseObject({ runs: Runs, depth: z.int().min(0).max(8) })).min(1)
})
export type ListBlock = z.infer<typeof ListBlock>

export const QuoteBlock = z.looseObject({ ...common, type: z.literal('quote'), runs: Runs })
export type QuoteBlock = z.infer<typeof QuoteBlock>

export const ImageBlock = z.looseObject({ ...common, type: z.literal('image'), image: ImageUse })
export type ImageBlock = z.infer<typeof ImageBlock>

const knownTypes = ['paragraph', 'heading', 'list', 'quote', 'image'] as const

/** A block of a later version or of somebody's extension: kept as it is, shown as "kept, not editable here". */
export const UnknownBlock = z.looseObject({
  ...common,
  type: z
    .string()
    .max(100)
    .refine((type) => !(knownTypes as readonly string[]).includes(type), 'does not fit its block type')
})
export type UnknownBlock = z.infer<typeof UnknownBlock>

export const KnownBlock = z.discriminatedUnion('type', [
  ParagraphBlock,
  HeadingBlock,
  ListBlock,
  QuoteBlock,
  ImageBlock
])
export type KnownBlock = z.infer<typeof KnownBlock>

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
  return (knownTypes as readonly string[]).includes(block.type)
}

export function emptyBody(): StoredBody {
  return { version: DOCUMENT_VERSION, blocks: [] }
}

/** Short random ids, unique within a story; 71 bits, so two laptops editing one story offline do not collide. */
export function newBlockId(): BlockId {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
  if (bytesUsed === randomBytes.length) {
    crypto.getRandomValues(randomBytes)
    bytesUsed = 0
  }
  let id = ''
  for (const end = bytesUsed + ID_LENGTH; bytesUsed < end; bytesUsed += 1)
    id += alphabet.charAt((randomBytes[bytesUsed] ?? 0) % 36)
  return id
}

const ID_LENGTH = 14
/** Asked for by the hundred ids: to ask costs more than to write one. */
const randomBytes = new Uint8Array(ID_LENGTH * 100)
let bytesUsed = randomBytes.length
