import ExifReader from 'exifreader'
import type { MediaAsset } from '../../../shared/contract/media.ts'

type Found = MediaAsset['metadata']
type Place = readonly ['xmp' | 'iptc' | 'exif', string]

/** Where each value lives, in the order the IPTC advises to read: XMP, then IIM, then EXIF. */
const PLACES = {
  caption: [
    ['xmp', 'description'],
    ['iptc', 'Caption/Abstract'],
    ['exif', 'ImageDescription']
  ],
  creator: [
    ['xmp', 'creator'],
    ['iptc', 'By-line'],
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
    ['iptc', 'Copyright Notice'],
    ['exif', 'Copyright']
  ],
  instructions: [
    ['xmp', 'Instructions'],
    ['iptc', 'Special Instructions']
  ],
  alt: [['xmp', 'AltTextAccessibility']]
} as const satisfies Readonly<Record<keyof Found, readonly Place[]>>

/** Longest value that is kept, in characters. */
const LONGEST = 5000

/**
 * What a photograph says of itself, each value with the record it came from. Metadata that cannot be read is no
 * metadata.
 */
export function readPhotoMetadata(bytes: Uint8Array): Found {
  let records: Record<Place[0], Readonly<Record<string, unknown>>>
  try {
    const tags = ExifReader.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      expanded: true,
      includeTags: { xmp: true, iptc: true, exif: true }
    })
    records = { xmp: { ...tags.xmp }, iptc: { ...tags.iptc }, exif: { ...tags.exif } }
  } catch {
    return {}
  }
  const metadata: Found = {}
  for (const [key, places] of Object.entries(PLACES) as [keyof Found, readonly Place[]][]) {
    for (const [from, name] of places) {
      const value = textOf(records[from][name], from)
      if (value === '') continue
      metadata[key] = { value, from }
      break
    }
  }
  return metadata
}

/** A tag, a list of tags, or alternatives in several languages, of which the first is the default. */
function textOf(tag: unknown, from: Place[0]): string {
  if (Array.isArray(tag))
    return tag
      .map((one) => textOf(one, from))
      .filter(Boolean)
      .join(', ')
      .slice(0, LONGEST)
  if (typeof tag !== 'object' || tag === null || !('value' in tag)) return ''
  const { value } = tag
  if (from === 'xmp' && Array.isArray(value)) {
    const entries = value as readonly { readonly attributes?: { readonly lang?: string } }[]
    const isAlternative = entries.some((entry) => entry.attributes?.lang !== undefined)
    const first = entries.find((entry) => entry.attributes?.lang === 'x-default') ?? entries[0]
    return textOf(isAlternative ? first : entries, from)
  }
  if (typeof value === 'string') return tidy(value)
  // IIM: the bytes themselves. EXIF: strings.
  if (Array.isArray(value) && value.every((one) => typeof one === 'number')) return tidy(decode(Uint8Array.from(value)))
  if (Array.isArray(value))
    return tidy(
      value
        .filter((one) => typeof one === 'string')
        .map(repairUtf8)
        .join(' ')
    )
  return ''
}

function tidy(text: string): string {
  return text.replaceAll('\0', '').trim().slice(0, LONGEST)
}

/** Most agencies write UTF-8 without saying so; what is not that is read as Windows-1252. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** EXIF text is ASCII by its standard and UTF-8 by custom; the reader takes each byte for a character. */
function repairUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text
  return decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))
}
