import { beforeEach, describe, expect, test } from 'vitest'
import { RowWindow } from '../../src/renderer/features/library/row-window.ts'

const count = 100_000
/** Ten rows in sight. */
const from = (startIndex: number, active = startIndex) => ({ startIndex, endIndex: startIndex + 9, count, active })
const through = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at)

let rows: RowWindow
const keysOf = (indexes: readonly number[]): number[] => indexes.map((index) => rows.keyOf(index))

beforeEach(() => {
  rows = new RowWindow()
})

describe('the rows in the page', () => {
  test('are those in sight and some on each side', () => {
    expect(rows.atRest(from(0))).toEqual(through(0, 17))
    expect(rows.atRest(from(500))).toEqual(through(492, 517))
    expect(rows.atRest(from(count - 10))).toEqual(through(count - 18, count - 1))
  })

  test('keep their elements while the list is scrolled row by row', () => {
    rows.atRest(from(0))
    const before = rows.scrolling(from(40))
    const keys = new Map(before.map((index) => [index, rows.keyOf(index)]))
    const after = rows.scrolling(from(45))
    expect(after).toEqual(through(37, 62))
    const kept = after.filter((index) => keys.has(index))
    expect(kept).toEqual(through(39, 50))
    expect(kept.map((index) => rows.keyOf(index))).toEqual(kept.map((index) => keys.get(index)))
    expect(new Set(keysOf(after)).size).toBe(after.length)
  })

  test('take over the elements of the old ones after a jump, in the same order, in either direction', () => {
    rows.scrolling(from(1000))
    const keys = keysOf(rows.scrolling(from(2000)))
    for (const start of [2040, 99_000, 5, 60_000]) expect(keysOf(rows.scrolling(from(start)))).toEqual(keys)
  })

  test('are few while whole screens fly past, and all there at rest', () => {
    rows.atRest(from(0))
    expect(rows.scrolling(from(1000))).toEqual(through(999, 1010))
    expect(rows.scrolling(from(1020))).toEqual(through(1019, 1030))
    expect(rows.atRest(from(1020))).toEqual(through(1012, 1037))
  })

  test('get their neighbours back as soon as the list goes slower', () => {
    rows.scrolling(from(1000))
    expect(rows.scrolling(from(1005))).toEqual(through(997, 1022))
  })

  test('are also the one the keyboard is on, which keeps its element while it is away', () => {
    rows.atRest(from(0, 3))
    expect(rows.scrolling(from(1000, 3))).toEqual([3, ...through(999, 1010)])
    const key = rows.keyOf(3)
    expect(rows.scrolling(from(2000, 3))).toEqual([3, ...through(1999, 2010)])
    expect(rows.keyOf(3)).toBe(key)
    expect(rows.span).toEqual([1999, 2010])
    expect(rows.atRest(from(0, 70_000))).toEqual([...through(0, 17), 70_000])
    expect(new Set(keysOf([...through(0, 17), 70_000])).size).toBe(19)
  })
})
