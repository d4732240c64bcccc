import fc from 'fast-check'
import type { StoredBody } from '../../../src/shared/document/document.ts'

const text = fc.oneof(
  fc.constantFrom('', 'a', 'two words', 'line\nbreak', '\n', 'نص', '漢字', 'tab\there', '  spaces  '),
  fc.string({ maxLength: 12, unit: 'grapheme' }).map((value) => value.replace(/[\r\u2028\u2029]/g, ''))
)
const extra = fc.option(fc.record({ footnote: fc.integer() }), { nil: {}, freq: 5 })
const link = fc.record({
  href: fc.constantFrom('https://example.org/', 'mailto:a@example.org'),
  title: fc.option(fc.constant('A title'), { nil: undefined }),
  rel: fc.option(fc.constant('nofollow'), { nil: undefined })
})

export const run = fc
  .tuple(
    fc.record({
      text,
      marks: fc.option(
        fc.uniqueArray(
          fc.constantFrom(
            'bold',
            'italic',
            'underline',
            'strikethrough',
            'code',
            'subscript',
            'superscript',
            'sparkle',
            'small-caps'
          ),
          { maxLength: 4 }
        ),
        { nil: undefined }
      ),
      link: fc.option(link, { nil: undefined, freq: 3 })
    }),
    extra
  )
  .map(([made, more]) => ({ ...more, ...made }))

const runs = fc.array(run, { maxLength: 5 })
const common = fc.record({
  dir: fc.option(fc.constantFrom('ltr', 'rtl', 'auto'), { nil: undefined }),
  lang: fc.option(fc.constantFrom('ar', 'en-GB'), { nil: undefined }),
  note: fc.option(fc.constant({ by: 'desk' }), { nil: undefined, freq: 4 })
})
const image = fc.record({
  mediaId: fc.option(fc.constant('a'.repeat(64)), { nil: null }),
  caption: text,
  credit: text,
  alt: text,
  focalPoint: fc.option(fc.constant({ x: 0.5, y: 0.25 }), { nil: null }),
  rights: fc.option(fc.constant('one use'), { nil: undefined })
})

const content = fc.oneof(
  fc.record({ type: fc.constant('paragraph'), runs }),
  fc.record({ type: fc.constant('heading'), level: fc.constantFrom(2, 3, 4), runs }),
  fc.record({ type: fc.constant('quote'), runs }),
  fc.record({
    type: fc.constant('list'),
    ordered: fc.boolean(),
    items: fc.array(
      fc
        .tuple(fc.record({ runs, depth: fc.integer({ min: 0, max: 8 }) }), extra)
        .map(([item, more]) => ({ ...more, ...item })),
      { minLength: 1, maxLength: 5 }
    )
  }),
  fc.record({ type: fc.constant('image'), image }),
  fc.record({ type: fc.constant('divider') }),
  fc.record({ type: fc.constant('pull-quote'), runs }),
  fc.record({ type: fc.constant('attributed-quote'), runs, speaker: text }),
  fc.record({
    type: fc.constant('table'),
    headerRow: fc.boolean(),
    headerColumn: fc.boolean(),
    rows: fc.array(
      fc
        .tuple(fc.record({ cells: fc.array(fc.record({ runs }), { minLength: 1, maxLength: 3 }) }), extra)
        .map(([row, more]) => ({ ...more, ...row })),
      { minLength: 1, maxLength: 3 }
    )
  }),
  fc.record({ type: fc.constantFrom('x-video', 'x-chart'), url: text, rows: fc.array(fc.integer(), { maxLength: 2 }) })
)

/** Any body the format allows, spelled in any way. */
export const storedBody: fc.Arbitrary<StoredBody> = fc.array(fc.tuple(content, common), { maxLength: 8 }).map(
  (blocks) =>
    JSON.parse(
      JSON.stringify({
        version: 1,
        blocks: blocks.map(([made, more], index) => ({ id: `b${index}`, ...more, ...made }))
      })
    ) as StoredBody
)
