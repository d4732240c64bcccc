import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { cleanProfile } from './icc-profile.ts'

/**
 * Chunks that say how pixels and frames are to be drawn (PNG, third edition, 11 and 12), with the most bytes each can
 * need. Text, time, EXIF, suggested palettes and what programs made up for themselves stay behind.
 */
const KEPT: Readonly<Record<string, number>> = {
  IHDR: 13,
  PLTE: 768,
  IDAT: Infinity,
  IEND: 0,
  tRNS: 256,
  cHRM: 32,
  gAMA: 4,
  sBIT: 4,
  sRGB: 1,
  cICP: 4,
  mDCV: 24,
  cLLI: 8,
  bKGD: 6,
  pHYs: 9,
  acTL: 8,
  fcTL: 26,
  fdAT: Infinity
}
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const XMP_HEAD = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1')
/** A profile that unfolds to more bytes than this is a bomb. */
const MOST_PROFILE = 4 * 1024 * 1024

/**
 * The same pixels and frames with nothing else but colour profile and `xmp`. Null when the file is not whole or not as
 * the standard has it.
 */
export function rewritePng(bytes: Uint8Array, xmp: Buffer | null): Buffer | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!source.subarray(0, 8).equals(SIGNATURE)) return null
  const pieces: Buffer[] = [SIGNATURE]
  let at = 8
  let isWritten = false
  while (at + 12 <= source.length) {
    const length = source.readUInt32BE(at)
    const name = source.toString('latin1', at + 4, at + 8)
    const end = at + 12 + length
    if (end > source.length) return null
    if (name === 'IDAT' && !isWritten) {
      if (xmp) pieces.push(chunk('iTXt', Buffer.concat([XMP_HEAD, xmp])))
      isWritten = true
    }
    if (name === 'iCCP' && !isWritten) {
      const profile = readProfile(source.subarray(at + 8, end - 4))
      if (profile)
        pieces.push(chunk('iCCP', Buffer.concat([Buffer.from('ICC profile\0\0', 'latin1'), deflateSync(profile)])))
    } else if (length <= (KEPT[name] ?? -1)) pieces.push(source.subarray(at, end))
    if (name === 'IEND') return isWritten && length === 0 ? Buffer.concat(pieces) : null
    at = end
  }
  return null
}

/** The profile's name is not kept: on a screenshot it is the monitor's. */
function readProfile(payload: Buffer): Buffer | null {
  const nameEnd = payload.indexOf(0)
  if (nameEnd < 0 || payload[nameEnd + 1] !== 0) return null
  try {
    return cleanProfile(inflateSync(payload.subarray(nameEnd + 2), { maxOutputLength: MOST_PROFILE }))
  } catch {
    return null
  }
}

function chunk(name: string, payload: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), payload])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(payload.length)
  const foot = Buffer.alloc(4)
  foot.writeUInt32BE(crc32(named))
  return Buffer.concat([head, named, foot])
}
