/**
 * Tags of ICC.1:2022 that say how colours are to be read, with the older ones that viewers still use. Anything else is
 * a maker's own: monitor profiles keep the display's model and serial number in `mmod`, `meta` or `targ`, and a
 * calibration in `vcgt`.
 */
const KEPT = new Set([
  'desc',
  'cprt',
  'wtpt',
  'bkpt',
  'chad',
  'cicp',
  'lumi',
  'meas',
  'view',
  'vued',
  'tech',
  'gamt',
  'chrm',
  'clrt',
  'clro',
  'rig0',
  'rig2',
  'ciis',
  'rXYZ',
  'gXYZ',
  'bXYZ',
  'rTRC',
  'gTRC',
  'bTRC',
  'kTRC',
  'A2B0',
  'A2B1',
  'A2B2',
  'B2A0',
  'B2A1',
  'B2A2',
  'D2B0',
  'D2B1',
  'D2B2',
  'D2B3',
  'B2D0',
  'B2D1',
  'B2D2',
  'B2D3',
  'pre0',
  'pre1',
  'pre2',
  'dmnd',
  'dmdd'
])
const HEADER = 128

/**
 * A colour profile as it may leave the desk: the same bytes when it holds nothing but colour, else without what
 * identifies a device. Null for what is not a whole profile.
 */
export function cleanProfile(profile: Uint8Array): Buffer | null {
  const bytes = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength)
  if (bytes.length < HEADER + 4 || bytes.toString('latin1', 36, 40) !== 'acsp') return null
  const size = bytes.readUInt32BE(0)
  const count = bytes.readUInt32BE(HEADER)
  if (size > bytes.length || count > 200 || HEADER + 4 + 12 * count > size) return null
  const tags: { readonly name: string; readonly at: number; readonly length: number }[] = []
  for (let index = 0; index < count; index += 1) {
    const entry = HEADER + 4 + 12 * index
    const tag = {
      name: bytes.toString('latin1', entry, entry + 4),
      at: bytes.readUInt32BE(entry + 4),
      length: bytes.readUInt32BE(entry + 8)
    }
    if (tag.at < HEADER + 4 || tag.at + tag.length > size) return null
    tags.push(tag)
  }
  const kept = tags.filter(({ name }) => KEPT.has(name))
  if (kept.length === tags.length && isCovered(tags, size, HEADER + 4 + 12 * count)) return bytes.subarray(0, size)
  return rebuild(bytes, kept)
}

/**
 * True when every byte belongs to a tag: what lies between them could hold anything. Up to three bytes of padding are
 * usual.
 */
function isCovered(tags: readonly { at: number; length: number }[], size: number, start: number): boolean {
  let end = start
  for (const { at, length } of tags.toSorted((a, b) => a.at - b.at)) {
    if (at - end > 3) return false
    end = Math.max(end, at + length)
  }
  return size - end <= 3
}

/** Tags that share their data go on sharing it. */
function rebuild(bytes: Buffer, tags: readonly { name: string; at: number; length: number }[]): Buffer {
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length, 0)
  const pieces: Buffer[] = []
  const placed = new Map<string, number>()
  let end = HEADER + table.length
  for (const [index, { name, at, length }] of tags.entries()) {
    const key = `${at} ${length}`
    let place = placed.get(key)
    if (place === undefined) {
      const padded = Buffer.alloc(Math.ceil(length / 4) * 4)
      bytes.copy(padded, 0, at, at + length)
      pieces.push(padded)
      place = end
      placed.set(key, place)
      end += padded.length
    }
    table.write(name, 4 + 12 * index, 'latin1')
    table.writeUInt32BE(place, 8 + 12 * index)
    table.writeUInt32BE(length, 12 + 12 * index)
  }
  const header = Buffer.from(bytes.subarray(0, HEADER))
  header.writeUInt32BE(end, 0)
  // Device manufacturer, model and attributes, and the digest of the profile as it was.
  header.fill(0, 48, 64)
  header.fill(0, 84, 100)
  return Buffer.concat([header, table, ...pieces])
}
