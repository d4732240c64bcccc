/**
 * The same frames, colours and pace, without comments, text and what programs left behind (GIF89a). Only the number of
 * loops is kept of the application extensions. Null when the file is not whole or not as the standard has it. A GIF has
 * no place for the desk's words that readers know.
 */
export function rewriteGif(bytes: Uint8Array): Buffer | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (source.length < 14 || !/^GIF8[79]a$/.test(source.toString('latin1', 0, 6))) return null
  const start = 13 + colours(source[10] ?? 0)
  const pieces: Buffer[] = [source.subarray(0, start)]
  let frames = 0
  let at = start
  while (at < source.length) {
    const kind = source[at]
    if (kind === 0x3b) return frames > 0 ? Buffer.concat([...pieces, Buffer.from([0x3b])]) : null
    if (kind === 0x2c) {
      const data = at + 10 + colours(source[at + 9] ?? 0) + 1
      const end = endOfBlocks(source, data)
      if (end === null) return null
      pieces.push(source.subarray(at, end))
      frames += 1
      at = end
    } else if (kind === 0x21) {
      const end = endOfBlocks(source, at + 2)
      if (end === null) return null
      if (isKept(source.subarray(at, end))) pieces.push(source.subarray(at, end))
      at = end
    } else return null
  }
  return null
}

/** Bytes of a colour table, from the flags that announce it. */
function colours(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** Behind the empty block that ends a row of them; null where the file ends before. */
function endOfBlocks(source: Buffer, from: number): number | null {
  let at = from
  while (at < source.length) {
    const length = source[at] ?? 0
    at += length + 1
    if (length === 0) return at
  }
  return null
}

function isKept(extension: Buffer): boolean {
  if (extension[1] === 0xf9) return extension.length === 8 && extension[2] === 4
  if (extension[1] !== 0xff || extension[2] !== 11) return false
  const isLoop = ['NETSCAPE2.0', 'ANIMEXTS1.0'].includes(extension.toString('latin1', 3, 14))
  return isLoop && extension.length === 19 && extension[14] === 3
}
