import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** Where a photograph, an agency or a program may keep what must not leave, in every container; each takes a marker. */

/** A little picture with enough in it to tell halves and corners apart. */
export function picture(width = 48, height = 32): Sharp {
  const half = { create: { width: width / 2, height, channels: 3 as const, background: '#e63c1e' } }
  return sharp({ create: { width, height, channels: 3, background: '#1478c8' } }).composite([
    { input: half, left: 0, top: 0 }
  ])
}

export function jpegSegment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}

/** EXIF with GPS and a serial number, as a camera writes it: the secret is in the maker's note and in the thumbnail too. */
export function exifSegment(secret: string, orientation = 1): Buffer {
  const entries: [tag: number, type: number, count: number, value: Buffer][] = [
    [0x010f, 2, secret.length + 1, Buffer.from(`${secret}\0`)],
    [0x0112, 3, 1, Buffer.from([0, orientation])],
    [0xa431, 2, secret.length + 1, Buffer.from(`${secret}\0`)],
    [0x927c, 7, secret.length, Buffer.from(secret)]
  ]
  const directory = Buffer.alloc(2 + 12 * entries.length + 4)
  directory.writeUInt16BE(entries.length, 0)
  const values: Buffer[] = []
  let end = 8 + directory.length
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + 12 * index
    directory.writeUInt16BE(tag, at)
    directory.writeUInt16BE(type, at + 2)
    directory.writeUInt32BE(count, at + 4)
    if (value.length <= 4) value.copy(directory, at + 8)
    else {
      directory.writeUInt32BE(end, at + 8)
      values.push(value)
      end += value.length
    }
  }
  const tiff = Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    directory,
    ...values,
    Buffer.from(`JPEG${secret}`)
  ])
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]))
}

/** Every place of a JPEG that can hold a text, by name. */
export const jpegPlaces: Readonly<Record<string, (jpeg: Buffer, secret: string) => Buffer>> = {
  exif: (jpeg, secret) => afterStart(jpeg, exifSegment(secret)),
  xmp: (jpeg, secret) => afterStart(jpeg, app(1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`)),
  'extended xmp': (jpeg, secret) => afterStart(jpeg, app(1, `http://ns.adobe.com/xmp/extension/\0${secret}`)),
  iim: (jpeg, secret) => afterStart(jpeg, app(13, `Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x09${secret}`)),
  mpf: (jpeg, secret) => afterStart(jpeg, app(2, `MPF\0${secret}`)),
  flashpix: (jpeg, secret) => afterStart(jpeg, app(2, `FPXR\0${secret}`)),
  'jfif thumbnail': (jpeg, secret) =>
    Buffer.concat([
      jpeg.subarray(0, 2),
      jpegSegment(
        0xe0,
        Buffer.concat([Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01', 'latin1'), Buffer.from(secret)])
      ),
      jpeg.subarray(2)
    ]),
  jfxx: (jpeg, secret) => afterStart(jpeg, app(0, `JFXX\0\x10${secret}`)),
  'adobe tail': (jpeg, secret) => afterStart(jpeg, app(14, `Adobe\0\x64\0\0\0\0\x01${secret}`)),
  comment: (jpeg, secret) => afterStart(jpeg, jpegSegment(0xfe, Buffer.from(secret))),
  'a profile that is none': (jpeg, secret) => afterStart(jpeg, app(2, `ICC_PROFILE\0\x01\x01${secret}`)),
  'behind the end': (jpeg, secret) => Buffer.concat([jpeg, Buffer.from(secret)]),
  'a second picture': (jpeg, secret) => Buffer.concat([jpeg, afterStart(jpeg, exifSegment(secret))]),
  'between segments': (jpeg, secret) => afterStart(jpeg, Buffer.concat([app(15, 'x'), Buffer.from(secret)])),
  ...Object.fromEntries(
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15].map((n) => [
      `app${n}`,
      (jpeg: Buffer, secret: string) => afterStart(jpeg, app(n, secret))
    ])
  )
}

export const pngPlaces: Readonly<Record<string, (png: Buffer, secret: string) => Buffer>> = {
  tEXt: (png, secret) => pngChunk(png, 'tEXt', Buffer.from(`Comment\0${secret}`)),
  zTXt: (png, secret) => pngChunk(png, 'zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(secret)])),
  iTXt: (png, secret) => pngChunk(png, 'iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${secret}`)),
  eXIf: (png, secret) => pngChunk(png, 'eXIf', Buffer.from(`MM\0*\0\0\0\x08\0\0${secret}`)),
  tIME: (png, secret) => pngChunk(png, 'tIME', Buffer.from(secret)),
  'a chunk of one’s own': (png, secret) => pngChunk(png, 'gaLy', Buffer.from(secret)),
  'a chunk that is too long': (png, secret) =>
    pngChunk(png, 'gAMA', Buffer.concat([Buffer.alloc(4), Buffer.from(secret)])),
  'behind the end': (png, secret) => Buffer.concat([png, Buffer.from(secret)])
}

export const webpPlaces: Readonly<Record<string, (webp: Buffer, secret: string) => Buffer>> = {
  EXIF: (webp, secret) => webpChunk(webp, 'EXIF', secret),
  XMP: (webp, secret) => webpChunk(webp, 'XMP ', secret),
  'a chunk of one’s own': (webp, secret) => webpChunk(webp, 'GALY', secret),
  'behind the end': (webp, secret) => Buffer.concat([webp, Buffer.from(secret)])
}

export const gifPlaces: Readonly<Record<string, (gif: Buffer, secret: string) => Buffer>> = {
  comment: (gif, secret) => gifBlock(gif, Buffer.from([0x21, 0xfe]), secret),
  'plain text': (gif, secret) =>
    gifBlock(gif, Buffer.concat([Buffer.from([0x21, 0x01, 12]), Buffer.alloc(12)]), secret),
  xmp: (gif, secret) => gifBlock(gif, Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'), secret),
  'a program’s own': (gif, secret) => gifBlock(gif, Buffer.from('\x21\xff\x0bGALLEY  1.0', 'latin1'), secret),
  'behind the end': (gif, secret) => Buffer.concat([gif, Buffer.from(secret)])
}

function afterStart(jpeg: Buffer, segment: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
}

function app(n: number, text: string): Buffer {
  return jpegSegment(0xe0 + n, Buffer.from(text, 'latin1'))
}

/** Behind the header chunk. */
function pngChunk(png: Buffer, name: string, payload: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), payload])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(payload.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([png.subarray(0, 33), length, named, sum, png.subarray(33)])
}

function webpChunk(webp: Buffer, name: string, text: string): Buffer {
  const payload = Buffer.from(text)
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(payload.length, 4)
  const whole = Buffer.concat([webp, head, payload, Buffer.alloc(payload.length % 2)])
  whole.writeUInt32LE(whole.length - 8, 4)
  return whole
}

/** Behind the colour table. */
function gifBlock(gif: Buffer, head: Buffer, text: string): Buffer {
  const flags = gif[10] ?? 0
  const start = 13 + ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))
  const payload = Buffer.from(text)
  return Buffer.concat([
    gif.subarray(0, start),
    head,
    Buffer.from([payload.length]),
    payload,
    Buffer.from([0]),
    gif.subarray(start)
  ])
}

/** A profile of a monitor: a real one with the maker's private tag, and in it the serial number. */
export function monitorProfile(profile: Buffer, secret: string): Buffer {
  const count = profile.readUInt32BE(128)
  const payload = Buffer.alloc(Math.ceil((8 + secret.length) / 4) * 4)
  payload.write('mmod', 0, 'latin1')
  payload.write(secret, 8, 'latin1')
  const table = Buffer.from(profile.subarray(132, 132 + 12 * count))
  for (let at = 0; at < table.length; at += 12) table.writeUInt32BE(table.readUInt32BE(at + 4) + 12, at + 4)
  const entry = Buffer.alloc(12)
  entry.write('mmod', 0, 'latin1')
  entry.writeUInt32BE(profile.length + 12, 4)
  entry.writeUInt32BE(payload.length, 8)
  const whole = Buffer.concat([profile.subarray(0, 132), table, entry, profile.subarray(132 + 12 * count), payload])
  whole.writeUInt32BE(whole.length, 0)
  whole.writeUInt32BE(count + 1, 128)
  return whole
}
