import sharp, { type Metadata, type Sharp } from 'sharp'
import { rewriteGif } from './containers/gif-blocks.ts'
import { cleanProfile } from './containers/icc-profile.ts'
import { iimSegment } from './containers/iim-record.ts'
import { rewriteJpeg } from './containers/jpeg-segments.ts'
import { rewritePng } from './containers/png-chunks.ts'
import { rewriteWebp } from './containers/webp-chunks.ts'
import { xmpPacket } from './containers/xmp-packet.ts'
import { heicToJpeg } from './heic.ts'
import { cleanWords, type PictureWords } from './picture-words.ts'
import { sniffPicture } from './sniff.ts'

/** A picture as it may leave the desk. */
export interface MadeRendition {
  readonly bytes: Buffer
  /** image/jpeg, image/png, image/webp, image/gif, image/avif */
  readonly type: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** High enough that one more encoding is not seen. */
const JPEG_QUALITY = 92
const WEBP_QUALITY = 92
const AVIF_QUALITY = 75

/**
 * Makes what leaves of an original: upright, with its colour profile and the desk's words, and with nothing else that
 * the camera, the agency or a program wrote into it. Pixels are copied as they are wherever the file can be taken
 * apart; a turned picture, an AVIF and a HEIC are encoded once from the original. The same input gives the same bytes.
 * Throws an Error for what cannot be decoded. Blocks; belongs in a worker.
 */
export async function makeRendition(original: Uint8Array, desk: PictureWords): Promise<MadeRendition> {
  const words = cleanWords(desk)
  const sniffed = sniffPicture(original)
  const isHeic = sniffed !== null && 'type' in sniffed && sniffed.type === 'image/heic'
  const source = isHeic ? await heicToJpeg(original) : original
  const found = await sharp(source, { limitInputPixels: false, failOn: 'none' }).metadata()
  const isTurned = (found.orientation ?? 1) > 1
  const { width, height } = found.autoOrient
  const xmp = xmpPacket(words)
  switch (found.format) {
    case 'jpeg': {
      const additions = { xmp, iim: iimSegment(words) }
      const copied = isTurned ? null : rewriteJpeg(source, additions)
      const bytes =
        copied ??
        rewriteJpeg(await encodeJpeg(source, found), {
          ...additions,
          profile: found.icc ? cleanProfile(found.icc) : null
        })
      if (!bytes) throw new Error('the encoder wrote a JPEG that cannot be read')
      return { bytes, type: 'image/jpeg', width, height }
    }
    case 'png': {
      const copied = isTurned ? null : rewritePng(source, xmp)
      const bytes = copied ?? rewritePng(await upright(source).keepIccProfile().png().toBuffer(), xmp)
      if (!bytes) throw new Error('the encoder wrote a PNG that cannot be read')
      return { bytes, type: 'image/png', width, height }
    }
    case 'webp': {
      const copied = isTurned ? null : rewriteWebp(source, xmp)
      const bytes =
        copied ??
        rewriteWebp(
          await upright(source, isAnimated(found)).keepIccProfile().webp({ quality: WEBP_QUALITY }).toBuffer(),
          xmp
        )
      if (!bytes) throw new Error('the encoder wrote a WebP that cannot be read')
      return { bytes, type: 'image/webp', width, height }
    }
    case 'gif': {
      const bytes =
        rewriteGif(source) ??
        (await sharp(source, { limitInputPixels: false, animated: true, failOn: 'none' }).gif().toBuffer())
      return { bytes, type: 'image/gif', width, height }
    }
    case 'heif': {
      const image = upright(source).keepIccProfile().avif({ quality: AVIF_QUALITY })
      const bytes = await (xmp ? image.withXmp(xmp.toString()) : image).toBuffer()
      if (found.icc) replaceProfile(bytes, found.icc)
      return { bytes, type: 'image/avif', width, height }
    }
    default:
      throw new Error(`no rendition is made of ${found.format}`)
  }
}

/** Pixels as they are stored, not converted: the profile goes with them. */
function upright(source: Uint8Array, animated = false): Sharp {
  const image = sharp(source, { limitInputPixels: false, failOn: 'none', ignoreIcc: true, animated })
  return animated ? image : image.autoOrient()
}

function encodeJpeg(source: Uint8Array, { space, chromaSubsampling }: Metadata): Promise<Buffer> {
  const image = upright(source)
  const kept = space === 'cmyk' || space === 'b-w' ? image.toColourspace(space) : image
  return kept
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0' })
    .toBuffer()
}

function isAnimated({ pages }: Metadata): boolean {
  return (pages ?? 1) > 1
}

/** The encoder stores a profile as it was; the cleaned one is never longer, and its own length says where it ends. */
function replaceProfile(bytes: Buffer, profile: Buffer): void {
  const at = bytes.indexOf(profile)
  const clean = cleanProfile(profile)
  if (at < 0 || clean?.equals(profile)) return
  bytes.fill(0, at, at + profile.length)
  clean?.copy(bytes, at)
}
