import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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
