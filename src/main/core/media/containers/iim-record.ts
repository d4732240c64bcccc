import { fitUtf8, type PictureWords } from '../picture-words.ts'

/**
 * The longest value a dataset with a short length can have. The record's own limits (32 bytes for a credit) are from
 * 1991; readers take more.
 */
const MOST_BYTES = 32_767

/**
 * The desk's words as IPTC IIM 4.2 datasets in UTF-8, inside a Photoshop image resource: the payload of a JPEG's APP13
 * segment. Null when there is nothing IIM has a place for; alt text has none.
 */
export function iimSegment({ caption, credit, copyright }: PictureWords): Buffer | null {
  if (caption === '' && credit === '' && copyright === '') return null
  const datasets = [
    // Coded character set: ESC % G, UTF-8.
    dataset(1, 90, Buffer.from([0x1b, 0x25, 0x47])),
    dataset(2, 0, Buffer.from([0, 4])),
    text(2, 110, credit),
    text(2, 116, copyright),
    // Last, and with what room is left: a segment holds 65,533 bytes, and the longest of all is the caption.
    text(2, 120, caption)
  ]
  const record = Buffer.concat(datasets)
  const padding = Buffer.alloc(record.length % 2)
  const head = Buffer.alloc(12)
  head.write('8BIM', 0, 'latin1')
  head.writeUInt16BE(0x0404, 4)
  head.writeUInt32BE(record.length, 8)
  return Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), head, record, padding])
}

function text(record: number, number: number, value: string): Buffer {
  const limit = number === 120 ? MOST_BYTES : MOST_BYTES / 3
  return value === '' ? Buffer.alloc(0) : dataset(record, number, Buffer.from(fitUtf8(value, Math.floor(limit))))
}

function dataset(record: number, number: number, value: Buffer): Buffer {
  const head = Buffer.from([0x1c, record, number, 0, 0])
  head.writeUInt16BE(value.length, 3)
  return Buffer.concat([head, value])
}
