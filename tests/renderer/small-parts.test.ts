import { CalendarDate, Time } from '@internationalized/date'
import { describe, expect, test } from 'vitest'
import { fuzzyScore } from '../../src/renderer/features/palette/fuzzy.ts'
import { enter, twinOf } from '../../src/renderer/ui/date-time-entry.ts'
import { momentOf, wallOf } from '../../src/renderer/ui/zoned-time.ts'
import { readFileSync, readdirSync } from 'node:fs'
import { age, apart, clock, moment } from '../../src/renderer/ui/format.ts'
import { offsetName } from '../../src/shared/words/moments.ts'
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

describe('an instant in words', () => {
  const utc = '2026-03-14T20:18:22.000Z'

  test('is written in the desk’s zone, whatever this machine’s is, and names it', () => {
    const machine = process.env['TZ']
    try {
      for (const zone of ['America/St_Johns', 'Pacific/Kiritimati', 'UTC']) {
        process.env['TZ'] = zone
        expect(moment(utc, 'Asia/Kathmandu')).toBe('15 Mar 2026, 02:03 GMT+5:45')
        expect(clock(utc, 'Asia/Kathmandu')).toBe('02:03:22 GMT+5:45')
        expect(clock(utc, 'UTC')).toBe('20:18:22 UTC')
        const later = Date.parse('2026-03-16T20:00:00Z')
        expect(age(utc, later, 'Asia/Kathmandu')).toBe('Sun 02:03')
        expect(age(utc, later, 'America/Los_Angeles')).toBe('Sat 13:18')
      }
    } finally {
      if (machine === undefined) delete process.env['TZ']
      else process.env['TZ'] = machine
    }
  })

  test('of one minute is told apart from another by the second', () => {
    const shown = (other?: string) => apart(utc, other, 'Asia/Kathmandu')(utc)
    expect(shown('2026-03-14T20:18:58.000Z')).toBe('15 Mar 2026, 02:03:22 GMT+5:45')
    expect(shown('2026-03-14T20:19:00.000Z')).toBe('15 Mar 2026, 02:03 GMT+5:45')
    expect(shown()).toBe('15 Mar 2026, 02:03 GMT+5:45')
  })

  test('in a row is as short as it can be, by the days and years of the zone', () => {
    const at = (iso: string, zone = 'Asia/Tokyo') => age(utc, Date.parse(iso), zone)
    expect(at('2026-03-14T20:18:50Z')).toBe('now')
    expect(at('2026-03-14T20:22:50Z')).toBe('4m')
    expect(at('2026-03-14T23:22:50Z')).toBe('3h')
    expect(at('2026-04-14T23:22:50Z')).toBe('15 Mar')
    expect(at('2027-04-14T23:22:50Z')).toBe('15 Mar 2026')
    expect(age('2025-12-31T20:00:00.000Z', Date.parse('2026-02-01T00:00:00Z'), 'Asia/Tokyo')).toBe('1 Jan')
    expect(age('2025-12-31T20:00:00.000Z', Date.parse('2026-02-01T00:00:00Z'), 'UTC')).toBe('31 Dec 2025')
    // Changed by a clock that was set back since.
    expect(at('2026-03-12T20:00:00Z')).toBe('15 Mar')
  })

  test('nothing else puts a date into words', () => {
    const own = [
      'src/shared/words/moments.ts',
      'src/shared/formats/zoned-time.ts',
      // These learn how dates are worded, to find them in copy.
      'src/shared/intake/embargo.ts',
      'src/shared/checks/rules/weekdays.ts'
    ]
    const others = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => `src/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !own.includes(file))
      .filter((file) =>
        /DateTimeFormat\((?!\)|'en', \{ timeZone: zone \}\))|toLocale(Date|Time)?String\(\[?['"\w)]*.*(hour|day)|RelativeTimeFormat/.test(
          readFileSync(file, 'utf8')
        )
      )
    expect(others).toEqual([])
  })
})

describe('a date and time typed by hand', () => {
  const wall = (zone: string, y: number, m: number, d: number, h: number, min: number) => ({
    date: new CalendarDate(y, m, d),
    time: new Time(h, min),
    zone
  })
  const instant = (utc: string, zone: string) => ({ utc, zone, origin: 'typed' as const })

  test('in the hour that comes twice it is asked which, and a stored second one stays the second', () => {
    const [first, second] = ['2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z']
    expect(enter(wall('Europe/London', 2027, 10, 31, 1, 30))).toEqual({
      kind: 'twice',
      first: instant(first, 'Europe/London'),
      second: instant(second, 'Europe/London')
    })
    expect(twinOf(instant(second, 'Europe/London'))?.utc).toBe(first)
    expect(twinOf(instant(first, 'Europe/London'))?.utc).toBe(second)
    expect(twinOf(instant('2027-10-31T02:30:00.000Z', 'Europe/London'))).toBeNull()
  })

  test('in the hour that is skipped it is said what was taken, half an hour on Lord Howe Island too', () => {
    expect(enter(wall('Europe/London', 2027, 3, 28, 1, 30))).toMatchObject({
      kind: 'instant',
      instant: { utc: '2027-03-28T01:30:00.000Z' },
      skippedTo: { time: expect.objectContaining({ hour: 2, minute: 30 }) }
    })
    expect(enter(wall('Australia/Lord_Howe', 2026, 10, 4, 2, 15))).toMatchObject({
      instant: { utc: '2026-10-03T15:45:00.000Z' },
      skippedTo: { time: expect.objectContaining({ hour: 2, minute: 45 }) }
    })
    expect(enter(wall('Asia/Kathmandu', 2026, 10, 4, 2, 15))).toMatchObject({ kind: 'instant', skippedTo: null })
  })

  test('the calendar ends with the years 1 and 9999', () => {
    expect(enter(wall('America/New_York', 9999, 12, 31, 23, 0))).toEqual({ kind: 'beyond' })
    expect(enter(wall('Asia/Dubai', 1, 1, 1, 0, 0))).toEqual({ kind: 'beyond' })
    expect(enter(wall('Asia/Dubai', 9999, 12, 31, 23, 0))).toMatchObject({ kind: 'instant' })
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
