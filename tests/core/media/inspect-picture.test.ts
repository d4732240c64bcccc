import { crc32 } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { inspectPicture } from '../../../src/main/core/media/inspect-picture.ts'
import { GalleyError } from '../../../src/shared/rpc/errors.ts'
import { picture } from './planted.ts'

const heic = readFileSync(join(import.meta.dirname, '../../support/pictures/two-halves.heic'))

async function refusal(name: string, bytes: Uint8Array): Promise<{ code: string; message: string }> {
  const error: unknown = await inspectPicture(name, bytes).catch((thrown: unknown) => thrown)
  if (!(error instanceof GalleyError)) throw new Error(`${name} was not refused`)
  expect(error.next).toMatch(/\.$/)
  return { code: error.code, message: error.message }
}

/** Noise: what is cut off a file of it is missing from the picture. */
function noise(width: number, height: number): Sharp {
  return sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } }
  })
}

describe('a picture that comes in', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('is known by its bytes: %s', async (format) => {
    const bytes = await picture().toFormat(format).toBuffer()
    expect(await inspectPicture('wrong-name.tiff', bytes)).toMatchObject({
      type: `image/${format}`,
      width: 48,
      height: 32,
      isDamaged: false,
      display: null
    })
  })

  test('that is a HEIC named .jpg is one, and is shown through a JPEG', async () => {
    const found = await inspectPicture('IMG_0001.jpg', heic)
    expect(found).toMatchObject({ type: 'image/heic', width: 64, height: 48, isDamaged: false })
    expect(found.metadata.copyright).toEqual({ value: 'Galley test picture', from: 'exif' })
    expect(await sharp(found.display ?? Buffer.alloc(0)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 64,
      height: 48
    })
  })

  test.each([
    ['heic', 'image/heic'],
    ['heix', 'image/heic'],
    ['hevc', 'image/heic'],
    ['mif1', 'image/heic'],
    ['avif', 'image/avif'],
    ['avis', 'image/avif']
  ])('of the brand %s is a %s', async (brand, type) => {
    // The brand alone, and then nothing: it is refused, but as what it says it is.
    const head = Buffer.from(`\0\0\0\x14ftyp${brand}\0\0\0\0${brand === 'mif1' ? 'heic' : 'mif1'}`, 'latin1')
    const { sniffPicture } = await import('../../../src/main/core/media/sniff.ts')
    expect(sniffPicture(head)).toEqual({ type })
    expect((await refusal('x', head)).code).toBe('invalid_input')
  })

  test('that stands on its side is as wide as it is shown', async () => {
    const bytes = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await inspectPicture('a.jpg', bytes)).toMatchObject({ width: 32, height: 48 })
  })
})

describe('refused in words that fit', () => {
  test('nothing at all', async () => {
    expect(await refusal('k.jpg', new Uint8Array())).toEqual({
      code: 'invalid_input',
      message: '“k.jpg” is empty: there are 0 bytes in it.'
    })
  })

  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('half a %s', async (format) => {
    const bytes = await noise(300, 200).toFormat(format).toBuffer()
    for (const share of [0.3, 0.5, 0.9])
      expect(await refusal('half', bytes.subarray(0, Math.floor(bytes.length * share)))).toEqual({
        code: 'invalid_input',
        message: '“half” is cut off: a part of the picture is missing.'
      })
  })

  test('half a progressive JPEG, and half a HEIC', async () => {
    const bytes = await noise(300, 200).jpeg({ progressive: true }).toBuffer()
    for (const half of [bytes.subarray(0, bytes.length / 2), heic.subarray(0, heic.length / 2)])
      expect((await refusal('half', half)).message).toBe('“half” is cut off: a part of the picture is missing.')
  })

  test('more than 120 megapixels', async () => {
    const bytes = await sharp({ create: { width: 15_000, height: 9000, channels: 3, background: '#336699' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(await refusal('wall.png', bytes)).toEqual({
      code: 'too_large',
      message: '“wall.png” has 135 megapixels; 120 are the most Galley takes.'
    })
  })

  test('a file of a few bytes that says it has billions of pixels', async () => {
    const png = await noise(4, 4).png().toBuffer()
    png.writeUInt32BE(60_000, 16)
    png.writeUInt32BE(60_000, 20)
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
    const jpeg = await noise(16, 16).jpeg().toBuffer()
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.writeUInt16BE(60_000, frame + 5)
    jpeg.writeUInt16BE(60_000, frame + 7)
    for (const bytes of [png, jpeg])
      expect(await refusal('bomb', bytes)).toEqual({
        code: 'too_large',
        message: '“bomb” has 3600 megapixels; 120 are the most Galley takes.'
      })
  })

  test.each([
    ['II*\0\x08\0\0\0', '“x” is a file Galley cannot show (TIFF or camera raw).'],
    ['MM\0*\0\0\0\x08', '“x” is a file Galley cannot show (TIFF or camera raw).'],
    ['BM\x36\0\0\0', '“x” is a file Galley cannot show (BMP).'],
    ['<!doctype html><title>Not found</title>', '“x” is a file Galley cannot show (web page).'],
    ['\xef\xbb\xbf\n<HTML lang=en>', '“x” is a file Galley cannot show (web page).'],
    ['8BPS\0\x01', '“x” is a file Galley cannot show (Photoshop).'],
    ['%PDF-1.7', '“x” is a file Galley cannot show (PDF).'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', '“x” is a file Galley cannot show (SVG).'],
    ['\0\0\0\x18ftypmp42\0\0\0\0', '“x” is a file Galley cannot show (video).'],
    ['Dear desk, please find', '“x” is not a picture.']
  ])('what nobody can show: %j', async (head, message) => {
    expect(await refusal('x', Buffer.from(head, 'latin1'))).toEqual({ code: 'unsupported', message })
  })

  test('a picture with nothing but a head', async () => {
    expect((await refusal('x', Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).code).toBe('invalid_input')
  })
})

describe('taken all the same', () => {
  test('an animated AVIF, of which it is said that it leaves as a still', async () => {
    const still = await noise(60, 40).avif().toBuffer()
    expect(await inspectPicture('a.avif', still)).toMatchObject({ leavesAsStill: false })
    const moving = Buffer.from(still)
    moving.write('avis', moving.indexOf('mif1', 16), 'latin1')
    expect(await inspectPicture('a.avif', moving)).toMatchObject({ type: 'image/avif', leavesAsStill: true })
  })

  test('a JPEG that lost nothing but its end', async () => {
    const bytes = await noise(120, 80).jpeg().toBuffer()
    expect(await inspectPicture('a.jpg', bytes.subarray(0, -2))).toMatchObject({ isDamaged: false, width: 120 })
  })

  test('a JPEG with a damaged place, which is said', async () => {
    const bytes = await noise(300, 200).jpeg().toBuffer()
    const end = Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.from([0xff, 0xd9])])
    expect(await inspectPicture('a.jpg', end)).toMatchObject({ isDamaged: true })
  })
})
