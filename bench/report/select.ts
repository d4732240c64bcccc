import { median, spread } from '../lib/stats.ts'
import type { Measurement, Results } from '../lib/results.ts'

export interface Query {
  readonly bench: string
  readonly task: string
  readonly subject?: string
  readonly size?: number
}

/** The measurements of a run, asked by what they are of. */
export class Selection {
  readonly all: readonly Measurement[]

  constructor(results: Results) {
    this.all = results.measurements
  }

  find({ bench, task, subject, size }: Query): Measurement[] {
    return this.all.filter(
      (one) =>
        one.bench === bench &&
        one.task === task &&
        (subject === undefined || one.subject === subject) &&
        (size === undefined || one.size === size)
    )
  }

  values(query: Query, value: string): number[] {
    return this.find(query)
      .map((one) => one.values[value])
      .filter((number) => number !== undefined && Number.isFinite(number)) as number[]
  }

  /** The median of the repetitions; NaN where nothing was measured. */
  median(query: Query, value: string): number {
    return median(this.values(query, value))
  }

  /** "5.1" or, where the repetitions lie more than a fifth apart, "5.1 ±14%"; "–" where nothing was measured. */
  cell(query: Query, value: string, scale = 1): string {
    const numbers = this.values(query, value).map((number) => number * scale)
    if (numbers.length === 0) return '–'
    const apart = spread(numbers)
    return apart > 0.2 ? `${round(median(numbers))} ±${Math.round(apart * 50)}%` : round(median(numbers))
  }

  subjects(query: Query): string[] {
    return [...new Set(this.find(query).map((one) => one.subject))]
  }

  sizes(query: Query): number[] {
    return [...new Set(this.find(query).flatMap((one) => (one.size === undefined ? [] : [one.size])))].toSorted(
      (a, b) => a - b
    )
  }

  tasks(bench: string): string[] {
    return [...new Set(this.all.filter((one) => one.bench === bench).map((one) => one.task))]
  }
}

/** Three figures, as a person would write them. */
export function round(number: number): string {
  if (!Number.isFinite(number)) return '–'
  const size = Math.abs(number)
  if (size >= 1000) return Math.round(number).toLocaleString('en')
  if (size >= 100) return String(Math.round(number))
  if (size >= 10) return number.toFixed(1)
  return size >= 1 ? number.toFixed(2) : number.toFixed(3)
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)]
}
