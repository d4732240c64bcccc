import { cleanProfile } from './icc-profile.ts'

interface Chunk {
  readonly name: string
  readonly payload: Buffer
}

const IMAGE = new Set(['VP8 ', 'VP8L', 'ALPH'])

/**
 * The same pixels and frames with nothing else but colour profile and `xmp` (RFC 9649). Null when the file is not whole
 * or not as the standard has it.
 */
export function rewriteWebp(bytes: Uint8Array, xmp: Buffer | null): Buffer | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (source.length < 20 || source.toString('latin1', 0, 4) !== 'RIFF' || source.toString('latin1', 8, 12) !== 'WEBP')
    return null
  const size = 8 + source.readUInt32LE(4)
  const chunks = size > source.length ? null : readChunks(source.subarray(12, size))
  if (!chunks) return null
  const extended = chunks.find(({ name }) => name === 'VP8X')?.payload
  const pictures: Chunk[] = []
  let profile: Buffer | null = null
  for (const { name, payload } of chunks) {
    if (name === 'ICCP') profile ??= cleanProfile(payload)
    else if (name === 'ANIM' && extended && payload.length === 6) pictures.push({ name, payload })
    else if (name === 'ANMF' && extended) {
      const inner = payload.length > 16 ? readChunks(payload.subarray(16)) : null
      if (!inner) return null
      pictures.push({
        name,
        payload: Buffer.concat([payload.subarray(0, 16), ...inner.filter((one) => IMAGE.has(one.name)).map(writeChunk)])
      })
    } else if (IMAGE.has(name)) pictures.push({ name, payload })
  }
  const only = pictures.length === 1 ? pictures[0] : undefined
  const facts = extended ? extendedFacts(extended) : only && simpleFacts(only)
  if (!facts || pictures.length === 0) return null
  const isSimple = !profile && !xmp && only && !facts.alpha && only.name !== 'ANMF'
  return riff([
    ...(isSimple ? [] : [{ name: 'VP8X', payload: header(facts, profile !== null, xmp !== null) }]),
    ...(profile ? [{ name: 'ICCP', payload: profile }] : []),
    ...pictures,
    ...(xmp ? [{ name: 'XMP ', payload: xmp }] : [])
  ])
}

interface Facts {
  readonly alpha: boolean
  readonly animated: boolean
  /** The canvas: width less one and height less one, 24 bits each. */
  readonly canvas: Buffer
}

function extendedFacts(payload: Buffer): Facts | undefined {
  if (payload.length !== 10) return undefined
  const flags = payload[0] ?? 0
  return { alpha: (flags & 0x10) !== 0, animated: (flags & 0x02) !== 0, canvas: payload.subarray(4, 10) }
}

function simpleFacts({ name, payload }: Chunk): Facts | undefined {
  const canvas = Buffer.alloc(6)
  if (name === 'VP8L' && payload.length > 5 && payload[0] === 0x2f) {
    const bits = payload.readUInt32LE(1)
    canvas.writeUIntLE(bits & 0x3fff, 0, 3)
    canvas.writeUIntLE((bits >>> 14) & 0x3fff, 3, 3)
    return { alpha: ((bits >>> 28) & 1) === 1, animated: false, canvas }
  }
  if (name === 'VP8 ' && payload.length > 10) {
    canvas.writeUIntLE((payload.readUInt16LE(6) & 0x3fff) - 1, 0, 3)
    canvas.writeUIntLE((payload.readUInt16LE(8) & 0x3fff) - 1, 3, 3)
    return { alpha: false, animated: false, canvas }
  }
  return undefined
}

function header({ alpha, animated, canvas }: Facts, hasProfile: boolean, hasXmp: boolean): Buffer {
  const flags = (hasProfile ? 0x20 : 0) | (alpha ? 0x10 : 0) | (hasXmp ? 0x04 : 0) | (animated ? 0x02 : 0)
  return Buffer.concat([Buffer.from([flags, 0, 0, 0]), canvas])
}

function readChunks(source: Buffer): Chunk[] | null {
  const chunks: Chunk[] = []
  let at = 0
  while (at + 8 <= source.length) {
    const length = source.readUInt32LE(at + 4)
    if (at + 8 + length > source.length) return null
    chunks.push({ name: source.toString('latin1', at, at + 4), payload: source.subarray(at + 8, at + 8 + length) })
    at += 8 + length + (length % 2)
  }
  return chunks
}

function writeChunk({ name, payload }: Chunk): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(payload.length, 4)
  return Buffer.concat([head, payload, Buffer.alloc(payload.length % 2)])
}

function riff(chunks: readonly Chunk[]): Buffer {
  const body = Buffer.concat(chunks.map(writeChunk))
  const head = Buffer.alloc(12)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  head.write('WEBP', 8, 'latin1')
  return Buffer.concat([head, body])
}
