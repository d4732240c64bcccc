import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RelatedStory } from '../../../src/shared/story/fields.ts'
import {
  galleyStoryJsonSchema,
  readGalleyJson,
  GALLEY_STORY_VERSION,
  toGalleyJson,
  type GalleyMedia
} from '../../../src/shared/formats/galley-json.ts'
import { arbitraryStory } from './arbitrary-article.ts'
import { goldenStories } from '../../golden/golden.ts'

const media: GalleyMedia[] = [
  {
    id: 'a3'.repeat(32),
    type: 'image/png',
    name: 'a.png',
    width: 1,
    height: 1,
    size: 3,
    bytes: 'AAEC',
    later: { kept: true }
  }
]
const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats(ajv)
ajv.addFormat('base64', /^[A-Za-z0-9+/]*={0,2}$/)
const fits = ajv.compile(galleyStoryJsonSchema())

describe('Galley JSON', () => {
  test('is lossless for any story', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        const text = toGalleyJson(story, media)
        const read = readGalleyJson(JSON.parse(text))
        expect(read.story).toEqual(story)
        expect(read.media).toEqual(media)
        expect(toGalleyJson(read.story, read.media)).toBe(text)
      }),
      { numRuns: 150 }
    )
  })

  test('is the same bytes in whatever order the story was put together', () => {
    for (const { name, story } of goldenStories()) {
      if (name !== 'every-block') expect(toGalleyJson(backwards(story), [])).toBe(toGalleyJson(story, []))
    }
  })

  test('keeps the order of what it does not know, which may be the order to read it in', () => {
    const every = goldenStories().find(({ name }) => name === 'every-block')
    const block = every?.story.body.blocks.find(({ id }) => id === 'u2')
    const read = readGalleyJson(JSON.parse(every?.text ?? '')).story.body.blocks.find(({ id }) => id === 'u2')
    expect(JSON.stringify(read)).toBe(JSON.stringify(block))
    expect(Object.keys(read ?? {})).toEqual(['id', 'type', 'title', 'rows', 'inner', 'url'])
  })

  test('fits its published schema', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        expect(fits(JSON.parse(toGalleyJson(story, media))), JSON.stringify(fits.errors)).toBe(true)
      }),
      { numRuns: 100 }
    )
    for (const { story, media: pictures } of goldenStories())
      expect(fits(JSON.parse(toGalleyJson(story, pictures))), JSON.stringify(fits.errors)).toBe(true)
  })

  test('the schema refuses what is no story', () => {
    const story = written() as { version: number; story: { body: object; fields: { urgency: unknown } } }
    expect(fits(story), JSON.stringify(fits.errors)).toBe(true)
    expect(fits({ ...story, version: GALLEY_STORY_VERSION + 1 })).toBe(false)
    expect(fits({ ...story, story: { ...story.story, fields: { ...story.story.fields, urgency: '3' } } })).toBe(false)
    expect(
      fits({ ...story, story: { ...story.story, body: { version: 1, blocks: [{ type: 'paragraph', runs: [] }] } } })
    ).toBe(false)
  })

  test('a later version and a damaged file are refused in words', () => {
    const story = written() as { story: { body: object } }
    expect(() => readGalleyJson({ ...story, version: GALLEY_STORY_VERSION + 1 })).toThrow('newer Galley')
    expect(() =>
      readGalleyJson({ ...story, story: { ...story.story, body: { ...story.story.body, version: 9 } } })
    ).toThrow('newer Galley')
    expect(() => readGalleyJson({ format: 'galley-story', version: 1 })).toThrow('does not fit the format')
    expect(() => readGalleyJson({ ...story, story: { ...story.story, revision: -1 } })).toThrow(
      'does not fit the format'
    )
  })
})

/** The first golden story as this build writes it. */
function written(): unknown {
  const [golden] = goldenStories()
  if (!golden) throw new Error('No golden story')
  return JSON.parse(toGalleyJson(golden.story, golden.media))
}

function backwards<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(backwards) as T
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, backwards(inner)])
  ) as T
}

describe('what import refuses, the published schema refuses too', () => {
  const ADDRESSES = {
    refused: [
      'http:a.example',
      'http:/a.example',
      'http:\\\\a.example',
      'http:\t//a.example',
      'http:// a',
      'http://a b',
      'http://user@',
      'http://:80',
      'http://[',
      'http://[a.example]',
      'http://%20',
      'http://a%00',
      'http://a:b',
      'http://a<b',
      'http://?q',
      'http:///',
      'ftp://a.example'
    ],
    taken: [
      ' http://a.example',
      '\thttp://a.example \n',
      '\ufeffhttp://a.example',
      'HTTPS://a.example:8080',
      'https://user:word@a.example?q="1"',
      'http://[::1]/a b#c',
      'http://例え.example/ä',
      'http://%61.example',
      'http:///a.example'
    ]
  }

  const golden = goldenStories().find(({ name }) => name === 'every-block')
  const paragraph = { id: 'p', type: 'paragraph', runs: [{ text: 'x' }] }
  const link = (href: string): unknown => [{ text: 'x', link: { href } }]
  const author = (url: string): unknown => ({ authors: [{ name: 'A', url }] })
  const related = (url: string): unknown => ({ related: [{ headline: 'H', url }] })
  const zone = (name: string): unknown => ({
    times: { ...golden?.story.fields.times, embargo: { utc: '2026-01-01T00:00:00.000Z', zone: name, origin: 'typed' } }
  })
  const file = (fields: unknown, blocks: readonly unknown[]): unknown => {
    const json = JSON.parse(toGalleyJson(golden?.story as never, [])) as { story: { fields: object; body: object } }
    Object.assign(json.story.fields, fields)
    Object.assign(json.story.body, { blocks })
    return json
  }

  test.each([
    ['a link that runs a script', {}, [{ ...paragraph, runs: link('javascript:alert(1)') }]],
    ['a link that runs a script, in capitals', {}, [{ ...paragraph, runs: link('JavaScript:alert(1)') }]],
    ['a link to a file', {}, [{ ...paragraph, runs: link('file:///etc/passwd') }]],
    ['an author at an address that runs a script', author('javascript:alert(1)'), [paragraph]],
    ['a heading of the first level', {}, [{ ...paragraph, type: 'heading', level: 1 }]],
    ['runs that are no list', {}, [{ ...paragraph, runs: 'x' }]],
    ['a list without items', {}, [{ id: 'l', type: 'list', ordered: false, items: [] }]],
    ['a block that is there twice', {}, [paragraph, { ...paragraph }]],
    ['a zone that does not exist', zone('Mars/Olympus'), [paragraph]],
    ['an offset of more than a day', zone('+25:00'), [paragraph]],
    ['an author at an address without a host', author('http://'), [paragraph]],
    ...ADDRESSES.refused.flatMap((url): [string, unknown, unknown[]][] => [
      [`an author at ${JSON.stringify(url)}`, author(url), [paragraph]],
      [`a story at ${JSON.stringify(url)}`, related(url), [paragraph]]
    ])
  ])('%s', (_name, fields, blocks) => {
    expect(fits(file(fields, blocks))).toBe(false)
    expect(() => readGalleyJson(file(fields, blocks))).toThrow('does not fit the format')
  })

  test.each([
    [
      'web, mail and phone links',
      {},
      ['HTTPS://x.example/ä?q="1"', 'mailto:a@b.example', 'tel:+1'].map((href, n) => ({
        ...paragraph,
        id: `p${n}`,
        runs: link(href)
      }))
    ],
    ['an author with a page', author('https://x.example/a'), [paragraph]],
    ...ADDRESSES.taken.flatMap((url): [string, unknown, unknown[]][] => [
      [`an author at ${JSON.stringify(url)}`, author(url), [paragraph]],
      [`a story at ${JSON.stringify(url)}`, related(url), [paragraph]]
    ]),
    ['zones of every kind', zone('America/Argentina/Buenos_Aires'), [paragraph]],
    ['an offset for a zone', zone('+05:30'), [paragraph]],
    ['a block of a later build', {}, [{ id: 'x', type: 'x-map', runs: 'any', items: [] }]]
  ])('and takes %s', (_name, fields, blocks) => {
    expect(fits(file(fields, blocks)), JSON.stringify(fits.errors)).toBe(true)
    expect(() => readGalleyJson(file(fields, blocks))).not.toThrow()
  })

  // Without bare figures and brackets: whether an IP address can be one is not for a pattern to say.
  test('and says the same of every other web address', () => {
    const piece = fc.oneof(
      fc.constantFrom('x', 'y.z', '//', '%61', '%20', '[::1]', ':80', 'ä', 'http'),
      fc.constantFrom(...'.:/\\@?#%<>"|^`-_(*,;=')
    )
    const outer = fc.constantFrom('', ' ', '\n')
    const start = fc.constantFrom('http://', 'HTTPS://', 'http:', 'ftp://', '')
    const address = fc
      .tuple(outer, start, fc.array(piece, { maxLength: 6 }), outer)
      .map(([before, scheme, pieces, after]) => before + scheme + pieces.join('') + after)
    const { url } = RelatedStory.shape
    const pattern = new RegExp(String(z.toJSONSchema(url, { io: 'input' }).pattern), 'u')
    fc.assert(
      fc.property(address, (text) => {
        expect(pattern.test(text)).toBe(url.safeParse(text).success)
      }),
      { numRuns: 3000 }
    )
  })
})
