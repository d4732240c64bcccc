import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Marks a packed text; no stored body, which is JSON, begins like it. */
const MARK = 'deflate:'
/** Shorter texts gain nothing. */
const LEAST = 1000

/**
 * A text as versions of the history keep it: deflated, in base64, where that is shorter. About half the size of the
 * body of a story, in a column that older libraries have as plain text.
 */
export function pack(text: string): string {
  if (text.length < LEAST) return text
  const packed = MARK + deflateRawSync(text, { level: 6 }).toString('base64')
  return packed.length < text.length ? packed : text
}

/** The text again, packed or plain. Throws where it was packed and cannot be read. */
export function unpack(stored: string): string {
  return stored.startsWith(MARK)
    ? inflateRawSync(Buffer.from(stored.slice(MARK.length), 'base64')).toString('utf8')
    : stored
}
