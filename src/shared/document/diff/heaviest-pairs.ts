/** Above this many comparisons, nothing is compared one by one. */
export const MOST_COMPARED = 250_000

/**
 * The pairs of two lists with the greatest total weight, in order and without crossing. What weighs nothing is no pair.
 */
export function heaviestPairs(
  before: number,
  after: number,
  weightOf: (before: number, after: number) => number
): [number, number][] {
  const width = after + 1
  const best = new Float64Array((before + 1) * width)
  const weights = new Float64Array(before * after)
  for (let i = before - 1; i >= 0; i -= 1)
    for (let j = after - 1; j >= 0; j -= 1) {
      const weight = weightOf(i, j)
      weights[i * after + j] = weight
      const paired = weight > 0 ? weight + (best[(i + 1) * width + j + 1] ?? 0) : 0
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0)
    }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < before && j < after) {
    const weight = weights[i * after + j] ?? 0
    const here = best[i * width + j] ?? 0
    if (weight > 0 && here === weight + (best[(i + 1) * width + j + 1] ?? 0)) {
      pairs.push([i, j])
      i += 1
      j += 1
    } else if (here === best[(i + 1) * width + j]) i += 1
    else j += 1
  }
  return pairs
}
