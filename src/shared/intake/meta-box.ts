import { isLabelOnly } from './labels.ts'
import { isRole } from './names.ts'
import type { PageMeta } from './page.ts'
import { agreesOnDay, isToldAuthor } from './told.ts'
import type { Unit } from './units.ts'

/**
 * In an aside with nothing but who wrote the story and when. A rail, whose names are other people's, may look the same:
 * the page's metadata has to name the same person, or the page nobody else at all.
 */
export function isMetaBox(units: readonly Unit[], n: number, meta: PageMeta): boolean {
  const isInBox = (unit: Unit | undefined): boolean => unit?.isWithin('aside') === true
  if (!isInBox(units[n])) return false
  let first = n
  let last = n
  while (isInBox(units[first - 1])) first -= 1
  while (isInBox(units[last + 1])) last += 1
  const box = units.slice(first, last + 1)
  const [byline, ...more] = box.filter((unit) => unit.isByline)
  if (!byline || more.length > 0 || box.length > 6 || !box.every((unit) => saysWhoOrWhen(unit))) return false
  if (isToldAuthor(byline, meta)) return true
  return (
    (meta.authors ?? []).length === 0 &&
    box.every((unit) => unit.line.tag !== 'img' && !isInRail(unit) && agreesOnDay(unit, meta)) &&
    !units.some((unit) => unit !== byline && unit.isByline)
  )
}

function saysWhoOrWhen(unit: Unit): boolean {
  return (
    unit.dates.length > 0 || unit.isByline || unit.line.tag === 'img' || isRole(unit.text) || isLabelOnly(unit.text)
  )
}

/** Class names of boxes that lead to other stories. */
const RAIL =
  / (?:related|recommended|recommendations?|rail|sidebar|most read|popular|trending|more|latest|promo|teasers?|cards?|widget|series|also|columnists) /u

function isInRail({ line }: Unit): boolean {
  return RAIL.test(line.hints ?? '')
}
