import { createHash } from 'node:crypto'

/**
 * The single text of a JSON value: keys ordered by UTF-16 units, no white space, numbers and strings as ECMAScript
 * writes them (RFC 8785). A CMS may store and return the value in any layout; the hash of this form stays the same.
 * Throws for anything that is not JSON.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) => {
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return held
    const sorted: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const key of Object.keys(held).sort()) sorted[key] = (held as Record<string, unknown>)[key]
    return sorted
  })
}

/** SHA-256 in hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
