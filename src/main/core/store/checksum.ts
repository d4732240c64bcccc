import { createHash, hash } from 'node:crypto'

/**
 * SHA-256 in hex over the parts, each preceded by its length, so that moving text from one part to another changes it.
 */
export function checksum(...parts: readonly (string | Uint8Array)[]): string {
  // All text, as in every save, is hashed in one call: feeding a hash in parts costs several times as much for texts as
  // short as a save.
  if (parts.every((part) => typeof part === 'string'))
    return hash('sha256', parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), 'hex')
  const sum = createHash('sha256')
  for (const part of parts) {
    sum.update(`${Buffer.byteLength(part)}:`)
    sum.update(part)
  }
  return sum.digest('hex')
}
