import { isLabelOnly } from './labels.ts'
import { isRole } from './names.ts'
import type { Unit } from './units.ts'

/** In an aside with nothing but who wrote the story and when: no rail, whose names are others'. */
export function isMetaBox(head: readonly Unit[], n: number): boolean {
  const isInBox = (unit: Unit | undefined): boolean => unit?.isWithin('aside') === true
  if (!isInBox(head[n])) return false
  let first = n
  let last = n
  while (isInBox(head[first - 1])) first -= 1
  while (isInBox(head[last + 1])) last += 1
  const box = head.slice(first, last + 1)
  return (
    box.length <= 6 &&
    box.filter((unit) => unit.isByline).length === 1 &&
    box.every(
      (unit) =>
        unit.dates.length > 0 || unit.isByline || unit.line.tag === 'img' || isRole(unit.text) || isLabelOnly(unit.text)
    )
  )
}
