import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Machine } from './machine.ts'
import type { Options } from './options.ts'

/** One measurement of one subject: everything the tables are made from. */
export interface Measurement {
  readonly bench: string
  /** What was done: type, load, paste, commit, page, … */
  readonly task: string
  /** Who did it: galley, textarea, bare, … */
  readonly subject: string
  /** Words of a story or stories of a library, where that matters. */
  readonly size?: number
  readonly rep: number
  /** Milliseconds unless the name says bytes, percent, or a count. */
  readonly values: Readonly<Record<string, number>>
  /** Anything that is not a number. */
  readonly note?: string
}

export interface Problem {
  readonly step: string
  readonly message: string
}

export interface Results {
  readonly format: 1
  readonly startedAt: string
  finishedAt: string | null
  readonly machine: Machine
  readonly options: Options
  readonly versions: Record<string, string>
  readonly measurements: Measurement[]
  readonly problems: Problem[]
}

/** Keeps the file whole and current: what was measured before a crash is there after it. */
export function saveResults(file: string, results: Results): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, `${JSON.stringify(results, null, 1)}\n`)
  renameSync(`${file}.part`, file)
}
