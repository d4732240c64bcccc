/** Widths in pixels: a button with the gap before it, and the line between two groups. */
const BUTTON = 30
const RULE = 13

/**
 * How many of the tools, each given by its group, fit in the bar; the rest go into the overflow menu, whose button
 * needs room of its own. All of them while the width is unknown.
 */
export function toolsThatFit(groups: readonly string[], width: number | null): number {
  if (width === null) return groups.length
  const needed = groups.map((group, at) => BUTTON + (group === groups[at - 1] ? 0 : RULE))
  const whole = needed.reduce((sum, one) => sum + one, 0)
  if (whole <= width) return groups.length
  let left = width - BUTTON
  let fits = 0
  for (const one of needed) {
    left -= one
    if (left < 0) break
    fits += 1
  }
  return fits
}
