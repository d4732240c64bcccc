import { sectionShown } from '../../src/shared/story/section.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantAt, Instant } from '../../src/shared/story/instant.ts'
import { slugify } from '../../src/shared/story/slug.ts'
import { mayChangeStatus, nextStatuses, statusAfterEdit, statuses } from '../../src/shared/story/status.ts'
import { emptyFields, StoryFields } from '../../src/shared/story/fields.ts'
import { Block, StoredBody } from '../../src/shared/document/document.ts'
import { emptyImageUse, withPicture } from '../../src/shared/document/image-use.ts'
import { isSafeHref } from '../../src/shared/document/runs.ts'
import { resolveDirection } from '../../src/shared/document/language.ts'
import { upgradeBody } from '../../src/shared/document/upgrade.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { countWords, readingMinutes } from '../../src/shared/lib/words.ts'
import { arbitraryBody } from '../support/arbitrary-story.ts'

describe('slugs', () => {
  it.each([
    ['Council votes 7–2 to close harbour bridge', 'council-votes-7-2-to-close-harbour-bridge'],
    ['Crème brûlée: the chef’s cut', 'creme-brulee-the-chefs-cut'],
    ['مجلس المدينة يصوّت', 'مجلس-المدينة-يصوّت'],
    ['東京 2026', '東京-2026'],
    ['  …  ', '']
  ])('%s', (headline, slug) => expect(slugify(headline)).toBe(slug.normalize('NFC')))

  it('never cut a word, never run over, never begin or end with a hyphen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const slug = slugify(text, 40)
        expect(slug.length).toBeLessThanOrEqual(40)
        expect(slug).not.toMatch(/^-|-$|--|[\s/\\?#%]/)
        expect(slugify(slug, 40)).toBe(slug)
      })
    )
  })
})

describe('words', () => {
  it.each([
    ['', 0],
    ['One-sided “quotes” aren’t two words.', 5],
    ['7–2 at 4:48 PM', 4],
    ['قال المتحدث يوم الثلاثاء', 4],
    ['東京で新しい橋', 4],
    ['U.S. GDP rose 3.5%', 4]
  ])('%j has %i', (text, count) => expect(countWords(text)).toBe(count))
  it('reading time is at least a minute for any text and none for none', () => {
    expect([0, 1, 230, 1150].map(readingMinutes)).toEqual([0, 1, 1, 5])
  })
})

describe('ids', () => {
  it('sort by when they were made, also within one millisecond and when the clock stands still', () => {
    const made = Array.from({ length: 5000 }, () => newId(1_700_000_000_000))
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(5000)
    expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true
    )
  })
})

describe('links', () => {
  it.each(['https://example.org/a?b#c', 'http://example.org', 'mailto:desk@example.org', 'tel:+97141234567'])(
    '%s is safe',
    (href) => expect(isSafeHref(href)).toBe(true)
  )
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JAVASCRIPT:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'java\nscript:x',
    'https:',
    'https://a\u0000b',
    '/relative',
    'vbscript:x',
    'https://exa\tmple.org'
  ])('%j is not', (href) => expect(isSafeHref(href)).toBe(false))
})

describe('status', () => {
  it('published and scheduled are never reached by hand', () => {
    for (const from of statuses)
      expect(nextStatuses(from).filter((to) => to === 'published' || to === 'scheduled')).toEqual([])
  })
  it('an edit takes approval back and marks a live story as moved on', () => {
    expect(statuses.map(statusAfterEdit)).toEqual([
      'draft',
      'ready',
      'ready',
      'scheduled',
      'updating',
      'updating',
      'killed',
      'trashed'
    ])
  })
  it('a live story does not go into the trash', () => expect(mayChangeStatus('published', 'trashed')).toBe(false))
})

describe('stored data', () => {
  it('a body of any blocks comes back as it went, unknown kinds included', () => {
    fc.assert(
      fc.property(arbitraryBody(), (body) => {
        expect(upgradeBody(JSON.parse(JSON.stringify(body)))).toEqual(body)
      })
    )
  })
  it('unknown keys of a story are kept', () => {
    const fields = { ...emptyFields(instantAt(0, 'Asia/Dubai', 'clock')), futureField: { a: [1] } }
    expect(StoryFields.parse(fields)).toEqual(fields)
  })
  it('a known kind that does not fit is not taken for an unknown one', () => {
    expect(Block.safeParse({ id: 'a', type: 'heading', level: 9, runs: [] }).success).toBe(false)
  })
  it('two blocks with one id are refused', () => {
    const block = { id: 'a', type: 'paragraph', runs: [] }
    expect(StoredBody.safeParse({ version: 1, blocks: [block, block] }).success).toBe(false)
  })
  it('a body from the future is refused, not read', () => {
    expect(() => upgradeBody({ version: 2, blocks: [] })).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })
  it('a link to a script never gets in', () => {
    expect(() =>
      upgradeBody({
        version: 1,
        blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'x', link: { href: 'javascript:x' } }] }]
      })
    ).toThrow(expect.objectContaining({ code: 'damaged' }))
  })
  it('an instant names a zone that exists', () => {
    expect(Instant.safeParse({ utc: '2024-08-13T12:48:00.000Z', zone: 'Asia/Atlantis', origin: 'typed' }).success).toBe(
      false
    )
  })
  it.each([
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['en', 'ltr'],
    ['fa', 'rtl'],
    ['zh', 'ltr']
  ] as const)('%s is set %s', (language, direction) => expect(resolveDirection('auto', language)).toBe(direction))
})

it('a picture that takes the place of another has its own alt text and focal point; a slot keeps what was written for it', () => {
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)]
  const use = { ...emptyImageUse(one), caption: 'C', credit: 'D', alt: 'A', focalPoint: { x: 0, y: 1 } }
  expect(withPicture(use, other)).toEqual({ ...use, mediaId: other, alt: '', focalPoint: null })
  expect(withPicture(use, one)).toEqual(use)
  expect(withPicture({ ...use, mediaId: null }, other)).toEqual({ ...use, mediaId: other })
})

it('readers see the section unless the kicker says it already', () => {
  expect(sectionShown({ section: 'Region', kicker: 'Fares' })).toBe('Region')
  expect(sectionShown({ section: 'Region', kicker: 'REGION' })).toBe('')
  expect(sectionShown({ section: '', kicker: '' })).toBe('')
})
