import { createHash } from 'node:crypto'

/**
 * One text for one JSON value: keys in order of their UTF-16 units, no white space, numbers and strings as ECMAScript
 * writes them (RFC 8785). A CMS may store and answer the value in any layout; the sum over this form stays the same.
 * Throws on what is not JSON.
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
