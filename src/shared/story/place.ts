import { z } from 'zod'
import { BlockId } from '../document/block-id.ts'

/**
 * Where it is: a field, or a block of the body, and from where to where in its words, in UTF-16 units. Where the spot
 * is the whole of it, both are 0.
 */
export const Place = z.union([
  z.object({ field: z.string(), start: z.int().min(0), end: z.int().min(0) }),
  z.object({ blockId: BlockId, start: z.int().min(0), end: z.int().min(0) })
])
export type Place = z.infer<typeof Place>
