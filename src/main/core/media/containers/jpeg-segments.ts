import { cleanProfile } from './icc-profile.ts'

/** What a JPEG that leaves the desk carries beside its pixels. */
export interface JpegAdditions {
  readonly xmp: Buffer | null
  /** The payload of an APP13 segment. */
  readonly iim: Buffer | null
  /** Takes the place of the file's own colour profile, where the pixels come from elsewhere. */
  readonly profile?: Buffer | null
}

const XMP_NAME = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1')
const ICC_NAME = Buffer.from('ICC_PROFILE\0', 'latin1')
/** The most a segment can hold beside its length field. */
const SEGMENT = 65_533

/**
 * The same pixels, byte for byte, and around them nothing but what decoding needs, the colour profile, and what is
 * added: no EXIF, XMP, IIM, comments, maker's notes, thumbnails or second pictures (MPF), and nothing after the end.
 * Null if the bytes cannot be split safely; the picture must then be decoded and re-encoded. Markers as in ITU-T T.81,
 * table B.1.
 */
export function rewriteJpeg(bytes: Uint8Array, additions: JpegAdditions): Buffer | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (source.length < 4 || source.readUInt16BE(0) !== 0xffd8) return null
  const body: Buffer[] = []
  const profileParts: Buffer[] = []
  let jfif: Buffer | null = null
  let adobe: Buffer | null = null
  let scans = 0
  let frames = 0
  let at = 2
  while (at < source.length) {
    at = markerAfter(source, at)
    const marker = source[at + 1]
    if (marker === undefined || marker === EOI) break
    if (isAlone(marker)) {
      at += 2
      continue
    }
    if (at + 4 > source.length) break
    const end = at + 2 + source.readUInt16BE(at + 2)
    if (end < at + 4 || end > source.length) {
      if (scans > 0) break
      return null
    }
    const payload = source.subarray(at + 4, end)
    if (marker === APP0) jfif ??= cleanJfif(payload)
    else if (marker === APP2 && payload.subarray(0, ICC_NAME.length).equals(ICC_NAME))
      profileParts.push(payload.subarray(ICC_NAME.length))
    else if (marker === APP14) adobe ??= cleanAdobe(payload)
    else if (isNeeded(marker)) {
      if (!isFilled(marker, payload)) return null
      if (isFrame(marker)) frames += 1
      body.push(source.subarray(at, end))
      if (marker === SOS) {
        scans += 1
        const scanEnd = endOfScan(source, end)
        body.push(source.subarray(end, scanEnd))
        at = scanEnd
        continue
      }
    }
    at = end
  }
  // Hierarchical files have several frames; nothing displays them, and this code is not known to be right for them.
  if (scans === 0 || frames !== 1) return null
  const profile = additions.profile === undefined ? joinProfile(profileParts) : additions.profile
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(jfif ? [segment(APP0, jfif)] : []),
    ...(additions.xmp ? [segment(APP1, Buffer.concat([XMP_NAME, additions.xmp]))] : []),
    ...(profile ? profileSegments(profile) : []),
    ...(additions.iim ? [segment(APP13, additions.iim)] : []),
    ...(adobe ? [segment(APP14, adobe)] : []),
    ...body,
    Buffer.from([0xff, EOI])
  ])
}

const SOS = 0xda
const EOI = 0xd9
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP13 = 0xed
const APP14 = 0xee

/** The position of the next marker's 0xFF. Skips fill bytes and bytes outside any segment. */
function markerAfter(source: Buffer, from: number): number {
  let at = source.indexOf(0xff, from)
  while (at >= 0) {
    const next = source[at + 1]
    if (next === undefined) return source.length
    if (next !== 0xff && next !== 0x00) return at
    at = source.indexOf(0xff, at + 1)
  }
  return source.length
}

/**
 * Entropy-coded data goes up to the next marker that is not a restart; a zero after 0xFF means that the 0xFF is data.
 */
function endOfScan(source: Buffer, from: number): number {
  let at = source.indexOf(0xff, from)
  while (at >= 0) {
    const next = source[at + 1]
    if (next === undefined) return at
    if (next === 0x00 || (next >= 0xd0 && next <= 0xd7)) at = source.indexOf(0xff, at + 2)
    else if (next === 0xff) at += 1
    else return at
  }
  return source.length
}

/** TEM, a stray restart or a second start: markers without a length. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Frames, tables, restart interval, line count, scans. */
function isNeeded(marker: number): boolean {
  return isFrame(marker) || marker === 0xc4 || marker === 0xcc || (marker >= SOS && marker <= 0xdd)
}

/** True when the segment's own fields account for its whole length, so that nothing else hides in it. */
function isFilled(marker: number, payload: Buffer): boolean {
  if (isFrame(marker)) return payload.length === 6 + 3 * (payload[5] ?? 0)
  switch (marker) {
    case SOS:
      return payload.length === 4 + 2 * (payload[0] ?? 0)
    case 0xdb: {
      let at = 0
      while (at < payload.length) at += (payload[at] ?? 0) >> 4 === 0 ? 65 : 129
      return at === payload.length
    }
    case 0xc4: {
      let at = 0
      while (at < payload.length) at += 17 + payload.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0)
      return at === payload.length
    }
    case 0xcc:
      return payload.length % 2 === 0
    default:
      return payload.length === 2
  }
}

/** Version and density; the thumbnail is left out (JFIF 1.02). */
function cleanJfif(payload: Buffer): Buffer | null {
  if (payload.length < 14 || payload.toString('latin1', 0, 5) !== 'JFIF\0') return null
  const clean = Buffer.from(payload.subarray(0, 14))
  clean.fill(0, 12, 14)
  return clean
}

/** Says how the colours were transformed; without it CMYK and RGB files come out wrong. */
function cleanAdobe(payload: Buffer): Buffer | null {
  return payload.length >= 12 && payload.toString('latin1', 0, 5) === 'Adobe' ? payload.subarray(0, 12) : null
}

/**
 * Each part is named by its number and how many there are (ICC.1, annex B.4). A profile with a part missing is no
 * profile.
 */
function joinProfile(parts: readonly Buffer[]): Buffer | null {
  const numbered = new Map(parts.map((part) => [part[0] ?? 0, part]))
  const total = parts[0]?.[1] ?? 0
  if (total === 0 || numbered.size !== total) return null
  const ordered = Array.from({ length: total }, (_, index) => numbered.get(index + 1))
  return ordered.every((part) => part !== undefined)
    ? cleanProfile(Buffer.concat(ordered.map((part) => part.subarray(2))))
    : null
}

function profileSegments(profile: Buffer): Buffer[] {
  const room = SEGMENT - ICC_NAME.length - 2
  const total = Math.ceil(profile.length / room)
  if (total > 255) return []
  return Array.from({ length: total }, (_, index) =>
    segment(
      APP2,
      Buffer.concat([ICC_NAME, Buffer.from([index + 1, total]), profile.subarray(index * room, (index + 1) * room)])
    )
  )
}

function segment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}
