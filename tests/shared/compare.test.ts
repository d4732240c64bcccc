import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBodies } from '../../src/shared/document/diff/compare-bodies.ts'
import { diffWords, type WordChange } from '../../src/shared/document/diff/words.ts'
import type { Block } from '../../src/shared/document/document.ts'
import { compareStories } from '../../src/shared/story/compare.ts'
import { emptyFields } from '../../src/shared/story/fields.ts'
import type { Story } from '../../src/shared/story/story.ts'
import { arbitraryBody } from '../support/arbitrary-story.ts'
import { arbitraryStory } from './formats/arbitrary-article.ts'

const side = (words: readonly WordChange[], kind: 'gone' | 'new'): string =>
  words
    .filter((one) => one.kind !== (kind === 'gone' ? 'new' : 'gone'))
    .map(({ text }) => text)
    .join('')
const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const shape = (before: readonly Block[], after: readonly Block[]): string[] =>
  compareBodies(before, after).map(
    ({ kind, moved, before: old, after: now }) => `${kind}${moved ? ' moved' : ''} ${old?.id ?? '-'} ${now?.id ?? '-'}`
  )

describe('two texts', () => {
  it('are both there, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.lorem({ maxCount: 30 }), fc.string(), fc.constant('東京で新しい橋')),
        fc.oneof(fc.lorem({ maxCount: 30 }), fc.string(), fc.constant('東京で古い橋')),
        (before, after) => {
          const words = diffWords(before, after)
          expect([side(words, 'gone'), side(words, 'new')]).toEqual([before, after])
        }
      )
    )
  })

  it('differ by their words', () => {
    expect(diffWords('The council voted on Monday.', 'The council voted on Tuesday.')).toEqual([
      { kind: 'same', text: 'The council voted on ' },
      { kind: 'gone', text: 'Monday' },
      { kind: 'new', text: 'Tuesday' },
      { kind: 'same', text: '.' }
    ])
    expect(diffWords('It paid 1.2 million at 09:30, at last.', 'It paid 2.1 million at 09:45, at last.')).toEqual([
      { kind: 'same', text: 'It paid ' },
      { kind: 'gone', text: '1.2' },
      { kind: 'new', text: '2.1' },
      { kind: 'same', text: ' million at ' },
      { kind: 'gone', text: '09:30' },
      { kind: 'new', text: '09:45' },
      { kind: 'same', text: ', at last.' }
    ])
    expect(
      diffWords('東京で新しい橋', '東京で古い橋')
        .filter(({ kind }) => kind === 'same')
        .map(({ text }) => text)
    ).toContain('東京で')
  })
})

describe('two bodies', () => {
  it('show each block once: changed, moved, new, and gone where it stood', () => {
    const before = [paragraph('a', 'One'), paragraph('b', 'Two'), paragraph('c', 'Three'), paragraph('d', 'Four')]
    const after = [
      paragraph('a', 'One'),
      paragraph('d', 'Four'),
      paragraph('c', 'Three, changed'),
      paragraph('e', 'Five')
    ]
    expect(shape(before, after)).toEqual(['same a a', 'gone b -', 'same d d', 'changed moved c c', 'new - e'])
  })

  it('of two stories that share no block are matched by their words', () => {
    const before = [paragraph('a', 'One'), paragraph('b', 'Two'), paragraph('c', 'Three')]
    const after = [paragraph('x', 'One'), paragraph('y', 'Two, changed'), paragraph('z', 'Three')]
    expect(shape(before, after)).toEqual(['same a x', 'changed b y', 'same c z'])
  })

  it('a change of style alone says so', () => {
    const [change] = compareBodies(
      [paragraph('a', 'One')],
      [{ id: 'a', type: 'heading', level: 2, runs: [{ text: 'One' }] }]
    )
    expect(change).toMatchObject({ kind: 'changed', formatOnly: true, words: [{ kind: 'same', text: 'One' }] })
  })

  it('hold every block of both, whatever they are', () => {
    fc.assert(
      fc.property(arbitraryBody(), arbitraryBody(), ({ blocks: before }, { blocks: after }) => {
        const changes = compareBodies(before, after)
        expect(changes.flatMap((change) => change.after ?? [])).toEqual(after)
        expect(new Set(changes.flatMap((change) => change.before ?? []))).toEqual(new Set(before))
      })
    )
  })
})

describe('two stories', () => {
  const created = { utc: '2026-01-01T00:00:00.000Z', zone: 'UTC', origin: 'clock' as const }
  const story: Story = {
    id: '01980000-0000-7000-8000-0000000000aa',
    revision: 1,
    status: 'draft',
    changedAt: created.utc,
    fields: { ...emptyFields(created), headline: 'Bridge closes' },
    body: { version: 1, blocks: [paragraph('a', 'One')] }
  }

  it('that are equal say so, whatever is in them', () => {
    fc.assert(
      fc.property(arbitraryStory, (one) => {
        expect(compareStories(one, structuredClone(one))).toMatchObject({ fields: [], isEqual: true })
      }),
      { numRuns: 50 }
    )
  })

  it('differ in every field that can differ, the instants as instants and the picture as a picture', () => {
    const embargo = { utc: '2027-01-02T05:00:00.000Z', zone: 'Europe/London', origin: 'typed' as const }
    const leadImage = { mediaId: 'a'.repeat(64), caption: 'C', credit: '', alt: '', focalPoint: null }
    const after: Story = {
      ...story,
      fields: {
        ...story.fields,
        headline: 'Bridge opens',
        keywords: ['bridge'],
        leadImage,
        urgency: 3,
        times: { ...story.fields.times, embargo }
      }
    }
    const { fields, isEqual } = compareStories(story, after)
    expect(isEqual).toBe(false)
    expect(fields).toEqual([
      { kind: 'words', field: 'headline', words: diffWords('Bridge closes', 'Bridge opens') },
      { kind: 'words', field: 'keywords', words: [{ kind: 'new', text: 'bridge' }] },
      { kind: 'words', field: 'urgency', words: diffWords('5', '3') },
      { kind: 'picture', before: null, after: leadImage },
      { kind: 'instant', field: 'embargo', before: null, after: embargo }
    ])
  })
})
