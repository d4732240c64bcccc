import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Marks packed text; no stored body starts with it, because bodies are JSON. */
const MARK = 'deflate:'
/** Characters. Shorter texts gain nothing. */
const LEAST = 1000
/** Characters. Longer texts are packed faster: a fifth larger, in a quarter of the time, which a save may wait for. */
const LONG = 100_000

/**
 * Packs a text for the history: deflated, in base64, if that is shorter. About half the size of a story's body, in a
 * column that is plain text in older libraries.
 */
export function pack(text: string): string {
  if (text.length < LEAST) return text
  const packed = MARK + deflateRawSync(text, { level: text.length > LONG ? 1 : 6 }).toString('base64')
  return packed.length < text.length ? packed : text
}

/** The original text, whether stored packed or plain. Throws if it was packed and cannot be read. */
export function unpack(stored: string): string {
  return stored.startsWith(MARK)
    ? inflateRawSync(Buffer.from(stored.slice(MARK.length), 'base64')).toString('utf8')
    : stored
}
