import fc from 'fast-check'
import type { Story } from '../../../src/shared/story/story.ts'
import { statuses } from '../../../src/shared/story/status.ts'
import { arbitraryBody } from '../../support/arbitrary-story.ts'

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '</script><script>', '<!--', ']]>', '"\'&<>', '\u202Eabc', 'عاجل', '{{x}}', '\u0000', '\u2028')
)
const utc = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const instant = fc.record({
  utc,
  zone: fc.constantFrom('UTC', 'Asia/Dubai', 'America/St_Johns', 'Asia/Kathmandu', 'Europe/Berlin', 'Pacific/Apia'),
  origin: fc.constantFrom('clock' as const, 'typed' as const, 'intake' as const)
})
const mediaId = fc.constantFrom('a3'.repeat(32), '0f'.repeat(32))
const image = fc.record({
  mediaId: fc.option(mediaId),
  caption: text,
  credit: text,
  alt: text,
  focalPoint: fc.option(
    fc.record({
      x: fc.double({ min: 0, max: 1, noNaN: true }).map((n) => n + 0),
      y: fc.double({ min: 0, max: 1, noNaN: true }).map((n) => n + 0)
    })
  )
})
const json = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: false })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
const unknownKeys = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 8 }).map((key) => `x-${key}`),
  json,
  { maxKeys: 3 }
)

/** Any story there can be, with keys and blocks of later versions among it. */
export const arbitraryStory: fc.Arbitrary<Story> = fc.record({
  id: fc.uuid(),
  revision: fc.nat(),
  status: fc.constantFrom(...statuses),
  changedAt: utc,
  body: fc.tuple(arbitraryBody(6), unknownKeys, fc.array(image, { maxLength: 2 })).map(([body, extra, images]) => ({
    ...extra,
    ...body,
    blocks: [...body.blocks, ...images.map((one, index) => ({ id: `i${index}`, type: 'image' as const, image: one }))]
  })),
  fields: fc
    .tuple(
      unknownKeys,
      fc.record({
        slug: text,
        slugline: text,
        headline: text,
        headlineShort: text,
        headlineSeo: text,
        headlineSocial: text,
        standfirst: text,
        kicker: text,
        byline: text,
        authors: fc.array(
          fc.record(
            {
              name: text,
              role: text,
              url: fc.webUrl(),
              kind: fc.constantFrom('person' as const, 'organisation' as const)
            },
            { requiredKeys: ['name'] }
          ),
          { maxLength: 3 }
        ),
        source: text,
        wire: fc.option(fc.record({ id: text.filter((id) => id !== ''), version: text })),
        dateline: text,
        section: text,
        keywords: fc.array(text, { maxLength: 3 }),
        mediaTopics: fc.array(fc.record({ code: fc.constantFrom('medtop:20000008', 'x'), name: text }), {
          maxLength: 2
        }),
        language: fc.constantFrom('en', 'ar', 'en-GB', 'ar-LB', 'ja', 'zh-Hant'),
        direction: fc.constantFrom('ltr' as const, 'rtl' as const, 'auto' as const),
        urgency: fc.integer({ min: 1, max: 9 }),
        leadImage: fc.option(image),
        related: fc.array(
          fc.record({ headline: text, url: fc.webUrl(), storyId: fc.uuid() }, { requiredKeys: ['headline'] }),
          { maxLength: 2 }
        ),
        editorsNote: fc.constant('SECRET-NOTE'),
        usageTerms: text,
        corrections: fc.array(
          fc.record({
            at: utc,
            text,
            kind: fc.constantFrom('correction' as const, 'clarification' as const, 'update' as const)
          }),
          { maxLength: 2 }
        ),
        times: fc.record({
          created: instant,
          firstPublished: fc.option(instant),
          lastUpdated: fc.option(instant),
          embargo: fc.option(instant)
        })
      })
    )
    .map(([extra, fields]) => ({ ...extra, ...fields }))
})
