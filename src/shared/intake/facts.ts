import type { Unit } from './units.ts'

/** How far to either side a list of facts is looked at, so that the cost of a page stays linear. */
const NEAR = 12

/**
 * One of several terms and what they stand for: when, where, how much. What a term stands for may be a link; a list of
 * dates with a link below each is one of other stories.
 */
export function isFact(units: readonly Unit[], n: number): boolean {
  if (!isPart(units[n])) return false
  let first = n
  let last = n
  while (n - first < NEAR && isPart(units[first - 1])) first -= 1
  while (last - n < NEAR && isPart(units[last + 1])) last += 1
  const terms = units.slice(first, last + 1).filter(({ line }) => line.tag === 'dt')
  return (
    terms.length >= 2 &&
    terms.every(({ line, words, dates }) => line.href === undefined && words <= 6 && dates.length === 0)
  )
}

function isPart(unit: Unit | undefined): boolean {
  return (
    unit !== undefined && /^d[dt]$/.test(unit.line.tag ?? '') && unit.line.outside !== true && !unit.isWithin('aside')
  )
}
