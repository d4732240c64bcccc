import { z } from 'zod'

export const BlockId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'is not a block id')
export type BlockId = z.infer<typeof BlockId>

/** A short random id, unique within a story; 71 bits, so two laptops editing one story offline do not collide. */
export function newBlockId(): BlockId {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
  if (bytesUsed === randomBytes.length) {
    crypto.getRandomValues(randomBytes)
    bytesUsed = 0
  }
  let id = ''
  for (const end = bytesUsed + ID_LENGTH; bytesUsed < end; bytesUsed += 1) {
    id += alphabet.charAt((randomBytes[bytesUsed] ?? 0) % 36)
  }
  return id
}

const ID_LENGTH = 14
/** Enough random bytes for a hundred ids at a time, because each request costs more than making an id. */
const randomBytes = new Uint8Array(ID_LENGTH * 100)
let bytesUsed = randomBytes.length
