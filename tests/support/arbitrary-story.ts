import fc from 'fast-check'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { marks } from '../../src/shared/document/runs.ts'

const words = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.lorem({ maxCount: 8 }),
  fc.constantFrom('قال المتحدث إن', '東京で新しい', 'Ünïcödé “quotes” — 7–2', '<b>&amp;', '')
)

const run = fc.record(
  {
    text: words.filter((text) => text !== ''),
    marks: fc.uniqueArray(fc.constantFrom(...marks), { minLength: 1, maxLength: 3 }),
    link: fc.record({ href: fc.webUrl() })
  },
  { requiredKeys: ['text'] }
)
const runs = fc.array(run, { maxLength: 5 })
const image = fc.record({
  mediaId: fc.constant(null),
  caption: words,
  credit: words,
  alt: words,
  focalPoint: fc.constant(null)
})

/** A block of any known kind, or of a kind nobody knows yet; the id is given. */
export function arbitraryBlock(id: string): fc.Arbitrary<Block> {
  const set = { dir: fc.constantFrom('ltr' as const, 'rtl' as const), lang: fc.constantFrom('en', 'ar', 'ja') }
  const of = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record({ id: fc.constant(id), ...shape, ...set }, { requiredKeys: ['id', ...Object.keys(shape)] as never })
  return fc.oneof(
    { weight: 6, arbitrary: of({ type: fc.constant('paragraph' as const), runs }) },
    {
      weight: 2,
      arbitrary: of({
        type: fc.constant('heading' as const),
        level: fc.constantFrom(2 as const, 3 as const, 4 as const),
        runs
      })
    },
    of({ type: fc.constant('quote' as const), runs }),
    of({
      type: fc.constant('list' as const),
      ordered: fc.boolean(),
      items: fc.array(fc.record({ runs, depth: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 4 })
    }),
    of({ type: fc.constant('image' as const), image }),
    of({
      type: fc.constant('x-fact-box'),
      runs,
      payload: fc.dictionary(
        fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'),
        fc.integer(),
        { maxKeys: 3 }
      )
    })
  ) as fc.Arbitrary<Block>
}

/** A body of `count` blocks with distinct ids. */
export function arbitraryBody(maxBlocks = 8): fc.Arbitrary<StoredBody> {
  return fc
    .integer({ min: 0, max: maxBlocks })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryBlock(`b${index}`))))
    .map((blocks) => ({ version: 1, blocks: blocks as Block[] }))
}
