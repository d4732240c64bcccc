import { describe, expect, it } from 'vitest'
import { codes, review } from './support.ts'

/** Pages that would take minutes if any step looked at the page once for every line of it. */
describe('pages of any size', () => {
  const sentence = (n: number) =>
    `The clerk of day ${String(n)} wrote that nothing had been decided that had not been decided before.`

  it('two hundred thousand lines', { timeout: 120_000 }, () => {
    const found = review(
      `Old mill turns again\n\n${Array.from({ length: 100_000 }, (_, n) => `${sentence(n)}\n`).join('\n')}`
    )
    expect([found.lines.length, found.body.blocks.length, found.fields.headline]).toEqual([
      200_002,
      100_000,
      'Old mill turns again'
    ])
  })

  it('one line of five million characters', { timeout: 120_000 }, () => {
    const found = review('word '.repeat(1_000_000).trimEnd())
    expect([found.lines.length, found.body.blocks.length, codes(found)]).toEqual([1, 1, ['no_headline', 'no_date']])
  })

  it('thirty thousand rails, captions, dates', { timeout: 120_000 }, () => {
    const found = review(
      `Old mill turns again\n${'Top Stories\nBoats at the quay on Monday. AFP\nPublished: 13 Aug 2024, 4:48 PM\n'.repeat(10_000)}`
    )
    expect(found.lines).toHaveLength(30_002)
    expect(found.fields.times?.firstPublished?.utc).toBe('2024-08-13T12:48:00.000Z')
  })

  it('markup that never ends', { timeout: 120_000 }, () => {
    for (const [open, close] of [
      ['<div>', ''],
      ['<b><i>', '</p>'],
      ['<a href="x', '">'],
      ['<!--', ''],
      ['<table><tr><td>', ''],
      ['&amp', ';'],
      ['<p class="', '">']
    ] as const) {
      const text = `<html><body><h1>Old mill turns again</h1><p>${sentence(1)}</p>${open.repeat(60_000)}${close.repeat(60_000)}`
      expect(review(text, { name: 'page.html' }).fields.headline).toBe('Old mill turns again')
    }
  })
})
