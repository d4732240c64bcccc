import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Block } from '../../../src/shared/document/document.ts'
import { htmlPage } from '../../../src/shared/formats/html-page.ts'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { goldenSite } from '../../golden/golden.ts'
import { review } from './support.ts'

const options = { site: goldenSite, picture: () => undefined }
const words = fc.constantFrom('The lamp burns', 'قال المتحدث', '東京で', '<b>&amp;', 'a “quote”: 7–2', 'x\ny')
const runs = fc
  .tuple(words, fc.option(words))
  .map(([one, two]) => [{ text: one }, ...(two === null ? [] : [{ text: two, marks: ['bold' as const] }])])
const set = { dir: fc.constantFrom('ltr' as const, 'rtl' as const), lang: fc.constantFrom('en', 'ar') }
const of = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...shape, ...set }, { requiredKeys: Object.keys(shape) as never })
const is = (type: string) => ({ type: fc.constant(type) })
const block = fc.oneof(
  of({ ...is('paragraph'), runs }),
  of({ ...is('heading'), level: fc.constantFrom(2, 3, 4), runs }),
  of({ ...is('quote'), runs }),
  of({ ...is('attributed-quote'), runs, speaker: fc.constantFrom('The mayor', 'رئيسة البلدية') }),
  of({ ...is('pull-quote'), runs }),
  fc.record(is('divider')),
  of({
    ...is('list'),
    ordered: fc.boolean(),
    items: fc
      .array(runs, { minLength: 1, maxLength: 4 })
      .map((items) => items.map((one, n) => ({ runs: one, depth: n % 3 })))
  }),
  of({
    ...is('table'),
    headerRow: fc.boolean(),
    headerColumn: fc.boolean(),
    rows: fc
      .array(fc.tuple(runs, runs), { minLength: 2, maxLength: 3 })
      .map((rows) => rows.map((cells) => ({ cells: cells.map((one) => ({ runs: one })) })))
  }),
  // Of another build: its words are shown, and all it holds is kept.
  of({
    ...is('x-fact-box'),
    title: words,
    rows: fc.array(fc.record({ label: words, value: fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)) })),
    url: fc.constantFrom('https://port.example/a?b="c"', ''),
    runs
  }),
  fc.record({ ...is('x-map'), zoom: fc.integer(), html: fc.constantFrom('<b>Pier</b>', '') })
) as unknown as fc.Arbitrary<Block>
const bare = (blocks: readonly Block[]): unknown[] => blocks.map(({ id: _id, ...rest }) => rest)

it('a body of any blocks comes back from its own page as it was', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (made) => {
      const blocks = made.map((one, n) => ({ ...one, id: `b${String(n)}` }))
      const story: Story = {
        id: '0190a1b2-0000-7000-8000-000000000019',
        revision: 1,
        status: 'draft',
        changedAt: '2026-11-29T10:00:00.000Z',
        fields: { ...emptyFields(instantAt(0, 'UTC', 'clock'), 'en'), headline: 'The lamp burns again' },
        body: { version: 1, blocks }
      }
      expect(bare(review(htmlPage(story, options), { name: 'story.html' }).body.blocks)).toEqual(bare(blocks))
    }),
    { numRuns: 40 }
  )
})

it('a block of another build whose words somebody changed in the file is those words', () => {
  const story: Story = {
    id: '0190a1b2-0000-7000-8000-000000000019',
    revision: 1,
    status: 'draft',
    changedAt: '2026-11-29T10:00:00.000Z',
    fields: { ...emptyFields(instantAt(0, 'UTC', 'clock'), 'en'), headline: 'The lamp burns again' },
    body: { version: 1, blocks: [{ id: 'b', type: 'x-fact-box', title: 'Forty metres deep', depth: 40 } as Block] }
  }
  const html = htmlPage(story, options).replace('>Forty metres', '>Fifty metres')
  expect(bare(review(html, { name: 'story.html' }).body.blocks)).toEqual([
    { type: 'paragraph', runs: [{ text: 'Fifty metres deep' }] }
  ])
})
