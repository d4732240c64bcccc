import fc from 'fast-check'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  freeName,
  inside,
  MAX_NAME_BYTES,
  numberedNames,
  numberedStem,
  safeName,
  safeStem
} from '../../../src/main/core/files/safe-name.ts'

const hostile = [
  '',
  ' ',
  '.',
  '..',
  '...',
  '../../etc/passwd',
  '..\\..\\windows\\system32',
  '/absolute',
  'C:\\file',
  'file:stream',
  'CON',
  'con',
  'Nul.',
  'aux .',
  'COM1',
  'LPT9.txt',
  'COM¹',
  'PRN/..',
  '-rf',
  '--help',
  '~root',
  '.htaccess',
  'a\u0000b',
  'line\nbreak\r\n',
  '\u202Egnp.exe',
  '\u2066isolate\u2069',
  '\u200B',
  '\uFEFF',
  '\uD800',
  '\uDC00x',
  '"quoted" <tag> |pipe?*',
  'trailing. . .',
  'x'.repeat(5000),
  'ع'.repeat(500),
  '👩‍👩‍👧‍👦'.repeat(60),
  `a${'\u0301'.repeat(3000)}`,
  '\u115F\u3164',
  '\u0301',
  'e\u0301',
  '%2e%2e%2f',
  'CONIN$',
  'clock$.x'
]

const names = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      '.',
      ' ',
      '/',
      '\\',
      ':',
      'C',
      'O',
      'N',
      '1',
      '\u202E',
      '\u0301',
      'é',
      '字',
      '-',
      '\uD83D',
      '👩',
      '\u200D',
      '<',
      '\u0338'
    ),
    maxLength: 200
  })
)

function expectPortable(name: string): void {
  expect(name).not.toBe('')
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(MAX_NAME_BYTES)
  expect(name).toBe(name.normalize('NFC'))
  expect(name).toBe(name.toWellFormed())
  expect(name).not.toMatch(/[<>:"/\\|?*]/)
  expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  expect(name).not.toMatch(/^[.\-~\s]|[.\s]$/)
  expect((name.split('.')[0] ?? '').trim()).not.toMatch(
    /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i
  )
  expect(resolve('/folder', name)).toBe(`${sep}folder${sep}${name}`)
}

describe('safeName', () => {
  test('leaves an ordinary headline readable', () => {
    expect(safeName('Putin tells Abbas ‘concerned’ about civilian toll', 'html')).toBe(
      'Putin tells Abbas ‘concerned’ about civilian toll.html'
    )
    expect(safeName('بوتين يعرب عن قلقه', 'galley.json')).toBe('بوتين يعرب عن قلقه.galley.json')
    expect(safeName('Oil: what now? 24/7 "talks"', 'html')).toBe('Oil what now 24-7 talks.html')
    expect(safeName('Café', 'txt')).toBe(safeName('Cafe\u0301', 'txt'))
  })

  test('has a name for every headline, however hostile', () => {
    expect(safeName('', 'html')).toBe('Untitled story.html')
    expect(safeName('CON', 'html')).toBe('_CON.html')
    expect(safeName('nul.tar', 'html')).toBe('_nul.tar.html')
    expect(safeName('../../etc/passwd', 'html')).toBe('etc-passwd.html')
    expect(safeName('\u202Egnp.exe', 'html')).toBe('gnp.exe.html')
    for (const text of hostile) expectPortable(safeName(text, 'html'))
  })

  test('is portable and repeatable for any text', () => {
    fc.assert(
      fc.property(names, fc.constantFrom('html', 'txt', 'galley.json', 'jpg'), (text, extension) => {
        const name = safeName(text, extension)
        expectPortable(name)
        expect(name.endsWith(`.${extension}`)).toBe(true)
        expect(safeName(text, extension)).toBe(name)
        expectPortable(safeStem(text))
        expect(Buffer.byteLength(safeStem(text, 40))).toBeLessThanOrEqual(40)
      }),
      { numRuns: 2000 }
    )
  })

  test('really can be written, each beside the others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'galley-names-'))
    try {
      const written = new Set(hostile.map((text) => safeName(text, 'html')))
      for (const name of written) await writeFile(inside(folder, name), '')
      expect((await readdir(folder)).map((name) => name.normalize('NFC')).sort()).toEqual([...written].sort())
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('refuses an extension that is none', () => {
    expect(() => safeName('x', '../html')).toThrow('Not a file extension')
  })
})

describe('numbered names', () => {
  test('count from two, before the extension', () => {
    expect([...numberedNames('a.galley.json').take(3)]).toEqual([
      'a.galley.json',
      'a (2).galley.json',
      'a (3).galley.json'
    ])
    expect(numberedStem('folder', 12)).toBe('folder (12)')
  })

  test('stay portable at any length and number', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 2, max: 900_000 }), (text, number) => {
        const { value } = numberedNames(safeName(text, 'html'), number).next()
        expectPortable(String(value))
        expect(String(value)).toContain(` (${number}).html`)
      })
    )
  })

  test('freeName passes over what is taken', async () => {
    const taken = new Set(['a.html', 'a (2).html'])
    expect(await freeName('a.html', (name) => taken.has(name))).toBe('a (3).html')
    expect(await freeName('b.html', (name) => taken.has(name))).toBe('b.html')
  })
})

test('inside never answers a path outside', () => {
  expect(inside('/folder', 'a', 'b.html')).toBe(resolve('/folder/a/b.html'))
  for (const way of ['..', '../x', '/../x', 'a/../..', '.', ''])
    expect(() => inside('/folder', way)).toThrow('leads out')
})
