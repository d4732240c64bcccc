import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Block } from '../../../src/shared/document/document.ts'
import { withOwnKeys } from '../../../src/shared/document/known-keys.ts'
import { wholeAgain, wordsAlone } from '../../../src/shared/document/words-alone.ts'
import { StoryFields } from '../../../src/shared/story/fields.ts'

const block = (value: unknown): Block => value as Block
const paragraph = (runs: readonly unknown[]): Block => block({ id: 'b', type: 'paragraph', runs })
const list = (items: readonly unknown[]): Block => block({ id: 'b', type: 'list', ordered: false, items })
const item = (text: string, more: object = {}) => ({ runs: [{ text }], depth: 0, ...more })

/** A block of ours after somebody changed on the site what had left of it. */
function changedThere(own: Block, change: (left: Block) => Block): Block {
  const left = wordsAlone(own)
  return wholeAgain(own, change(left), left)
}

/** Few texts, so that many are equal. */
const text = fc.constantFrom('a', 'a', ' and ', 'the bridge', 'the old bridge', 'tail', '', '…')
const more = fc.option(fc.dictionary(fc.constantFrom('x-foo', 'x-bar', '__proto__', 'valueOf'), fc.nat(3)), { nil: {} })
const mark = fc.constantFrom('bold', 'italic', 'x-glow', 'x-neon')
const link = fc.record(
  {
    href: fc.constantFrom('https://a.example/', 'https://b.example/'),
    rel: fc.constantFrom('sponsored', 'noopener', 'noopener ugc'),
    'x-paid': fc.nat(3)
  },
  { requiredKeys: ['href'] }
)
const run = fc
  .tuple(fc.record({ text, marks: fc.uniqueArray(mark), link }, { requiredKeys: ['text'] }), more)
  .map(([known, unknown]) => ({ ...known, ...unknown }))
const runs = fc.array(run, { maxLength: 5 })
const items = fc.array(
  fc.tuple(runs, fc.nat(2), more).map(([inner, depth, unknown]) => ({ runs: inner, depth, ...unknown })),
  { minLength: 1, maxLength: 5 }
)
const rows = fc.array(
  fc
    .tuple(
      fc.array(
        fc.tuple(runs, more).map(([inner, unknown]) => ({ runs: inner, ...unknown })),
        { minLength: 1, maxLength: 3 }
      ),
      more
    )
    .map(([cells, unknown]) => ({ cells, ...unknown })),
  { minLength: 1, maxLength: 3 }
)
const blocks = fc.oneof(
  fc.tuple(runs, more).map(([inner, unknown]) => ({ ...paragraph(inner), ...unknown })),
  items.map(list),
  rows.map((all) => block({ id: 'b', type: 'table', headerRow: false, headerColumn: false, rows: all }))
)

describe('a copy that left with what this build knows and came back', () => {
  test('unchanged, it is the block itself', () => {
    fc.assert(
      fc.property(blocks, (own) => {
        expect(changedThere(own, (left) => JSON.parse(JSON.stringify(left)) as Block)).toBe(own)
      })
    )
  })

  test('whatever was made of it, no word and nothing else of it is lost or moved', () => {
    fc.assert(
      fc.property(blocks, blocks, (own, other) => {
        const back = wordsAlone(other)
        expect(wordsAlone(changedThere(own, () => back))).toEqual(back)
      }),
      { numRuns: 1000 }
    )
  })

  test('where one item was changed, every item has its own keys', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.nat(), fc.boolean(), (texts, n, isAlike) => {
        const at = n % texts.length
        const now = texts.map((one, index) => (index !== at ? one : isAlike ? `${one} changed` : 'Rewritten'))
        const items = (all: readonly string[]) => list(all.map((one, index) => item(one, { 'x-foo': index })))
        expect(changedThere(items(texts), () => wordsAlone(items(now)))).toEqual(items(now))
        const runs = (all: readonly string[]) =>
          paragraph(all.map((one, index) => ({ text: one, marks: ['bold', `x-${index}`], 'x-bar': index })))
        expect(changedThere(runs(texts), () => wordsAlone(runs(now)))).toEqual(runs(now))
      })
    )
  })

  test('where items were removed and others put in, those that stayed have their own keys', () => {
    const story = fc.array(fc.record({ isGone: fc.boolean(), isNew: fc.boolean() }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(story, (steps) => {
        const own = steps.map((_, index) => item(`own${index}`, { 'x-foo': index }))
        const back = steps.flatMap(({ isGone, isNew }, index) => [
          ...(isNew ? [item(`new${index}`)] : []),
          ...(isGone ? [] : [item(`own${index}`)])
        ])
        const { items } = changedThere(list(own), () => list(back)) as unknown as { items: typeof own }
        expect(items.filter((one) => one.runs[0]?.text.startsWith('own'))).toEqual(
          own.filter((_, index) => !steps[index]?.isGone)
        )
      })
    )
  })

  it('keeps its marks where two runs say the same and the tail was changed', () => {
    const own = [{ text: 'a', marks: ['glow'] }, { text: ' and ' }, { text: 'a', marks: ['neon'] }, { text: ' tail' }]
    expect(
      changedThere(paragraph(own), () =>
        paragraph([{ text: 'a' }, { text: ' and ' }, { text: 'a' }, { text: ' tail changed' }])
      )
    ).toEqual(paragraph([...own.slice(0, 3), { text: ' tail changed' }]))
  })

  it('keeps the keys of a changed item below one that was removed', () => {
    const own = list([item('x', { foo: 1 }), item('x', { foo: 2 }), item('y', { foo: 3 })])
    expect(changedThere(own, () => list([item('x'), item('y!')]))).toEqual(
      list([item('x', { foo: 1 }), item('y!', { foo: 3 })])
    )
  })

  it('keeps marks of another build where those of this one were changed', () => {
    const own = (marks: readonly string[]) => paragraph([{ text: 'a', marks }])
    const back = (...marks: readonly string[]) => paragraph([marks.length > 0 ? { text: 'a', marks } : { text: 'a' }])
    expect(changedThere(own(['glow']), () => back('bold'))).toEqual(own(['bold', 'glow']))
    expect(changedThere(own(['bold', 'glow']), () => back())).toEqual(own(['glow']))
  })

  it('has nothing of a picture or a page that was replaced', () => {
    const image = (value: object) =>
      block({ id: 'b', type: 'image', image: { caption: 'c', credit: '', alt: '', focalPoint: null, ...value } })
    const [one, other] = [{ mediaId: 'a'.repeat(64) }, { mediaId: 'b'.repeat(64) }]
    expect(changedThere(image({ ...one, 'x-crop': 1 }), () => image(other))).toEqual(image(other))
    const linked = (value: object) => paragraph([{ text: 'a', link: value }])
    const page = { href: 'https://b.example/' }
    expect(changedThere(linked({ href: 'https://a.example/', 'x-paid': 1 }), () => linked(page))).toEqual(linked(page))
  })

  it('left without what only the names of an object’s own methods are known by', () => {
    const own = { ...paragraph([{ text: 'a' }]), valueOf: 'x', constructor: 'x' }
    expect(Object.keys(wordsAlone(own))).toEqual(['id', 'type', 'runs'])
  })

  it('gives what was known of one author to no other', () => {
    const { authors } = StoryFields.shape
    const [nora, omar] = [
      { name: 'Nora', 'x-account': 7 },
      { name: 'Omar', 'x-account': 8 }
    ]
    expect(withOwnKeys(authors, [nora, omar], [{ name: 'Nora', role: 'editor' }, { name: 'Ann' }])).toEqual([
      { ...nora, role: 'editor' },
      { name: 'Ann' }
    ])
  })

  it('is merged in a table of thousands of rows', () => {
    const row = (text: string, index: number) => ({ cells: [{ runs: [{ text }] }], 'x-row': index })
    const table = (rows: readonly unknown[]) =>
      block({ id: 'b', type: 'table', headerRow: false, headerColumn: false, rows })
    const own = Array.from({ length: 3000 }, (_, index) => row(`row ${index}`, index))
    const merged = own.with(0, row('changed', 0)).with(2999, row('changed as well', 2999)).toSpliced(1500, 1)
    expect(changedThere(table(own), () => wordsAlone(table(merged)))).toEqual(table(merged))
  })
})
