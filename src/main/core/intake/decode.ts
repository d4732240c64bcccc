import { foreignKind } from './foreign-files.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/** A file above this is refused before anything reads it. */
export const MAX_INTAKE_BYTES = 20 * 1024 * 1024

export interface Decoded {
  readonly text: string
  /** WHATWG name: utf-8, windows-1256. */
  readonly encoding: string
  /** What the person should know about how the letters were read; null when there was no doubt. */
  readonly doubt: Message | null
}

/**
 * Bytes to text: byte order mark, then UTF-8, then what the page or its sender says, then the likelier of the old
 * Windows code pages. Throws `too_large`, `invalid_input` for nothing at all, `unsupported` for files that are no text,
 * in words that name them.
 */
export function decode(bytes: Uint8Array, name: string, type = ''): Decoded {
  if (bytes.length > MAX_INTAKE_BYTES) {
    throw new GalleyError('too_large', say('intake.tooLarge', { size: megabytes(bytes.length) }), {
      detail: { size: bytes.length, limit: MAX_INTAKE_BYTES }
    })
  }
  if (bytes.length === 0) throw empty(name)
  const kind = kindOf(bytes)
  if (kind) throw notText(kind)
  const decoded = decodeText(bytes, type)
  const foreign = decoded === null ? null : foreignKind(decoded.text)
  if (foreign) throw notText(say('intake.foreignPage', { kind: foreign }))
  if (decoded === null || isNoise(decoded.text)) throw notText(say('intake.isUnreadable'))
  if (decoded.text.trim() === '') throw empty(name)
  return decoded
}

/** How the letters of bytes that were taken in once are read; UTF-8 where nothing tells. */
export function encodingOf(bytes: Uint8Array, type = ''): string {
  return decodeText(bytes, type)?.encoding ?? 'utf-8'
}

function decodeText(bytes: Uint8Array, type: string): Decoded | null {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf]))
    return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8', doubt: null }
  if (startsWith(bytes, [0xff, 0xfe]))
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le', doubt: null }
  if (startsWith(bytes, [0xfe, 0xff]))
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be', doubt: null }
  const wide = utf16Without(bytes)
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, doubt: null }
  const sound = withoutStrayNuls(bytes)
  if (sound === null) return null
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(sound), encoding: 'utf-8', doubt: null }
  } catch {
    return notUtf8(sound, type)
  }
}

/** A few zero bytes got in on the way and mean nothing; many are a file that is no text: null. */
function withoutStrayNuls(bytes: Uint8Array): Uint8Array | null {
  let nuls = 0
  for (const byte of bytes) if (byte === 0) nuls += 1
  if (nuls === 0) return bytes
  return nuls > Math.max(2, bytes.length / 100) ? null : bytes.filter((byte) => byte !== 0)
}

function notUtf8(bytes: Uint8Array, type: string): Decoded {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096))
  const said =
    /charset\s*=\s*(?:["']\s*)?([A-Za-z0-9_-]{2,40})/i.exec(type)?.[1] ??
    /<meta[^>]{0,200}charset\s*=\s*(?:["']\s*)?([A-Za-z0-9_-]{2,40})/i.exec(head)?.[1] ??
    /<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_-]{2,40})/i.exec(head)?.[1]
  const named = said === undefined ? null : decoderFor(said)
  if (named && named.encoding !== 'utf-8') return { text: named.decode(bytes), encoding: named.encoding, doubt: null }
  const utf8 = mostlyUtf8(bytes)
  if (utf8 !== null)
    return {
      text: utf8,
      encoding: 'utf-8',
      doubt: say('intakeWarning.damagedLetters')
    }
  const encoding = oldCodePage(bytes)
  return {
    text: new TextDecoder(encoding).decode(bytes),
    encoding,
    doubt: say('intakeWarning.codePage', { encoding })
  }
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label)
  } catch {
    return null
  }
}

/** A page cut off in the middle of a letter, or with a stray byte: far more sound letters than broken ones. */
function mostlyUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes)
  let broken = 0
  let sound = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken += 1
    else if (code > 0x7f) sound += 1
  }
  return sound > broken * 5 ? text : null
}

/** UTF-16 without its mark: every second byte is zero for Latin text, or one of few for other alphabets. */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = Math.min(bytes.length & ~1, 4096)
  if (sample < 4) return null
  const highs = { even: 0, odd: 0 }
  let zeros = 0
  for (let at = 0; at < sample; at += 2) {
    if (isHighByte(bytes[at])) highs.even += 1
    if (isHighByte(bytes[at + 1])) highs.odd += 1
    if (bytes[at] === 0 || bytes[at + 1] === 0) zeros += 1
  }
  const pairs = sample / 2
  // Spaces and line ends are zero-high in every alphabet: without any zero at all this is not UTF-16.
  if (zeros < pairs * 0.05) return null
  if (highs.odd > pairs * 0.9 && highs.even < pairs * 0.5) return 'utf-16le'
  if (highs.even > pairs * 0.9 && highs.odd < pairs * 0.5) return 'utf-16be'
  return null
}

/** Zero, Greek and Cyrillic, Hebrew and Arabic, general punctuation. */
function isHighByte(byte: number | undefined): boolean {
  return byte === 0 || byte === 3 || byte === 4 || byte === 5 || byte === 6 || byte === 0x20
}

/**
 * Western letters are alone among plain ones; Arabic and Cyrillic come in whole words, and each fits its own code
 * page.
 */
function oldCodePage(bytes: Uint8Array): 'windows-1252' | 'windows-1256' | 'windows-1251' {
  const sample = bytes.subarray(0, 65_536)
  let high = 0
  let paired = 0
  for (let at = 0; at < sample.length; at++) {
    if ((sample[at] ?? 0) < 0xc0) continue
    high += 1
    if ((sample[at + 1] ?? 0) >= 0xc0 || (sample[at - 1] ?? 0) >= 0xc0) paired += 1
  }
  if (high < 4 || paired < high * 0.6) return 'windows-1252'
  const letters = (encoding: string, script: RegExp) =>
    new TextDecoder(encoding).decode(sample).match(script)?.length ?? 0
  if (letters('windows-1256', /\p{Script=Arabic}/gu) >= high * 0.85) return 'windows-1256'
  return letters('windows-1251', /\p{Script=Cyrillic}/gu) >= high * 0.85 ? 'windows-1251' : 'windows-1252'
}

const picture = (format: string): Message => say('intake.isPicture', { format })

/** What a file's first bytes say it is; null for what may be text. */
function kindOf(bytes: Uint8Array): Message | null {
  const ascii = latin1(bytes.subarray(0, 4096))
  if (ascii.startsWith('\x89PNG')) return picture('PNG')
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return picture('JPEG')
  if (/^GIF8[79]a/.test(ascii)) return picture('GIF')
  if (ascii.startsWith('RIFF')) return ascii.startsWith('WEBP', 8) ? picture('WebP') : say('intake.isSoundOrFilm')
  if (ascii.startsWith('ftyp', 4))
    return /^(?:avif|heic|heix|mif1)/.test(ascii.slice(8)) ? picture('HEIC or AVIF') : say('intake.isFilm')
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a])) return picture('TIFF')
  if (ascii.startsWith('%PDF-')) return say('intake.isPdf')
  if (ascii.startsWith('PK\x03\x04')) return zipKind(ascii, bytes)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return say('intake.isOldOffice')
  if (ascii.startsWith('{\\rtf')) return say('intake.isRtf')
  if (startsWith(bytes, [0x1f, 0x8b]) || ascii.startsWith('7z\xbc\xaf') || ascii.startsWith('Rar!'))
    return say('intake.isArchive')
  if (ascii.startsWith('ID3') || ascii.startsWith('OggS')) return say('intake.isSound')
  if (ascii.startsWith('MZ') && bytes.subarray(0, 512).includes(0)) return say('intake.isProgram')
  if (ascii.startsWith('\x7fELF')) return say('intake.isProgram')
  if (ascii.startsWith('SQLite format 3')) return say('intake.isDatabase')
  if (ascii.startsWith('bplist')) return say('intake.isWebArchive')
  return null
}

function zipKind(ascii: string, bytes: Uint8Array): Message {
  const names = ascii + latin1(bytes.subarray(-4096))
  if (names.includes('word/')) return say('intake.isWord')
  if (names.includes('xl/')) return say('intake.isExcel')
  if (names.includes('ppt/')) return say('intake.isPowerPoint')
  if (names.includes('opendocument.text')) return say('intake.isOpenDocument')
  if (names.includes('epub')) return say('intake.isEbook')
  return say('intake.isZip')
}

function notText(kind: Message): GalleyError {
  return new GalleyError('unsupported', kind)
}

function empty(name: string): GalleyError {
  return new GalleyError('invalid_input', say(name === '' ? 'intake.emptyPaste' : 'intake.emptyFile'))
}

/** Control characters that no text has: more than one in fifty at the start. */
function isNoise(text: string): boolean {
  const sample = text.slice(0, 8192)
  return (sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/g)?.length ?? 0) > sample.length / 50
}

/** Each byte as the character of its number. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte)
}

export function megabytes(size: number): string {
  return (size / (1024 * 1024)).toFixed(size < 100 * 1024 * 1024 ? 1 : 0).replace(/\.0$/, '')
}
