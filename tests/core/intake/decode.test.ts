import { describe, expect, it } from 'vitest'
import { decode, MAX_INTAKE_BYTES } from '../../../src/main/core/intake/decode.ts'
import { GalleyError } from '../../../src/shared/rpc/errors.ts'
import { review } from './support.ts'

const arabic = 'استقبل الميناء القديم يوم الثلاثاء أول سفينة شحن منذ إغلاقه قبل عامين'
const western = 'Le café de la gare a rouvert après l’été, «enfin», dit-on à Besançon — très tôt.'

/** Encodes through the decoder's own table, so that any code page can be written. */
function encodeAs(encoding: string, text: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(new Uint8Array([byte])), byte] as const)
  )
  return new Uint8Array([...text].map((character) => table.get(character) ?? 63))
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian)
  return new Uint8Array(view.buffer)
}

function refusal(bytes: Uint8Array, name = 'page'): GalleyError {
  try {
    review(bytes, { name })
  } catch (error) {
    if (error instanceof GalleyError) return error
    throw error
  }
  throw new Error('it was taken in')
}

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('letters', () => {
  it('come out of every encoding pages are kept in', () => {
    const read = (bytes: Uint8Array, type?: string) => {
      const { text, encoding, doubt } = decode(bytes, 'page', type)
      return [text, encoding, doubt === null ? 'sure' : 'doubt']
    }
    expect(read(new TextEncoder().encode(arabic))).toEqual([arabic, 'utf-8', 'sure'])
    expect(read(new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(arabic)]))).toEqual([
      arabic,
      'utf-8',
      'sure'
    ])
    expect(read(utf16(`\ufeff${arabic}`, true))).toEqual([arabic, 'utf-16le', 'sure'])
    expect(read(utf16(`\ufeff${arabic}`, false))).toEqual([arabic, 'utf-16be', 'sure'])
    for (const text of [arabic, western, 'A plain line of text.\nAnd another.']) {
      expect(read(utf16(text, true))).toEqual([text, 'utf-16le', 'sure'])
      expect(read(utf16(text, false))).toEqual([text, 'utf-16be', 'sure'])
    }
    expect(read(encodeAs('windows-1256', arabic))).toEqual([arabic, 'windows-1256', 'doubt'])
    expect(read(encodeAs('windows-1252', western))).toEqual([western, 'windows-1252', 'doubt'])
    expect(read(encodeAs('windows-1251', 'Старый порт принял первый корабль после ремонта'))).toEqual([
      'Старый порт принял первый корабль после ремонта',
      'windows-1251',
      'doubt'
    ])
    expect(read(encodeAs('windows-1251', 'Порт'), 'text/plain; charset=windows-1251')).toEqual([
      'Порт',
      'windows-1251',
      'sure'
    ])
    const page = `<html><head><meta charset="windows-1256"></head><body><p>${arabic}</p></body></html>`
    expect(read(encodeAs('windows-1256', page))).toEqual([page, 'windows-1256', 'sure'])
  })

  it('of a page cut off inside a letter are read, and the damage is named', () => {
    const { text, encoding, doubt } = decode(new TextEncoder().encode(arabic).subarray(0, -1), 'page')
    expect([text.slice(0, -1), encoding]).toEqual([arabic.slice(0, -1), 'utf-8'])
    expect(doubt?.key).toBe('intakeWarning.damagedLetters')
  })

  it('read with a doubt leave a warning in the review', () => {
    const found = review(encodeAs('windows-1252', `Le café rouvre\n\n${western}`))
    expect(found.encoding).toBe('windows-1252')
    expect(found.warnings.map(({ code }) => code)).toContain('encoding')
  })
})

describe('what cannot be taken in', () => {
  const table: readonly (readonly [name: string, bytes: Uint8Array, code: string, message: string])[] = [
    ['a PNG', ascii('\x89PNG\r\n\x1a\n\0\0\0'), 'unsupported', 'That is a PNG picture, not a page of text.'],
    [
      'a JPEG called .txt',
      ascii('\xff\xd8\xff\xe0\0\x10JFIF'),
      'unsupported',
      'That is a JPEG picture, not a page of text.'
    ],
    ['a PDF', ascii('%PDF-1.7\n%\xe2\xe3'), 'unsupported', 'That is a PDF, not a page of text.'],
    [
      'a Word document',
      ascii(`PK\x03\x04${'\0'.repeat(30)}[Content_Types].xml${'\0'.repeat(30)}word/document.xml`),
      'unsupported',
      'That is a Word document, not a page of text.'
    ],
    ['a zip', ascii('PK\x03\x04\0\0page.html'), 'unsupported', 'That is a zip archive, not a page of text.'],
    [
      'an old Word document',
      ascii('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
      'unsupported',
      'That is an old Word, Excel or Outlook document, not a page of text.'
    ],
    ['RTF', ascii('{\\rtf1\\ansi hello}'), 'unsupported', 'That is a rich text (RTF) document, not a page of text.'],
    [
      'MHTML',
      ascii('From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n'),
      'unsupported',
      'That is a web page in one file (MHTML), not a page of text.'
    ],
    [
      'noise',
      Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3)) & 0xff),
      'unsupported',
      'That is a file that holds no readable text, not a page of text.'
    ],
    ['zeros', new Uint8Array(4000), 'unsupported', 'That is a file that holds no readable text, not a page of text.'],
    ['nothing', new Uint8Array(), 'invalid_input', 'There is no text in that file.'],
    ['spaces', ascii(' \r\n\t\n '), 'invalid_input', 'There is no text in that file.'],
    ['50 MB', new Uint8Array(50 * 1024 * 1024), 'too_large', 'That file is 50 MB; Galley reads pages of up to 20 MB.']
  ]
  for (const [name, bytes, code, message] of table) {
    it(name, () => {
      const error = refusal(bytes)
      expect([error.code, error.message]).toEqual([code, message])
      expect(error.next).toMatch(/\w{3,}.*\.$/)
    })
  }

  it('one byte over the limit is refused and the limit itself is not', () => {
    expect(refusal(new Uint8Array(MAX_INTAKE_BYTES + 1).fill(65)).code).toBe('too_large')
    expect(decode(new Uint8Array(MAX_INTAKE_BYTES).fill(65), 'page').text).toHaveLength(MAX_INTAKE_BYTES)
  })

  it('a story in JSON is sent to “Open…”, told apart for the program', () => {
    const error = refusal(ascii('{"format":"galley-story","version":1}'))
    expect([error.code, error.detail]).toEqual(['unsupported', { json: true }])
    expect(review('{"Quote" it begins, and it is a page.}').format).toBe('text')
  })

  it('a time zone nobody knows is refused', () => {
    expect(() => review('A line', { zone: 'Mars/Olympus' })).toThrow(
      '“Mars/Olympus” is not a time zone this machine knows.'
    )
  })
})
