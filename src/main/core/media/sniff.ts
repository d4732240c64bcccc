/** The kinds of picture Galley takes. HEIC is shown through a JPEG made from it. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/heic'] as const
export type PictureType = (typeof pictureTypes)[number]

/**
 * What the first bytes of a file say it is, whatever its name: a picture Galley takes, or something else by the name
 * people know it under.
 */
export type Sniffed = { readonly type: PictureType } | { readonly other: string } | null

/** How many bytes from the start are enough to tell. */
export const SNIFFED_BYTES = 4096

export function sniffPicture(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, SNIFFED_BYTES))
  const at = (text: string, offset = 0): boolean => bytes.toString('latin1', offset, offset + text.length) === text
  if (at('\xff\xd8\xff')) return { type: 'image/jpeg' }
  if (at('\x89PNG\r\n\x1a\n')) return { type: 'image/png' }
  if (at('GIF87a') || at('GIF89a')) return { type: 'image/gif' }
  if (at('RIFF') && at('WEBP', 8)) return { type: 'image/webp' }
  if (at('ftyp', 4)) return ofBrands(brandsOf(bytes))
  const known = OTHERS.find(([signature, offset]) => at(signature, offset))
  if (known) return { other: known[2] }
  const text = bytes.toString('utf8', 0, 1024)
  if (/^\uFEFF?\s*<(?:!doctype html|html|head|body)[\s>]/i.test(text)) return { other: 'web page' }
  return looksLikeSvg(text) ? { other: 'SVG' } : null
}

/** An image sequence: its brands name `avis` (AV1 Image File Format, 6.3). */
export function isAnimatedAvif(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, SNIFFED_BYTES))
  return bytes.toString('latin1', 4, 8) === 'ftyp' && brandsOf(bytes).includes('avis')
}

/** The major brand first, then the compatible ones (ISO/IEC 14496-12, 4.3). */
function brandsOf(bytes: Buffer): string[] {
  const end = Math.min(bytes.readUInt32BE(0), bytes.length)
  const brands = [bytes.toString('latin1', 8, 12)]
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(bytes.toString('latin1', offset, offset + 4))
  return brands
}

/** `mif1` and `msf1` only say that it is a picture of the HEIF family: the other brands say how it is coded. */
function ofBrands(brands: readonly string[]): Sniffed {
  const [major = ''] = brands
  if (['avif', 'avis'].includes(major)) return { type: 'image/avif' }
  if (HEVC.has(major)) return { type: 'image/heic' }
  if (['mif1', 'msf1', 'miaf', 'MiHE', 'MiHB'].includes(major)) {
    if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return { type: 'image/avif' }
    return { type: 'image/heic' }
  }
  if (major.startsWith('crx')) return { other: 'Canon raw' }
  if (major.startsWith('jp')) return { other: 'JPEG 2000' }
  return { other: major.startsWith('qt') || major.startsWith('mp4') || major.startsWith('iso') ? 'video' : 'media' }
}

const HEVC = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'])

const OTHERS: readonly (readonly [signature: string, offset: number, name: string])[] = [
  ['II*\0', 0, 'TIFF or camera raw'],
  ['MM\0*', 0, 'TIFF or camera raw'],
  ['8BPS', 0, 'Photoshop'],
  ['BM', 0, 'BMP'],
  ['%PDF', 0, 'PDF'],
  ['%!PS', 0, 'EPS'],
  ['\xff\x0a', 0, 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 0, 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 0, 'JPEG 2000'],
  ['\0\0\x01\0', 0, 'icon'],
  ['FUJIFILMCCD-RAW', 0, 'Fujifilm raw'],
  ['PK\x03\x04', 0, 'ZIP or Office'],
  ['{\\rtf', 0, 'RTF']
]

function looksLikeSvg(text: string): boolean {
  return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(text)
}
