import exifr from 'exifr'
import type { MediaAsset } from '../../../shared/contract/media.ts'

type Found = MediaAsset['metadata']

/** Where each value lives, in the order the IPTC advises to read: XMP, then IIM, then EXIF. */
const PLACES: Readonly<Record<keyof Found, readonly (readonly ['xmp' | 'iptc' | 'exif', string])[]>> = {
  caption: [
    ['xmp', 'description'],
    ['iptc', 'Caption'],
    ['exif', 'ImageDescription']
  ],
  creator: [
    ['xmp', 'creator'],
    ['iptc', 'Byline'],
    ['exif', 'Artist']
  ],
  credit: [
    ['xmp', 'Credit'],
    ['iptc', 'Credit']
  ],
  source: [
    ['xmp', 'Source'],
    ['iptc', 'Source']
  ],
  headline: [
    ['xmp', 'Headline'],
    ['iptc', 'Headline']
  ],
  copyright: [
    ['xmp', 'rights'],
    ['iptc', 'CopyrightNotice'],
    ['exif', 'Copyright']
  ],
  instructions: [
    ['xmp', 'Instructions'],
    ['iptc', 'SpecialInstructions']
  ],
  alt: [['xmp', 'AltTextAccessibility']]
}

/**
 * What a photograph says of itself, each value with the record it came from. Metadata that cannot be read is no
 * metadata.
 */
export async function readPhotoMetadata(bytes: Uint8Array): Promise<Found> {
  const parsed: unknown = await exifr
    .parse(bytes, { xmp: { parse: true }, iptc: true, tiff: true, mergeOutput: false, multiSegment: true, gps: false })
    .catch(() => undefined)
  if (typeof parsed !== 'object' || parsed === null) return {}
  const records = {
    xmp: flatten(parsed, /^(xmp|dc|photoshop|Iptc4xmpCore)$/i),
    iptc: flatten(parsed, /^iptc$/),
    exif: flatten(parsed, /^(ifd0|exif)$/)
  }
  const metadata: Found = {}
  for (const [key, places] of Object.entries(PLACES) as [keyof Found, (typeof PLACES)[keyof Found]][]) {
    for (const [from, name] of places) {
      const value = asText(records[from][name])
      if (value === '') continue
      metadata[key] = { value, from }
      break
    }
  }
  return metadata
}

function flatten(parsed: object, segment: RegExp): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parsed)
      .filter(([name]) => segment.test(name))
      .flatMap(([, values]) => (typeof values === 'object' && values !== null ? Object.entries(values) : []))
  )
}

/** Metadata values come as text, lists, language alternatives or raw bytes. */
function asText(value: unknown): string {
  if (typeof value === 'string') return repairUtf8(value).replaceAll('\0', '').trim().slice(0, 5000)
  if (Array.isArray(value)) return value.map(asText).filter(Boolean).join(', ').slice(0, 5000)
  if (typeof value === 'object' && value !== null && 'value' in value) return asText(value.value)
  return ''
}

/** IIM text is read as Latin-1 by the parser although most agencies write UTF-8 in it. */
function repairUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(text, (character) => character.charCodeAt(0))
    )
  } catch {
    return text
  }
}
