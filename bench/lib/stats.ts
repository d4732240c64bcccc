/** The value below which `part` of the numbers lie (nearest rank); NaN of nothing. */
export function quantile(numbers: readonly number[], part: number): number {
  if (numbers.length === 0) return Number.NaN
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? Number.NaN
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) return Number.NaN
  const sorted = numbers.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** How far apart the repetitions lie, as a part of their median: 0.1 is ±5 %. */
export function spread(numbers: readonly number[]): number {
  if (numbers.length < 2) return 0
  return (Math.max(...numbers) - Math.min(...numbers)) / Math.abs(median(numbers) || 1)
}

/** p50, p95, p99 and the worst, under `prefix`. */
export function summary(prefix: string, numbers: readonly number[]): Record<string, number> {
  return {
    [`${prefix}P50`]: quantile(numbers, 0.5),
    [`${prefix}P95`]: quantile(numbers, 0.95),
    [`${prefix}P99`]: quantile(numbers, 0.99),
    [`${prefix}Max`]: quantile(numbers, 1)
  }
}
