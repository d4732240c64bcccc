import { expect, it } from 'vitest'
import type { Block } from '../../../src/shared/document/document.ts'
import { blockToText } from '../../../src/shared/document/to-text.ts'
import { compareStories } from '../../../src/shared/story/compare.ts'
import { copiesOf } from '../../../src/shared/story/copy-there.ts'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import type { Story } from '../../../src/shared/story/story.ts'

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const ours: Story = {
  id: '6f0c7a51-8a64-4b52-9c8e-3f3b1c7f0a11',
  revision: 3,
  status: 'updating',
  fields: {
    ...emptyFields(instantAt(0, 'America/New_York', 'clock')),
    headline: 'Bridge closes',
    standfirst: 'For a year.',
    byline: 'By Lea Sun',
    corrections: [{ at: '2026-11-30T12:00:00.000Z', text: 'An earlier version was wrong.', kind: 'correction' }]
  },
  body: {
    version: 1,
    blocks: [
      paragraph('a', 'The bridge  closes.'),
      {
        id: 'b',
        type: 'list',
        ordered: false,
        items: [
          { runs: [{ text: 'Cars' }], depth: 0 },
          { runs: [{ text: 'Trams' }], depth: 0 }
        ]
      },
      paragraph('c', 'Shopkeepers object.')
    ]
  },
  changedAt: '2026-11-30T12:00:00.000Z'
}
const told = [
  'For a year.',
  'By Lea Sun',
  'The bridge closes.',
  'Cars',
  'Trams',
  'Shopkeepers object.',
  'An earlier version was wrong.'
]
const textOf = (block: Block | null) => block && blockToText(block)
const compared = (headline: string, lines: readonly string[], hasByline = true) => {
  const copies = copiesOf(ours, { headline, text: lines.join('\n\n') }, hasByline)
  return compareStories(copies.there, copies.ours)
}

it('finds no difference where a CMS tells what it was sent, however it breaks the lines of a list', () => {
  expect(compared('Bridge closes', told).isEqual).toBe(true)
  expect(compared('Bridge closes', told.join('\n').replace('Cars\nTrams', 'Cars Trams').split('\n')).isEqual).toBe(true)
  const body = told.filter((line) => !/^By |^An earlier/.test(line))
  expect(compared('Bridge closes', body, false).isEqual).toBe(true)
})

it('shows what ours would take from the CMS, in headline and text, and what it would bring back', () => {
  const { fields, blocks } = compared('Bridge closed', [
    ...told.slice(0, 5),
    'Shop owners object.',
    'Added there.',
    told[6] ?? ''
  ])
  expect(fields).toMatchObject([
    { field: 'headline', words: [{ text: 'Bridge ' }, { kind: 'gone' }, { kind: 'new', text: 'closes' }] }
  ])
  const differ = blocks.filter(({ kind }) => kind !== 'same')
  expect(differ.map(({ kind, before, after }) => [kind, textOf(before), textOf(after)])).toEqual([
    ['changed', 'Shop owners object.', 'Shopkeepers object.'],
    ['gone', 'Added there.', null]
  ])
})
