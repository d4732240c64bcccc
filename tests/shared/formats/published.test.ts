import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import type { MediaAsset } from '../../../src/shared/contract/media.ts'
import { intentOf as ghostIntentOf } from '../../../src/main/core/publishing/targets/ghost/intent.ts'
import { openDriver } from '../../../src/main/core/publishing/targets/open/driver.ts'
import { payloadOf } from '../../../src/main/core/publishing/targets/payload.ts'
import { intentOf } from '../../../src/main/core/publishing/targets/wordpress/intent.ts'
import type { RemoteCopy } from '../../../src/main/core/publishing/targets/target.ts'

const MEDIA = 'a'.repeat(64)
const picture = (): MediaAsset =>
  ({ id: MEDIA, type: 'image/png', name: 'bridge.png', width: 60, height: 40, size: 9 }) as MediaAsset

/** One story with everything this build knows. */
const whole: Story = {
  id: '0190a1b2-0000-7000-8000-000000000001',
  revision: 1,
  status: 'approved',
  changedAt: '2026-11-29T10:00:00.000Z',
  fields: {
    ...emptyFields(instantAt(0, 'UTC', 'clock')),
    headline: 'Bridge opens',
    authors: [{ name: 'Ada Ortner' }],
    leadImage: { ...emptyImageUse(MEDIA), caption: 'The bridge', alt: 'A bridge' },
    mediaTopics: [{ code: '20000344', name: 'transport' }],
    related: [{ headline: 'Ferry', url: 'https://news.example/1' }],
    corrections: [{ at: '2026-11-29T10:00:00.000Z', text: 'It opens early.', kind: 'correction' }]
  },
  body: {
    version: 1,
    blocks: [
      {
        id: 'p',
        type: 'paragraph',
        runs: [
          { text: 'Read ', marks: ['bold'] },
          { text: 'on', link: { href: 'https://news.example/2', title: 'More', rel: 'sponsored' } }
        ]
      },
      { id: 'h', type: 'heading', level: 2, runs: [{ text: 'The vote' }] },
      { id: 'l', type: 'list', ordered: false, items: [{ runs: [{ text: 'Buses' }], depth: 0 }] },
      { id: 'i', type: 'image', image: { ...emptyImageUse(MEDIA), caption: 'At dawn' } },
      { id: 'q', type: 'attributed-quote', runs: [{ text: 'At last' }], speaker: 'The mayor' },
      {
        id: 't',
        type: 'table',
        headerRow: false,
        headerColumn: false,
        rows: [{ cells: [{ runs: [{ text: 'North pier' }] }] }]
      }
    ] as Story['body']['blocks']
  }
}

/** Every object within the fields and the body, by its path. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, one]) =>
    places(one, [...path, Array.isArray(value) ? Number(key) : key])
  )
  // What is not kept in a library cannot get out of one.
  const isStrict = path.at(-1) === 'focalPoint'
  return Array.isArray(value) || isStrict ? inner : [path, ...inner]
}

function withKey(
  value: unknown,
  [first, ...rest]: readonly (string | number)[],
  key: string,
  secret: unknown
): unknown {
  if (first === undefined) return { ...(value as object), [key]: secret }
  if (Array.isArray(value))
    return value.map((one, at) => (at === first ? withKey(one, rest, key, secret) : (one as unknown)))
  const record = value as Record<string, unknown>
  return { ...record, [first]: withKey(record[first], rest, key, secret) }
}

const copy = { fields: whole.fields, body: whole.body }
const everywhere = places(copy).filter((path) => path.length > 0)
const SECRET = 'Seen by nobody here'
const newer = fc.subarray(everywhere, { minLength: 1 }).map(
  (paths) =>
    ({
      ...whole,
      ...(paths.reduce<unknown>((story, path) => withKey(story, path, 'x-newer', { note: SECRET }), copy) as object)
    }) as Story
)

const context = { settings: { status: 'publish', authors: {} }, picture } as unknown as Parameters<typeof intentOf>[1]
const open = { url: 'https://cms.example', siteUrl: '', picture }
const kinds: Record<string, (story: Story) => string> = {
  'open endpoint': (story) => payloadOf(story, { ...open, format: 'galley' }).text,
  'open endpoint, ninjs': (story) => payloadOf(story, { ...open, format: 'ninjs' }).text,
  wordpress: (story) => intentOf(story, context).text,
  ghost: (story) => ghostIntentOf(story, { ...context, settings: { status: 'published', authors: {} } }).text
}

describe('what a later build wrote into what this build knows', () => {
  it.each(Object.keys(kinds))('is not published, and changes nothing of the rest: %s', (kind) => {
    fc.assert(
      fc.property(newer, (story) => {
        expect(kinds[kind]?.(story)).toBe(kinds[kind]?.(whole))
      })
    )
    expect(kinds[kind]?.(whole)).not.toContain(SECRET)
  })

  it('is whole in the file of the desk’s own', () => {
    fc.assert(
      fc.property(newer, (story) => {
        expect(JSON.parse(toGalleyJson(story, []))).toMatchObject({ story: { fields: story.fields, body: story.body } })
      })
    )
  })

  it.each(Object.keys(kinds))('a mark of a later build is not published either: %s', (kind) => {
    const paragraph = { id: 'p', type: 'paragraph', runs: [{ text: 'Read ', marks: ['x-secret', 'bold'] }] }
    const story = { ...whole, body: { version: 1 as const, blocks: [paragraph] } } as Story
    expect(kinds[kind]?.(story)).toContain('Read ')
    expect(kinds[kind]?.(story)).not.toContain('x-secret')
  })

  it.each(Object.keys(kinds))('how a link is meant goes with it: %s', (kind) => {
    expect(kinds[kind]?.(whole)).toContain('sponsored')
  })

  it.each(['wordpress', 'ghost', 'open endpoint, ninjs'])(
    'the name of a block of another build is not published: %s',
    (kind) => {
      const video = { id: 'v', type: 'x-video', title: 'The pier at dusk' }
      const text = kinds[kind]?.({ ...whole, body: { version: 1, blocks: [video] } } as Story)
      expect(text).toContain('The pier at dusk')
      expect(text).not.toMatch(/x-video|galley-type/)
    }
  )
})

describe('what an open endpoint has of a story with more than it was sent', () => {
  const there = (text: string, story: Story, sent: string | null = null) =>
    openDriver.copyThere({ content: JSON.parse(text) as unknown } as RemoteCopy, story, undefined as never, sent)

  it('is the story as it is here, where nothing was changed there', () => {
    fc.assert(
      fc.property(newer, (story) => {
        const read = there(kinds['open endpoint']?.(story) ?? '', story)
        expect(read).toMatchObject({ fields: {} })
        expect(Object.keys(read?.fields ?? {})).toEqual([])
        expect(read?.body).toEqual({ blocks: story.body.blocks })
      })
    )
  })

  it('keeps what had not left, where the rest of a field or block was changed there', () => {
    const more = ([...path]: (string | number)[], story: typeof copy) =>
      withKey(story, path, 'x-newer', SECRET) as typeof copy
    const story = {
      ...whole,
      ...more(
        ['fields', 'leadImage'],
        more(['body', 'blocks', 3, 'image'], more(['body', 'blocks', 2, 'items', 0], copy))
      )
    }
    const text = payloadOf(story, { ...open, format: 'galley' }).text
    const read = there(
      text
        .replace('The bridge', 'The new bridge')
        .replace('At dawn', 'At dusk')
        .replace('"ordered":false', '"ordered":true'),
      story
    )
    expect(read?.fields.leadImage).toEqual({ ...story.fields.leadImage, caption: 'The new bridge' })
    const blocks = read && 'blocks' in read.body ? read.body.blocks : []
    expect(blocks[3]).toEqual({
      ...story.body.blocks[3],
      image: { ...emptyImageUse(MEDIA), caption: 'At dusk', 'x-newer': SECRET }
    })
    expect(blocks[2]).toEqual({ ...story.body.blocks[2], ordered: true })
  })

  it('keeps what had not left of corrections, beside one that was changed there', () => {
    const [first] = whole.fields.corrections
    const corrections = [
      { ...first, text: 'It opens early.', reason: 'Caller', 'x-newer': SECRET },
      { ...first, at: '2026-11-29T11:00:00.000Z', text: 'It opens at noon.', 'x-newer': SECRET }
    ] as Story['fields']['corrections']
    const story = { ...whole, fields: { ...whole.fields, corrections } }
    const text = payloadOf(story, { ...open, format: 'galley' }).text
    expect(there(text.replace('at noon', 'at one'), story)?.fields).toEqual({
      corrections: [corrections[0], { ...corrections[1], text: 'It opens at one.' }]
    })
  })

  it('is no change made there, where an earlier build sent a block that it did not know as its words', () => {
    // As an earlier build left it, which knew no tables and no speaker.
    const earlier = {
      ...whole,
      body: {
        version: 1 as const,
        blocks: whole.body.blocks.map((block) =>
          block.type === 'table' || block.type === 'attributed-quote'
            ? { id: block.id, type: 'paragraph', runs: [{ text: 'Words, as that build put them.' }] }
            : block
        )
      }
    } as Story
    const sent = payloadOf(earlier, { ...open, format: 'galley' }).text
    expect(there(sent, whole, sent)?.body).toEqual({ blocks: whole.body.blocks })
    const changed = there(sent.replace('as that build', 'as the site'), whole, sent)
    const blocks = changed && 'blocks' in changed.body ? changed.body.blocks : []
    expect(blocks.filter((block, at) => block !== whole.body.blocks[at])).toEqual([
      { id: 'q', type: 'paragraph', runs: [{ text: 'Words, as the site put them.' }] }
    ])
  })
})
