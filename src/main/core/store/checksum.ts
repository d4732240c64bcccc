import { createHash, hash } from 'node:crypto'

/** SHA-256 in hex over the parts, each preceded by its length, so that moving text between parts changes the sum. */
export function checksum(...parts: readonly (string | Uint8Array)[]): string {
  // In one go where it is all text, as with every save: setting up a hash to be fed costs several times what the text
  // of a save does.
  if (parts.every((part) => typeof part === 'string'))
    return hash('sha256', parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), 'hex')
  const sum = createHash('sha256')
  for (const part of parts) {
    sum.update(`${Buffer.byteLength(part)}:`)
    sum.update(part)
  }
  return sum.digest('hex')
}
