import { z } from 'zod'
import { BlockId } from '../document/block-id.ts'

/**
 * A place in a story: a field or a block of the body, with a range in its text in UTF-16 units. For the whole of it,
 * both are 0.
 */
export const Place = z.union([
  z.object({ field: z.string(), start: z.int().min(0), end: z.int().min(0) }),
  z.object({ blockId: BlockId, start: z.int().min(0), end: z.int().min(0) })
])
export type Place = z.infer<typeof Place>
