/** What the desk says of one use of a picture, written into the file that leaves. Empty text is not written. */
export interface PictureWords {
  readonly caption: string
  readonly credit: string
  readonly copyright: string
  /** What a reader who cannot see the picture is told. */
  readonly alt: string
}

export function hasWords(words: PictureWords): boolean {
  return words.caption !== '' || words.credit !== '' || words.copyright !== '' || words.alt !== ''
}

/** The text as every container can hold it: no NUL, no lone surrogates, no characters that XML 1.0 forbids. */
export function cleanWords({ caption, credit, copyright, alt }: PictureWords): PictureWords {
  return { caption: clean(caption), credit: clean(credit), copyright: clean(copyright), alt: clean(alt) }
}

/** The longest beginning of a text whose UTF-8 has at most `limit` bytes; never half a character. */
export function fitUtf8(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  let end = limit
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString()
}

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .trim()
}
