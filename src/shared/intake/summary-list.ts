import type { Unit } from './units.ts'

/**
 * One of the points in which a story is told above its first paragraph: words of its own, and no way to another page. One of
 * two neighbours says more than a label does.
 */
export function isSummaryItem(units: readonly Unit[], n: number): boolean {
  const [above, unit, below] = [units[n - 1], units[n], units[n + 1]]
  return isPoint(unit) && [above, below].some((other) => isPoint(other) && (saysMuch(unit) || saysMuch(other)))
}

function saysMuch(unit: Unit | undefined): boolean {
  return unit !== undefined && (unit.words >= 6 || unit.endsSentence)
}

function isPoint(unit: Unit | undefined): boolean {
  return (
    unit?.verdict === null &&
    unit.line.tag === 'li' &&
    unit.line.href === undefined &&
    unit.line.linked === undefined &&
    unit.line.outside !== true &&
    !unit.isWithin('aside') &&
    unit.dates.length === 0 &&
    !unit.isByline &&
    (unit.words >= 4 || unit.endsSentence)
  )
}

/** A heading of a few words goes with what is kept right below it. Those that a rule knows stay left out. */
export function keepHeadingsAbove(units: readonly Unit[], headline: number, start: number): void {
  for (let n = start - 2; n > headline; n--) {
    const unit = units[n]
    if (!unit || unit.verdict?.reason.key !== 'reason.betweenHeadlineAndStory' || units[n + 1]?.verdict !== null)
      continue
    const { tag = '', href, outside } = unit.line
    if (/^h[2-4]$/.test(tag) && href === undefined && outside !== true && !unit.isWithin('aside') && unit.words <= 6)
      unit.verdict = null
  }
}
