import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExifReader from 'exifreader'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanProfile } from '../../../src/main/core/media/containers/icc-profile.ts'
import { readPhotoMetadata } from '../../../src/main/core/media/photo-metadata.ts'
import { makeRendition } from '../../../src/main/core/media/rendition.ts'
import {
  exifSegment,
  gifPlaces,
  jpegPlaces,
  jpegSegment,
  monitorProfile,
  picture,
  pngPlaces,
  webpPlaces
} from './planted.ts'

const none = { caption: '', credit: '', copyright: '', alt: '' }
const words = {
  caption: 'Mayor O’Neill <left> & the “bridge”\nجسر 🌉 at dawn',
  credit: 'Amal Haddad / Réuters, with a name longer than 32 bytes',
  copyright: '© 2026 Ellery Wire',
  alt: 'A bridge over a river'
}
const written = {
  caption: { value: words.caption, from: 'xmp' },
  credit: { value: words.credit, from: 'xmp' },
  copyright: { value: words.copyright, from: 'xmp' },
  alt: { value: words.alt, from: 'xmp' }
}

/** A secret no compressed picture holds by chance. */
const SECRET = 'GPS48.2082N16.3738E-SN0123456789'

const raw = (bytes: Uint8Array, page?: number): Promise<Buffer> =>
  sharp(bytes, { ignoreIcc: true, ...(page !== undefined && { page }) })
    .raw()
    .toBuffer()

/** What lies between the first start of scan and the end: the pixels, as they are coded. */
function scansOf(jpeg: Buffer): Buffer {
  return jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda])), jpeg.lastIndexOf(Buffer.from([0xff, 0xd9])))
}

/** What every reader finds of the known records: the files' own facts left out. */
function recordsOf(bytes: Buffer): Record<string, Record<string, string>> {
  const tags = ExifReader.load(bytes, { expanded: true })
  const read = (group: object | undefined): Record<string, string> =>
    Object.fromEntries(
      Object.entries(group ?? {}).map(([name, tag]) => [name, (tag as { description: string }).description])
    )
  const { _raw: _, about: __, ...xmp } = read(tags.xmp)
  return { exif: read(tags.exif), gps: read(tags.gps), iptc: read(tags.iptc), xmp }
}

describe('the desk’s words', () => {
  const inXmp = {
    description: words.caption,
    Credit: words.credit,
    rights: words.copyright,
    AltTextAccessibility: words.alt
  }
  const inIim = {
    'Coded Character Set': 'UTF-8',
    'Record Version': '4',
    Credit: words.credit,
    'Copyright Notice': words.copyright,
    'Caption/Abstract': words.caption
  }

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('are all that a %s says when it leaves', async (format) => {
    const original = await picture()
      .withExif({ IFD0: { Make: SECRET, Artist: 'Somebody' } })
      .toFormat(format)
      .toBuffer()
    const { bytes, type, width, height } = await makeRendition(original, words)
    expect([type, width, height]).toEqual([`image/${format}`, 48, 32])
    expect(recordsOf(bytes)).toEqual({ exif: {}, gps: {}, iptc: format === 'jpeg' ? inIim : {}, xmp: inXmp })
    expect(readPhotoMetadata(bytes)).toEqual(written)
    // Made again from what was made, nothing changes: a story that travels twice keeps its pictures.
    if (format !== 'avif') expect((await makeRendition(bytes, words)).bytes.equals(bytes)).toBe(true)
  })

  test('take the place of the agency’s', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Old Agency" photoshop:History="${SECRET}"/></rdf:RDF></x:xmpmeta>`
    const original = await picture()
      .withXmp(xmp)
      .withExif({ IFD0: { ImageDescription: 'Old caption' } })
      .jpeg()
      .toBuffer()
    expect(readPhotoMetadata(original)).toEqual({
      caption: { value: 'Old caption', from: 'exif' },
      credit: { value: 'Old Agency', from: 'xmp' }
    })
    const { bytes } = await makeRendition(original, { ...none, alt: 'A bridge' })
    expect(recordsOf(bytes)).toEqual({ exif: {}, gps: {}, iptc: {}, xmp: { AltTextAccessibility: 'A bridge' } })
  })

  test('that are none leave no record', async () => {
    const { bytes } = await makeRendition(await picture().jpeg().toBuffer(), none)
    expect(recordsOf(bytes)).toEqual({ exif: {}, gps: {}, iptc: {}, xmp: {} })
    expect(bytes.includes('xmpmeta')).toBe(false)
  })

  test('come back as they were, whatever they are, and are shortened where a JPEG has no room', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (caption, credit, copyright, alt) => {
        const { bytes } = await makeRendition(jpeg, { caption, credit, copyright, alt })
        const read = readPhotoMetadata(bytes)
        const clean = (value: string): string =>
          // oxlint-disable-next-line no-control-regex -- what XML cannot hold
          value
            .toWellFormed()
            .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
            .trim()
        for (const [name, value] of Object.entries({ caption, credit, copyright, alt }))
          expect(read[name as keyof typeof read]?.value ?? '').toBe(clean(value))
      }),
      { numRuns: 60 }
    )
    const long = await makeRendition(jpeg, { ...words, caption: '&'.repeat(10_000), alt: '🌉'.repeat(2500) })
    expect(recordsOf(long.bytes)['xmp']?.['Credit']).toBe(words.credit)
    expect(recordsOf(long.bytes)['xmp']?.['description']).toMatch(/^&{4000,}$/)
    expect((await sharp(long.bytes).metadata()).width).toBe(48)
  })
})

describe('pixels', () => {
  test.each([{ progressive: false }, { progressive: true }])('of a JPEG are copied untouched: %o', async (how) => {
    const original = await picture(96, 64).jpeg(how).toBuffer()
    const { bytes } = await makeRendition(original, words)
    expect(scansOf(bytes).equals(scansOf(original))).toBe(true)
  })

  test('of a JPEG with fill bytes, restarts and a lost end are copied all the same', async () => {
    const whole = await picture(96, 64).jpeg().toBuffer()
    const odd = Buffer.concat([whole.subarray(0, 2), Buffer.from([0xff, 0xff]), whole.subarray(2, -2)])
    const { bytes } = await makeRendition(odd, words)
    expect(scansOf(bytes).equals(scansOf(whole))).toBe(true)
    expect((await raw(bytes)).equals(await raw(whole))).toBe(true)
  })

  test.each(['png', 'webp', 'gif'] as const)('of a %s are the same', async (format) => {
    const original = await picture().toFormat(format).toBuffer()
    const { bytes } = await makeRendition(original, words)
    expect((await raw(bytes)).equals(await raw(original))).toBe(true)
  })

  test('of a JPEG that EXIF turns are written upright, once', async () => {
    const plain = await picture(96, 64).jpeg({ quality: 95 }).toBuffer()
    for (const [orientation, size] of [
      [3, [96, 64]],
      [6, [64, 96]]
    ] as const) {
      const original = Buffer.concat([plain.subarray(0, 2), exifSegment(SECRET, orientation), plain.subarray(2)])
      const { bytes, width, height } = await makeRendition(original, words)
      const found = await sharp(bytes).metadata()
      expect([width, height, found.width, found.height, found.orientation]).toEqual([...size, ...size, undefined])
      const upright = await sharp(original).autoOrient().raw().toBuffer()
      const difference = (await raw(bytes)).reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (upright[at] ?? 0))),
        0
      )
      expect(difference).toBeLessThan(24)
      expect(bytes.includes(SECRET)).toBe(false)
    }
  })

  test('of CMYK and grey JPEGs stay what they are when they are turned', async () => {
    for (const space of ['cmyk', 'b-w'] as const) {
      const plain = await picture().toColourspace(space).jpeg().toBuffer()
      const turned = Buffer.concat([plain.subarray(0, 2), exifSegment(SECRET, 6), plain.subarray(2)])
      expect((await sharp((await makeRendition(turned, words)).bytes).metadata()).space).toBe(space)
    }
  })

  test.each(['gif', 'webp'] as const)('of an animated %s go on moving', async (format) => {
    const frames = ['#e63c1e', '#1478c8', '#20a040'].map((background) => ({
      create: { width: 20, height: 16, channels: 3 as const, background }
    }))
    const stills = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()))
    const original = await sharp(stills, { join: { animated: true } })
      [format]({ delay: [90, 120, 150], loop: 3 })
      .toBuffer()
    const { bytes } = await makeRendition(original, words)
    const facts = async (file: Buffer) => {
      const { pages, delay, loop, width, pageHeight } = await sharp(file, { animated: true }).metadata()
      return { pages, delay, loop, width, pageHeight }
    }
    expect(await facts(bytes)).toEqual({ pages: 3, delay: [90, 120, 150], loop: 3, width: 20, pageHeight: 16 })
    for (const page of [0, 1, 2]) expect((await raw(bytes, page)).equals(await raw(original, page))).toBe(true)
  })
})

describe('a colour profile', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('goes with a %s, byte for byte', async (format) => {
    const original = await picture().withIccProfile('p3').toFormat(format).toBuffer()
    const { bytes } = await makeRendition(original, words)
    const [before, after] = [await sharp(original).metadata(), await sharp(bytes).metadata()]
    expect(before.icc?.length).toBeGreaterThan(100)
    expect(after.icc?.equals(before.icc ?? Buffer.alloc(0))).toBe(true)
  })

  test('of a monitor loses the monitor’s serial number and shows the same colours', async () => {
    const { icc } = await sharp(await picture().withIccProfile('p3').png().toBuffer()).metadata()
    if (!icc) throw new Error('sharp wrote no profile')
    const monitor = monitorProfile(icc, SECRET)
    const jpeg = await picture().jpeg().toBuffer()
    const tagged = Buffer.concat([
      jpeg.subarray(0, 2),
      jpegSegment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), monitor])),
      jpeg.subarray(2)
    ])
    expect((await sharp(tagged).metadata()).icc?.includes(SECRET)).toBe(true)
    const { bytes } = await makeRendition(tagged, words)
    expect(bytes.includes(SECRET)).toBe(false)
    const shown = (file: Buffer): Promise<Buffer> => sharp(file).toColourspace('srgb').raw().toBuffer()
    expect((await shown(bytes)).equals(await shown(tagged))).toBe(true)
    const clean = cleanProfile(monitor)
    expect(clean && cleanProfile(clean)?.equals(clean)).toBe(true)
  })
})

describe('what must not leave', () => {
  const formats = {
    jpeg: jpegPlaces,
    png: pngPlaces,
    webp: webpPlaces,
    gif: gifPlaces
  } as const

  test.each(
    Object.entries(formats).flatMap(([format, places]) => Object.keys(places).map((place) => ({ format, place })))
  )('does not leave with a $format: $place', async ({ format, place }) => {
    const plain = await picture()
      .toFormat(format as 'jpeg')
      .toBuffer()
    const planted = (formats[format as 'jpeg'][place] ?? (() => plain))(plain, SECRET)
    if (place !== 'zTXt') expect(planted.includes(SECRET)).toBe(true)
    const { bytes, width } = await makeRendition(planted, words)
    expect(leaks(bytes)).toEqual([])
    expect([width, (await sharp(bytes, { failOn: 'error' }).stats()).channels.length > 0]).toEqual([48, true])
  })

  test('does not leave wherever and however often it was planted', async () => {
    const plain = {
      jpeg: await picture().jpeg().toBuffer(),
      progressive: await picture().jpeg({ progressive: true }).toBuffer(),
      png: await picture().png().toBuffer(),
      webp: await picture().webp().toBuffer(),
      gif: await picture().gif().toBuffer()
    }
    const places = { ...formats, progressive: jpegPlaces }
    const kind = fc.constantFrom(...(Object.keys(plain) as (keyof typeof plain)[]))
    await fc.assert(
      fc.asyncProperty(kind, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), async (format, picks) => {
        const all = Object.entries(places[format])
        // What is planted behind the end must come last, or the rest would lie behind it.
        const chosen = picks
          .flatMap((pick) => [all[pick % all.length] ?? []])
          .toSorted(([a = ''], [b = '']) => Number(a.startsWith('behind')) - Number(b.startsWith('behind')))
          .map(([, plant]) => plant)
        const planted = chosen.reduce<Buffer>((bytes, plant) => (plant ? plant(bytes, SECRET) : bytes), plain[format])
        const { bytes } = await makeRendition(planted, words)
        expect(leaks(bytes)).toEqual([])
        expect((await raw(bytes)).equals(await raw(plain[format]))).toBe(true)
      }),
      { numRuns: 120 }
    )
  })

  test('does not leave with an AVIF or a HEIC', async () => {
    const avif = await picture()
      .withExif({ IFD0: { Make: SECRET }, IFD3: { GPSLatitudeRef: 'N' } })
      .avif()
      .toBuffer()
    expect(avif.includes(SECRET)).toBe(true)
    expect(leaks((await makeRendition(avif, words)).bytes)).toEqual([])
    const heic = readFileSync(join(import.meta.dirname, '../../support/pictures/two-halves.heic'))
    expect(heic.includes('Galley Test Camera')).toBe(true)
    const { bytes, type, width, height } = await makeRendition(heic, words)
    expect([type, width, height, bytes.includes('Galley Test Camera')]).toEqual(['image/jpeg', 64, 48, false])
    expect(readPhotoMetadata(bytes)).toEqual(written)
    const { icc } = await sharp(bytes).metadata()
    expect(icc?.length).toBeGreaterThan(100)
    expect(icc && heic.includes(icc)).toBe(true)
    const pixels = await raw(bytes)
    const [left, right] = [pixels.subarray(0, 3), pixels.subarray(3 * 63, 3 * 64)]
    expect(left[0]).toBeGreaterThan(180)
    expect(right[2]).toBeGreaterThan(150)
  })
})

/** The secret as it stands, or in UTF-16, or packed. */
function leaks(bytes: Buffer): string[] {
  const forms = {
    plain: Buffer.from(SECRET),
    utf16: Buffer.from(SECRET, 'utf16le'),
    part: Buffer.from(SECRET.slice(0, 12))
  }
  return Object.entries(forms).flatMap(([name, form]) => (bytes.includes(form) ? [name] : []))
}
