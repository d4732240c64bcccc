import { CalendarDate, Time } from '@internationalized/date'
import { describe, expect, test } from 'vitest'
import { fuzzyScore } from '../../src/renderer/features/palette/fuzzy.ts'
import { momentOf, offsetName, wallOf } from '../../src/renderer/ui/zoned-time.ts'
import { matches } from '../../src/renderer/api/commands.ts'

describe('wall clock and moment', () => {
  const at = (zone: string, y: number, m: number, d: number, h: number, min: number) => ({
    date: new CalendarDate(y, m, d),
    time: new Time(h, min),
    zone
  })
  const utc = (ms: number) => new Date(ms).toISOString()

  test('16:48 in Dubai is 12:48 in UTC, and back', () => {
    const { ms, note } = momentOf(at('Asia/Dubai', 2024, 8, 13, 16, 48))
    expect([utc(ms), note]).toEqual(['2024-08-13T12:48:00.000Z', 'none'])
    expect(wallOf(ms, 'Asia/Dubai').time.toString()).toBe('16:48:00')
    expect(offsetName(ms, 'Asia/Dubai')).toBe('GMT+4')
  })

  test('a time the clocks jump over is said, and the one after the jump is taken', () => {
    const { ms, note, wall } = momentOf(at('Europe/Berlin', 2026, 3, 29, 2, 30))
    expect([utc(ms), note, wall.time.toString()]).toEqual(['2026-03-29T01:30:00.000Z', 'skipped', '03:30:00'])
  })

  test('a time that comes twice is said, and both can be had', () => {
    const wall = at('Europe/Berlin', 2026, 10, 25, 2, 30)
    expect(momentOf(wall)).toMatchObject({ ms: Date.parse('2026-10-25T00:30:00Z'), note: 'twice' })
    expect(momentOf(wall, true)).toMatchObject({ ms: Date.parse('2026-10-25T01:30:00Z'), note: 'twice' })
  })
})

describe('the palette finds', () => {
  const best = (query: string, of: readonly string[]) =>
    of
      .map((text) => [text, fuzzyScore(query, text)] as const)
      .filter(([, score]) => score !== null)
      .sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0))
      .map(([text]) => text)

  test('whole words before strewn letters, starts before middles', () => {
    expect(best('set', ['Reset the view', 'Settings', 'Move the story to the trash'])).toEqual([
      'Settings',
      'Reset the view'
    ])
    expect(best('nst', ['New story', 'Numbered list'])[0]).toBe('New story')
  })

  test('words in any order, without accents, in any case', () => {
    expect(fuzzyScore('trash MOVE', 'Move the story to the trash')).not.toBeNull()
    expect(fuzzyScore('zurich', 'Zürich at dawn')).not.toBeNull()
    expect(fuzzyScore('xyz', 'Settings')).toBeNull()
  })
})

describe('keys', () => {
  const press = (key: string, more: Partial<Parameters<typeof matches>[1]> = {}) => ({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more
  })

  test('match with their modifiers and no others', () => {
    expect(matches('Mod+K', press('k', { ctrlKey: true }))).toBe(true)
    expect(matches('Mod+K', press('k', { ctrlKey: true, shiftKey: true }))).toBe(false)
    expect(matches('Mod+K', press('k'))).toBe(false)
    expect(matches('Mod+Shift+K', press('K', { ctrlKey: true, shiftKey: true }))).toBe(true)
    expect(matches('F6', press('F6'))).toBe(true)
  })

  test('signs that need Shift on some keyboards match either way', () => {
    expect(matches('Mod+/', press('/', { ctrlKey: true, shiftKey: true }))).toBe(true)
  })

  test('letters match by position on a keyboard without Latin letters', () => {
    expect(matches('Mod+K', press('ن', { ctrlKey: true, code: 'KeyK' }))).toBe(true)
    expect(matches('Mod+K', press('ن', { ctrlKey: true, code: 'KeyJ' }))).toBe(false)
  })
})
