import sharp from 'sharp'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { heicToJpeg } from './heic.ts'
import { readPhotoMetadata } from './photo-metadata.ts'
import { isAnimatedAvif, sniffPicture, type PictureType } from './sniff.ts'
import { sha256 } from './stored-file.ts'

/** More pixels than this are a decompression bomb rather than a photograph. */
export const MAX_PIXELS = 120_000_000
/** All frames of an animation together. */
const MAX_ANIMATED_PIXELS = 1_000_000_000

/** What is known of a picture once every pixel of it has been decoded. */
export interface InspectedPicture {
  /** SHA-256 of the bytes, hex. */
  readonly id: string
  readonly type: PictureType
  /** Pixels, as displayed. */
  readonly width: number
  readonly height: number
  readonly metadata: MediaAsset['metadata']
  /** It can be shown, but not all of it decoded as it should. */
  readonly isDamaged: boolean
  /** It moves, and what leaves of it does not. */
  readonly leavesAsStill: boolean
  /** For a kind that browsers do not show: the same picture as a JPEG. */
  readonly display: Buffer | null
}

/**
 * Looks a new picture over: what it is by its bytes, whether it is whole, how large, what it says of itself. Throws
 * `invalid_input` for an empty or cut-off file, `too_large` for too many pixels, `unsupported` for what nobody can
 * show. Blocks; belongs in a worker.
 */
export async function inspectPicture(name: string, bytes: Uint8Array): Promise<InspectedPicture> {
  if (bytes.byteLength === 0) throw new GalleyError('invalid_input', say('media.empty', { name }))
  const sniffed = sniffPicture(bytes)
  if (sniffed === null) throw new GalleyError('unsupported', say('media.notAPicture', { name }))
  if ('other' in sniffed) throw new GalleyError('unsupported', say('media.otherKind', { name, kind: sniffed.other }))

  const { type } = sniffed
  const id = sha256(bytes)
  const metadata = readPhotoMetadata(bytes)
  if (type === 'image/heic')
    return { id, type, metadata, isDamaged: false, leavesAsStill: false, ...(await inspectHeic(name, bytes)) }

  const found = await sharp(bytes, { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch((error: unknown) => {
      throw broken(name, type, bytes, error)
    })
  const { width, height } = found.autoOrient
  checkSize(name, width, height, found.pages)
  const isDamaged = await decodeAll(name, type, bytes, (found.pages ?? 1) > 1 && type !== 'image/avif')
  return { id, type, width, height, metadata, isDamaged, leavesAsStill: isAnimatedAvif(bytes), display: null }
}

async function inspectHeic(
  name: string,
  bytes: Uint8Array
): Promise<Pick<InspectedPicture, 'width' | 'height' | 'display'>> {
  const size = { width: 0, height: 0 }
  const display = await heicToJpeg(bytes, (width, height) => {
    Object.assign(size, { width, height })
    checkSize(name, width, height)
  }).catch((error: unknown) => {
    if (error instanceof GalleyError) throw error
    throw broken(name, 'image/heic', bytes, error)
  })
  return { ...size, display }
}

function checkSize(name: string, width: number, height: number, pages = 1): void {
  const one = width * height
  if (one <= MAX_PIXELS && one * pages <= MAX_ANIMATED_PIXELS) return
  const megapixels = Math.round((one > MAX_PIXELS ? one : one * pages) / 1_000_000)
  const most = (one > MAX_PIXELS ? MAX_PIXELS : MAX_ANIMATED_PIXELS) / 1_000_000
  throw new GalleyError('too_large', say('media.tooManyPixels', { name, megapixels, most }), {
    detail: { width, height }
  })
}

/**
 * Reads every pixel into a picture of a few, so that a large one needs little memory. Returns whether something was
 * wrong that can be lived with.
 */
async function decodeAll(name: string, type: PictureType, bytes: Uint8Array, animated: boolean): Promise<boolean> {
  const strict = await decodes(bytes, 'warning', animated)
  if (strict === null) return false
  if (type !== 'image/jpeg') throw broken(name, type, bytes, strict)
  // A JPEG that only lacks its last two bytes counts as intact: adding them makes it valid.
  const ended = await decodes(Buffer.concat([bytes, Buffer.from([0xff, 0xd9])]), 'warning', false)
  if (ended === null) return false
  if ((await decodes(bytes, 'truncated', false)) !== null) throw broken(name, type, bytes, strict)
  return true
}

/** Null when all went well. */
async function decodes(bytes: Uint8Array, failOn: 'truncated' | 'warning', animated: boolean): Promise<unknown> {
  try {
    await sharp(bytes, { limitInputPixels: false, failOn, animated, sequentialRead: true })
      .resize({ width: 32, height: 32, fit: 'inside', fastShrinkOnLoad: false })
      .raw()
      .toBuffer()
    return null
  } catch (error) {
    return error
  }
}

function broken(name: string, type: PictureType, bytes: Uint8Array, cause: unknown): GalleyError {
  const isCut = isCutOff(type, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return new GalleyError('invalid_input', say(isCut ? 'media.cutOff' : 'media.broken', { name }), { cause })
}

/** Whether the file ends before it says it does. */
function isCutOff(type: PictureType, bytes: Buffer): boolean {
  switch (type) {
    case 'image/jpeg':
      return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < bytes.length - 64
    case 'image/png':
      return !bytes.subarray(-64).includes('IEND')
    case 'image/gif':
      return bytes.at(-1) !== 0x3b
    case 'image/webp':
      return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length
    case 'image/avif':
    case 'image/heic':
      return boxesEnd(bytes) !== bytes.length
  }
}

/** Where the last top-level box would end; one of size 0 goes to the end of the file. */
function boxesEnd(bytes: Buffer): number {
  let at = 0
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at)
    if (size === 0) return bytes.length
    const length = size === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : size
    if (length < 8) return at
    at += length
  }
  return at
}
