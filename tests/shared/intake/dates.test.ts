import { describe, expect, it } from 'vitest'
import { readDateLine } from '../../../src/shared/intake/date-line.ts'
import { readDate } from '../../../src/shared/intake/dates.ts'

function short(words: string): string | null {
  const date = readDate(words)
  if (!date) return null
  const { year, month, day, hour, minute } = date.local
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(year)}-${two(month)}-${two(day)}${date.hasTime ? ` ${two(hour)}:${two(minute)}` : ''}${date.offset === null ? '' : ` ${date.offset >= 0 ? '+' : ''}${String(date.offset)}`}${date.zone === null ? '' : ` ${date.zone}`}`
}

describe('dates as pages word them', () => {
  const table: readonly (readonly [words: string, read: string | null])[] = [
    ['Tue 13 Aug 2024, 4:48 PM', '2024-08-13 16:48'],
    ['13 August 2024 16:48', '2024-08-13 16:48'],
    ['August 13, 2024 at 4:48 p.m.', '2024-08-13 16:48'],
    ['Aug. 13, 2024 4:48pm', '2024-08-13 16:48'],
    ['13th of August 2024', '2024-08-13'],
    ['August 13, 20244:48 PM GMT+4', '2024-08-13 16:48 +240'],
    ['13-Aug-2024 04:48', '2024-08-13 04:48'],
    ['13 Aug 24', '2024-08-13'],
    ['4:48 PM, 13 Aug 2024', '2024-08-13 16:48'],
    ['12:05 AM, Aug 13, 2024', '2024-08-13 00:05'],
    ['12:05 PM, Aug 13, 2024', '2024-08-13 12:05'],
    ['2024-08-13', '2024-08-13'],
    ['2024-08-13T16:48:00+04:00', '2024-08-13 16:48 +240'],
    ['2024-08-13T12:48:09.123Z', '2024-08-13 12:48 +0'],
    ['2024-08-13 16:48', '2024-08-13 16:48'],
    ['2024/08/13 16.48', '2024-08-13 16:48'],
    ['13/08/2024 4:48 PM', '2024-08-13 16:48'],
    ['08/13/2024 4:48 PM', '2024-08-13 16:48'],
    ['13.08.2024, 16:48 Uhr', '2024-08-13 16:48'],
    ['13 août 2024 à 16h48', '2024-08-13 16:48'],
    ['13. August 2024', '2024-08-13'],
    ['13 de agosto de 2024', '2024-08-13'],
    ['13 Aug 2024 1248 GMT', '2024-08-13 12:48 +0 UTC'],
    ['13 Aug 2024 12:48 UTC', '2024-08-13 12:48 +0 UTC'],
    ['13 Aug 2024 13:48 BST', '2024-08-13 13:48 +60 Europe/London'],
    ['Aug 13, 2024 8:48 AM EDT', '2024-08-13 08:48 -240 America/New_York'],
    ['Aug 13, 2024 8:48 AM ET', '2024-08-13 08:48 America/New_York'],
    ['13 Aug 2024 16:48 (GMT+4)', '2024-08-13 16:48 +240'],
    ['13 Aug 2024 16:48 +0400', '2024-08-13 16:48 +240'],
    ['13 Aug 2024, 4:48 PM UAE time', '2024-08-13 16:48 Asia/Dubai'],
    ['١٣ أغسطس ٢٠٢٤ ٤:٤٨ مساءً', '2024-08-13 16:48'],
    ['13 آب/أغسطس 2024 09:05', '2024-08-13 09:05'],
    ['الثلاثاء 13 أغسطس/آب 2024، 4:48 م', '2024-08-13 16:48'],
    ['13 كانون الثاني 2024', '2024-01-13'],
    ['13 كانون الأول 2024', '2024-12-13'],
    ['13 تشرين الثاني 2024 12:48 بتوقيت غرينتش', '2024-11-13 12:48 +0 UTC'],
    ['2024年8月13日 16:48', '2024-08-13 16:48'],
    ['29 Feb 2024', '2024-02-29'],
    ['29 Feb 2023', null],
    ['31/13/2024', null],
    ['two hours ago', null],
    ['room 13, 48 chairs', null],
    ['in 2024 he said', null],
    ['', null]
  ]
  for (const [words, expected] of table) it(words || '(nothing)', () => expect(short(words)).toBe(expected))

  it('says where they could be read two ways', () => {
    expect(readDate('03/04/2024')).toMatchObject({ local: { month: 4, day: 3 }, dayMonthUnclear: true })
    expect(readDate('13/04/2024')).toMatchObject({ dayMonthUnclear: false })
    expect(readDate('03.04.2024')).toMatchObject({ local: { month: 4, day: 3 }, dayMonthUnclear: false })
    expect(readDate('13 Aug 2024 16:48 IST')).toMatchObject({ zoneUnclear: true })
    expect(readDate('Mon 13 Aug 2024')).toMatchObject({ wrongWeekday: true })
    expect(readDate('Tue 13 Aug 2024')).toMatchObject({ wrongWeekday: false })
  })
})

describe('date lines', () => {
  const read = (line: string) => readDateLine(line).map(({ kind, from, to }) => `${kind}: ${line.slice(from, to)}`)

  it('take the words behind the label', () => {
    expect(read('Published: Tue 13 Aug 2024, 4:48 PM')).toEqual(['published: Tue 13 Aug 2024, 4:48 PM'])
    expect(read('  Last updated: Tue 13 Aug 2024, 4:49 PM  ')).toEqual(['updated: Tue 13 Aug 2024, 4:49 PM'])
    expect(read('UPDATED ON 13 August 2024')).toEqual(['updated: 13 August 2024'])
    expect(read('نُشر في: ١٣ آب ٢٠٢٤')).toEqual(['published: ١٣ آب ٢٠٢٤'])
    expect(read('آخر تحديث: 14 أغسطس 2024 09:05')).toEqual(['updated: 14 أغسطس 2024 09:05'])
    expect(read('Publié le 13 août 2024 à 16h48')).toEqual(['published: 13 août 2024 à 16h48'])
  })

  it('take two dates out of one line', () => {
    expect(read('Published: 13 Aug 2024, 4:48 PM | Updated: 14 Aug 2024, 9:05 AM')).toEqual([
      'published: 13 Aug 2024, 4:48 PM',
      'updated: 14 Aug 2024, 9:05 AM'
    ])
    expect(read('Published 13 Aug 2024 4:48 PM, updated 14 Aug 2024 9:05 AM')).toEqual([
      'published: 13 Aug 2024 4:48 PM',
      'updated: 14 Aug 2024 9:05 AM'
    ])
  })

  it('take a bare date, and no sentence with a date in it', () => {
    expect(read('Tuesday, 13 August 2024')).toEqual(['published: Tuesday, 13 August 2024'])
    expect(read('The bridge was closed on 13 August 2024 after the flood')).toEqual([])
    expect(
      read(
        'Published in Paris on 13 August 2024, the report counts nine bridges that were closed after the flood and two that were not'
      )
    ).toEqual([])
  })
})
