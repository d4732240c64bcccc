import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Marks packed text; no stored body starts with it, because bodies are JSON. */
const MARK = 'deflate:'
/** Characters. Shorter texts gain nothing. */
const LEAST = 1000

/**
 * Packs a text for the history: deflated, in base64, if that is shorter. About half the size of a story's body, in a
 * column that is plain text in older libraries.
 */
export function pack(text: string): string {
  if (text.length < LEAST) return text
  const packed = MARK + deflateRawSync(text, { level: 6 }).toString('base64')
  return packed.length < text.length ? packed : text
}

/** The original text, whether stored packed or plain. Throws if it was packed and cannot be read. */
export function unpack(stored: string): string {
  return stored.startsWith(MARK)
    ? inflateRawSync(Buffer.from(stored.slice(MARK.length), 'base64')).toString('utf8')
    : stored
}
