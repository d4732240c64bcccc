import { say, type Message } from '../../../shared/words/message.ts'

/**
 * Names the kind of a file that is not text by its first bytes, whatever the file is called. Null for a file that may
 * be text.
 */
export function kindOf(bytes: Uint8Array): Message | null {
  const ascii = latin1(bytes.subarray(0, 4096))
  return (
    pictureKind(bytes, ascii) ?? documentKind(bytes, ascii) ?? recordingKind(bytes, ascii) ?? machineKind(bytes, ascii)
  )
}

function pictureKind(bytes: Uint8Array, ascii: string): Message | null {
  const picture = (format: string): Message => say('intake.isPicture', { format })
  if (ascii.startsWith('\x89PNG')) return picture('PNG')
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return picture('JPEG')
  if (/^GIF8[79]a/.test(ascii)) return picture('GIF')
  if (ascii.startsWith('RIFF') && ascii.startsWith('WEBP', 8)) return picture('WebP')
  if (ascii.startsWith('ftyp', 4) && /^(?:avif|heic|heix|mif1)/.test(ascii.slice(8))) return picture('HEIC or AVIF')
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a])) return picture('TIFF')
  if (ascii.startsWith('8BPS\0')) return picture('Photoshop')
  // "BM" alone proves little, but the four bytes after the size are always zero.
  if (/^BM[^]{4}\0\0\0\0/.test(ascii)) return picture('BMP')
  if (startsWith(bytes, [0, 0, 1, 0]) && bytes.length > 4 && bytes[5] === 0) return picture('ICO')
  return null
}

function documentKind(bytes: Uint8Array, ascii: string): Message | null {
  if (ascii.startsWith('%PDF-')) return say('intake.isPdf')
  if (/^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(ascii)) return zipKind(bytes)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return say('intake.isOldOffice')
  if (/^(?:\xef\xbb\xbf)?\s{0,200}\{\\rtf\d?/.test(ascii)) return say('intake.isRtf')
  if (ascii.startsWith('%!PS')) return say('intake.isPostScript')
  if (ascii.startsWith('bplist')) return say('intake.isWebArchive')
  return isPacked(bytes, ascii) ? say('intake.isArchive') : null
}

/** Gzip, 7-Zip, Rar, bzip2, xz, Zstandard, tar. */
function isPacked(bytes: Uint8Array, ascii: string): boolean {
  return (
    startsWith(bytes, [0x1f, 0x8b]) ||
    /^(?:7z\xbc\xaf|Rar!|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd)/.test(ascii) ||
    ascii.startsWith('ustar', 257)
  )
}

function recordingKind(bytes: Uint8Array, ascii: string): Message | null {
  if (ascii.startsWith('ftyp', 4) || startsWith(bytes, [0x1a, 0x45, 0xdf, 0xa3])) return say('intake.isFilm')
  if (startsWith(bytes, [0, 0, 1, 0xba]) || startsWith(bytes, [0, 0, 1, 0xb3])) return say('intake.isFilm')
  if (ascii.startsWith('RIFF')) return say('intake.isSoundOrFilm')
  const isFrame = bytes[0] === 0xff && [0xfb, 0xfa, 0xf3, 0xf2, 0xf1, 0xf9].includes(bytes[1] ?? 0)
  const isSound = /^(?:ID3[\x02-\x04]|OggS|fLaC|FORM[^]{4}AIF[FC])/.test(ascii)
  // A text in an old code page can begin with these two bytes too, but no text consists to a twentieth of control
  // characters.
  return isSound || (isFrame && controls(ascii) > ascii.length / 20) ? say('intake.isSound') : null
}

function machineKind(bytes: Uint8Array, ascii: string): Message | null {
  if (ascii.startsWith('MZ') && bytes.subarray(0, 512).includes(0)) return say('intake.isProgram')
  if (ascii.startsWith('\x7fELF') || startsWith(bytes, [0xca, 0xfe, 0xba, 0xbe])) return say('intake.isProgram')
  if (startsWith(bytes, [0xcf, 0xfa, 0xed, 0xfe]) || ascii.startsWith('\0asm')) return say('intake.isProgram')
  return ascii.startsWith('SQLite format 3') ? say('intake.isDatabase') : null
}

/** The kind of an archive, by the names of its entries, which may be anywhere in it. */
function zipKind(bytes: Uint8Array): Message {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (all.includes('word/document')) return say('intake.isWord')
  if (all.includes('xl/workbook')) return say('intake.isExcel')
  if (all.includes('ppt/presentation')) return say('intake.isPowerPoint')
  if (all.includes('vnd.oasis.opendocument')) return say('intake.isOpenDocument')
  if (all.includes('application/epub')) return say('intake.isEbook')
  if (all.includes('Index/Document.iwa')) return say('intake.isPages')
  return say('intake.isZip')
}

function controls(ascii: string): number {
  return ascii.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0
}

/** Each byte as the character with that code. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

export function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte)
}
