import { isRailTitle } from './rail-titles.ts'
import { isUnspaced, type Unit } from './units.ts'

/** How far to either side a list is looked at, so that the cost of a page stays linear. */
const NEAR = 24

/**
 * One of the points in which a story is told above its first paragraph. The list counts as a whole: two or more items
 * without a link in any of them, one of which says more than a label does.
 */
export function isSummaryItem(units: readonly Unit[], n: number): boolean {
  if (!isItem(units[n]) || units[n]?.verdict !== null) return false
  let first = n
  let last = n
  while (n - first < NEAR && isItem(units[first - 1])) first -= 1
  while (last - n < NEAR && isItem(units[last + 1])) last += 1
  const items = units.slice(first, last + 1)
  // A rule that knows one of them knows the list: it shares, follows, or asks for something.
  if (items.some((item) => item.verdict?.role === 'furniture' && item.verdict.rule !== null)) return false
  return items.length > 1 && items.every(isUnlinked) && items.some(saysMuch)
}

/** More than a label: by characters in scripts without spaces, and by fewer words where words are longer. */
function saysMuch(unit: Unit): boolean {
  if (unit.endsSentence) return true
  if (isUnspaced(unit.text)) return unit.text.trim().length >= 10
  return unit.words >= 6 || (unit.words >= 4 && (unit.text.trim().length >= 32 || !/\p{Script=Latin}/u.test(unit.text)))
}

function isItem(unit: Unit | undefined): boolean {
  return unit?.line.tag === 'li' && unit.line.outside !== true && !unit.isWithin('aside') && !unit.isWithin('nav')
}

function isUnlinked({ line, isByline }: Unit): boolean {
  return line.href === undefined && line.linked === undefined && !isByline
}

/** A heading of a few words goes with what is kept right below it. Those that a rule knows stay left out. */
export function keepHeadingsAbove(units: readonly Unit[], headline: number, start: number): void {
  for (let n = start - 2; n > headline; n--) {
    const unit = units[n]
    if (!unit || unit.verdict?.reason.key !== 'reason.betweenHeadlineAndStory' || units[n + 1]?.verdict !== null)
      continue
    const { tag = '', href, outside } = unit.line
    const isOfStory = href === undefined && outside !== true && !unit.isWithin('aside') && !isRailTitle(unit.text)
    if (/^h[2-4]$/.test(tag) && isOfStory && unit.words <= 6) unit.verdict = null
  }
}
