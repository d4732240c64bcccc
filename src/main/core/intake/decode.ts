import { likelyCodePage, likeness } from './code-pages.ts'
import { kindOf, latin1, startsWith } from './file-kinds.ts'
import { dataKind } from './data-files.ts'
import { foreignKind } from './foreign-files.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/** Larger files are refused before they are read. */
export const MAX_INTAKE_BYTES = 20 * 1024 * 1024

export interface Decoded {
  readonly text: string
  /** WHATWG name: utf-8, windows-1256. */
  readonly encoding: string
  /** What the user should know about how the letters were decoded; null if there was no doubt. */
  readonly doubt: Message | null
}

/**
 * Decodes bytes to text. In order: byte order mark, UTF-8, the encoding that the page or its sender declares unless the
 * letters contradict it, and the likeliest of the encodings used before UTF-8. Throws `too_large`, `invalid_input` for
 * an empty file, and `unsupported`, with a message that names the kind of file, for anything that is not text.
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
  const foreign = decoded === null ? null : (foreignKind(decoded.text) ?? kindOfFile(decoded.text, name))
  if (foreign) throw notText(say('intake.foreignPage', { kind: foreign }))
  if (decoded === null || isNoise(decoded.text)) throw notText(say('intake.isUnreadable'))
  if (decoded.text.trim() === '') throw empty(name)
  return decoded
}

/** A pasted table or code snippet was chosen on purpose; a whole file of it was dropped by mistake. */
function kindOfFile(text: string, name: string): Message | null {
  return name === '' ? null : dataKind(text)
}

/** The encoding of bytes that were taken in earlier; UTF-8 if it cannot be determined. */
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
  if (sound.includes(0x1b) && SHIFT_TO_JAPANESE.test(latin1(sound.subarray(0, 65_536))))
    return { text: new TextDecoder('iso-2022-jp').decode(sound), encoding: 'iso-2022-jp', doubt: null }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(sound), encoding: 'utf-8', doubt: null }
  } catch {
    return notUtf8(sound, type)
  }
}

/**
 * Removes stray zero bytes, which programs pad and cut text with; null if there are so many that the file is not text. What
 * else a file that is none would hold is looked at in its text.
 */
function withoutStrayNuls(bytes: Uint8Array): Uint8Array | null {
  let nuls = 0
  for (const byte of bytes) if (byte === 0) nuls += 1
  if (nuls === 0) return bytes
  return nuls > Math.max(32, bytes.length / 20) ? null : bytes.filter((byte) => byte !== 0)
}

/** The escape sequence before the letters of ISO-2022-JP, which are ASCII bytes and would pass for UTF-8. */
const SHIFT_TO_JAPANESE = /\u001b\$[@B]/

function notUtf8(bytes: Uint8Array, type: string): Decoded {
  const named = decoderFor(encodingSaid(bytes, type))
  const likely = likelyCodePage(bytes)
  if (named) {
    const text = named.decode(bytes)
    // Many servers declare all their pages Western European, so the letters take precedence.
    const isOther = likely !== null && likeness(bytes, named.encoding) < likely.score / 2
    if (!isOther && !isMostlyBroken(text)) return { text, encoding: named.encoding, doubt: null }
  }
  const utf8 = mostlyUtf8(bytes)
  if (utf8 !== null)
    return {
      text: utf8,
      encoding: 'utf-8',
      doubt: say('intakeWarning.damagedLetters')
    }
  const encoding = likely?.encoding ?? 'windows-1252'
  return {
    text: new TextDecoder(encoding).decode(bytes),
    encoding,
    doubt: say('intakeWarning.codePage', { encoding })
  }
}

/** The encoding declared by the sender or the page itself; empty if neither declares one. */
function encodingSaid(bytes: Uint8Array, type: string): string {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 65_536))
  return (
    /charset\s*=\s*(?:["']\s*)?([A-Za-z0-9_-]{2,40})/i.exec(type)?.[1] ??
    /<meta[^>]{0,200}charset\s*=\s*(?:["']\s*)?([A-Za-z0-9_-]{2,40})/i.exec(head)?.[1] ??
    /<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_-]{2,40})/i.exec(head)?.[1] ??
    ''
  )
}

function isMostlyBroken(text: string): boolean {
  let broken = 0
  let other = 0
  for (const letter of text) {
    if (letter === '\ufffd') broken += 1
    else if (letter > '\u007f') other += 1
  }
  return broken > 2 && broken > other / 5
}

/** Null for UTF-8, because the bytes are not, and for UTF-16, because a declaration in single bytes disproves it. */
function decoderFor(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    const decoder = new TextDecoder(label)
    return decoder.encoding.startsWith('utf-') ? null : decoder
  } catch {
    return null
  }
}

/** A page cut off inside a letter, or with a stray byte: far more sound letters than broken ones. */
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

/**
 * UTF-16 without a byte order mark: every second byte is zero for Latin text, or one of a few values for other
 * alphabets.
 */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = Math.min(bytes.length & ~1, 4096)
  if (sample < 4) return null
  const highs = { even: 0, odd: 0 }
  const zero = { even: 0, odd: 0 }
  let zeros = 0
  for (let at = 0; at < sample; at += 2) {
    if (isHighByte(bytes[at])) highs.even += 1
    if (isHighByte(bytes[at + 1])) highs.odd += 1
    if (bytes[at] === 0) zero.even += 1
    if (bytes[at + 1] === 0) zero.odd += 1
    if (bytes[at] === 0 || bytes[at + 1] === 0) zeros += 1
  }
  const pairs = sample / 2
  // In every alphabet, spaces and line ends have a zero byte: text without any is not UTF-16.
  if (zeros < pairs * 0.05) return null
  if (highs.odd > pairs * 0.9 && highs.even < pairs * 0.5) return 'utf-16le'
  if (highs.even > pairs * 0.9 && highs.odd < pairs * 0.5) return 'utf-16be'
  // Chinese and Japanese use all byte values, but their tags, spaces and digits have zeros on one side.
  if (pairs >= 32 && zero.odd > zero.even * 8) return 'utf-16le'
  return pairs >= 32 && zero.even > zero.odd * 8 ? 'utf-16be' : null
}

/** Zero, Greek and Cyrillic, Hebrew and Arabic, general punctuation. */
function isHighByte(byte: number | undefined): boolean {
  return byte === 0 || byte === 3 || byte === 4 || byte === 5 || byte === 6 || byte === 0x20
}

function notText(kind: Message): GalleyError {
  return new GalleyError('unsupported', kind)
}

function empty(name: string): GalleyError {
  return new GalleyError('invalid_input', say(name === '' ? 'intake.emptyPaste' : 'intake.emptyFile'))
}

/** True if more than one character in fifty at the start is a control character that no text contains. */
function isNoise(text: string): boolean {
  const sample = text.slice(0, 8192)
  return (sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/g)?.length ?? 0) > sample.length / 50
}

export function megabytes(size: number): string {
  return (size / (1024 * 1024)).toFixed(size < 100 * 1024 * 1024 ? 1 : 0).replace(/\.0$/, '')
}
