import { diffArrays } from 'diff'
import { sameJson } from '../../lib/same-json.ts'
import { heaviestPairs, MOST_COMPARED } from './heaviest-pairs.ts'
import { ALIKE, likeness, wordsOf } from './likeness.ts'

/** With more edits than this, two lists have nothing in common. */
const MOST_EDITS = 2000
/** Decides between pairings that are otherwise as good: the one that leaves fewest values alone. */
const ANY = 1e-6

type Pairs = readonly (readonly [before: number, after: number])[]

/**
 * Which JSON value of the first list became which of the second, by index: those that are equal, between these those
 * with words in common, and what is left by its place if as many are left on either side. Each is in one pair at most,
 * pairs never cross, and `mayBecome` rules pairs out.
 */
export function pairValues(
  before: readonly unknown[],
  after: readonly unknown[],
  mayBecome: (before: unknown, after: unknown) => boolean
): Pairs {
  let start = 0
  while (start < before.length && start < after.length && sameJson(before[start], after[start])) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && sameJson(before.at(-1 - end), after.at(-1 - end))) end += 1
  const old = before.slice(start, before.length - end)
  const now = after.slice(start, after.length - end)
  return [
    ...inOrder(start, 0, 0),
    ...withPlaces(middle(old, now, mayBecome), old.length, now.length).map(([i, j]) => [start + i, start + j] as const),
    ...inOrder(end, before.length - end, after.length - end)
  ]
}

function middle(
  old: readonly unknown[],
  now: readonly unknown[],
  mayBecome: (a: unknown, b: unknown) => boolean
): Pairs {
  if (old.length * now.length > MOST_COMPARED) return equalOnes(old, now)
  const oldWords = old.map((value) => wordsOf(stringsIn(value)))
  const newWords = now.map((value) => wordsOf(stringsIn(value)))
  const likeOf = (i: number, j: number): number => likeness(oldWords[i], newWords[j])
  // More than all that are merely alike weigh together.
  const equal = Math.min(old.length, now.length) + 1
  return heaviestPairs(old.length, now.length, (i, j) => {
    if (sameJson(old[i], now[j])) return equal
    if (!mayBecome(old[i], now[j])) return 0
    const like = likeOf(i, j)
    return like >= ALIKE ? like : ANY
  }).filter(([i, j]) => sameJson(old[i], now[j]) || likeOf(i, j) >= ALIKE)
}

function equalOnes(old: readonly unknown[], now: readonly unknown[]): Pairs {
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  const changes = diffArrays([...old], [...now], { comparator: sameJson, maxEditLength: MOST_EDITS })
  for (const { count, added, removed } of changes ?? []) {
    if (!added && !removed) pairs.push(...inOrder(count, i, j))
    if (!added) i += count
    if (!removed) j += count
  }
  return pairs
}

/** With what is between the pairs, where it is as much on either side. */
function withPlaces(pairs: Pairs, before: number, after: number): Pairs {
  let [i, j] = [0, 0]
  return [...pairs, [before, after] as const].flatMap(([to, there]) => {
    const between = to - i === there - j ? inOrder(to - i, i, j) : []
    ;[i, j] = [to + 1, there + 1]
    return to < before ? [...between, [to, there] as const] : between
  })
}

function inOrder(count: number, before: number, after: number): [number, number][] {
  return Array.from({ length: count }, (_, at) => [before + at, after + at])
}

function stringsIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(stringsIn).join(' ') : ''
}
