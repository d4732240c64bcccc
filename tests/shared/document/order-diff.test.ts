import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffOrder } from '../../../src/shared/document/diff/order-diff.ts'

describe('the difference of two orders', () => {
  test('a block moved far is one placement', () => {
    expect(diffOrder(['a', 'b', 'c', 'd', 'e'], ['b', 'c', 'd', 'e', 'a'])).toEqual({
      removed: [],
      placed: [{ id: 'a', after: 'e', isNew: false }]
    })
    expect(diffOrder(['a', 'b', 'c', 'd', 'e'], ['e', 'a', 'b', 'c', 'd'])).toEqual({
      removed: [],
      placed: [{ id: 'e', after: null, isNew: false }]
    })
  })

  test('what is fixed stays, however much would have to move around it', () => {
    const { placed } = diffOrder(['#1', 'a', 'b', 'c'], ['a', 'b', 'c', '#1'], (id) => id === '#1')
    expect(placed.map((place) => place.id)).toEqual(['a', 'b', 'c'])
  })

  test('done in order it always makes the one into the other, and leaves the fixed alone', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { maxLength: 12 })
    fc.assert(
      fc.property(ids, ids, fc.shuffledSubarray([0, 1, 2, 3]), (first, second, places) => {
        const before = withFixed(first, places)
        const after = withFixed(second, [...places].reverse())
        const { removed, placed } = diffOrder(before, after, (id) => id.startsWith('#'))
        expect(placed.filter((place) => place.id.startsWith('#'))).toEqual([])
        let order = before.filter((id) => !removed.includes(id))
        for (const { id, after, isNew } of placed) {
          expect(order.includes(id)).toBe(!isNew)
          order = order.filter((other) => other !== id)
          order.splice(after === null ? 0 : order.indexOf(after) + 1, 0, id)
        }
        expect(order).toEqual(after)
      }),
      { numRuns: 2000 }
    )
  })
})

/** Puts two fixed items, always in the same relation, at some places among the ids. */
function withFixed(ids: readonly string[], places: readonly number[]): string[] {
  const [first, second] = [places[0] ?? 0, places[1] ?? 1]
    .map((place) => Math.min(place, ids.length))
    .sort((a, b) => a - b) as [number, number]
  return [...ids.slice(0, first), '#1', ...ids.slice(first, second), '#2', ...ids.slice(second)]
}
