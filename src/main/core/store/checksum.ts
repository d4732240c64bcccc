import { createHash } from 'node:crypto'

/** SHA-256 in hex over the parts, each preceded by its length, so that moving text between parts changes the sum. */
export function checksum(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`)
    hash.update(part)
  }
  return hash.digest('hex')
}
