import { createRequire } from 'node:module'
import sharp from 'sharp'
import { cleanProfile } from './containers/icc-profile.ts'
import { rewriteJpeg } from './containers/jpeg-segments.ts'

/** The part of libheif's interface that is used; its own declarations type none of it. */
interface LibHeif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] }
}
interface HeifImage {
  get_width(): number
  get_height(): number
  is_primary(): boolean
  display(target: PixelTarget, done: (filled: PixelTarget | null) => void): void
  free(): void
}
interface PixelTarget {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

interface DecodedHeic {
  /** Red, green, blue, alpha, 8 bits each, turned and mirrored as the file says. */
  readonly pixels: Uint8ClampedArray
  readonly width: number
  readonly height: number
  /** The ICC profile the file carries, untouched. */
  readonly profile: Buffer | null
}

let library: LibHeif | null = null

/** Quality of the JPEG shown and sent in place of a HEIC, which few programs and only one browser can show. */
const JPEG_QUALITY = 92

/**
 * A HEIC's primary picture as a JPEG: upright, with its colour profile and nothing else. `check` as for `decodeHeic`.
 */
export async function heicToJpeg(bytes: Uint8Array, check?: (width: number, height: number) => void): Promise<Buffer> {
  const { pixels, width, height, profile } = await decodeHeic(bytes, check)
  const encoded = await sharp(pixels, { raw: { width, height, channels: 4 }, limitInputPixels: false })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer()
  const finished = rewriteJpeg(encoded, { xmp: null, iim: null, profile: profile && cleanProfile(profile) })
  if (!finished) throw new Error('the encoder wrote a JPEG that cannot be read')
  return finished
}

/**
 * The primary picture of a HEIC file. Blocks for seconds and belongs in a worker. `check` is told the size before
 * anything is decoded and may throw. Throws an Error for what libheif cannot read.
 */
async function decodeHeic(bytes: Uint8Array, check?: (width: number, height: number) => void): Promise<DecodedHeic> {
  library ??= createRequire(import.meta.url)('libheif-js/wasm-bundle') as LibHeif
  const images = new library.HeifDecoder().decode(bytes)
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0]
    if (!image) throw new Error('no picture in the file')
    const width = image.get_width()
    const height = image.get_height()
    check?.(width, height)
    const target: PixelTarget = { data: new Uint8ClampedArray(width * height * 4), width, height }
    const filled = await new Promise<PixelTarget | null>((resolve) => {
      image.display(target, resolve)
    })
    if (!filled) throw new Error('the picture could not be decoded')
    return { pixels: filled.data, width, height, profile: profileOf(bytes) }
  } finally {
    for (const image of images) image.free()
  }
}

/** The first `colr` box that holds an ICC profile, among the item properties (ISO/IEC 23008-12, 6.5.5). */
function profileOf(bytes: Uint8Array): Buffer | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const meta = findBox(source, 'meta')
  const properties = meta && findBox(meta.subarray(4), 'iprp')
  const container = properties && findBox(properties, 'ipco')
  if (!container) return null
  for (const { name, payload } of boxes(container)) {
    if (name === 'colr' && ['prof', 'rICC'].includes(payload.toString('latin1', 0, 4))) return payload.subarray(4)
  }
  return null
}

function findBox(source: Buffer, wanted: string): Buffer | null {
  for (const { name, payload } of boxes(source)) if (name === wanted) return payload
  return null
}

/** Boxes one behind the other; a size of 0 goes to the end. */
function* boxes(source: Buffer): Generator<{ readonly name: string; readonly payload: Buffer }> {
  let at = 0
  while (at + 8 <= source.length) {
    const size = source.readUInt32BE(at)
    const isLong = size === 1 && at + 16 <= source.length
    const length = size === 0 ? source.length - at : isLong ? Number(source.readBigUInt64BE(at + 8)) : size
    const head = isLong ? 16 : 8
    if (length < head || at + length > source.length) return
    yield { name: source.toString('latin1', at + 4, at + 8), payload: source.subarray(at + head, at + length) }
    at += length
  }
}
