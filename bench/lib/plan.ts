import { setTimeout as sleep } from 'node:timers/promises'
import type { Measurement, Problem } from './results.ts'

/** One thing to do, short enough to lose. */
export interface Step {
  readonly label: string
  /** About how long it takes, s; for the time left. */
  readonly seconds: number
  /** Given up after this many seconds; six times `seconds` and half a minute unless it says otherwise. */
  readonly limit?: number
  run(): Promise<readonly Measurement[]>
}

export interface Plan {
  readonly steps: readonly Step[]
  /** Always called, whatever happened to the steps. */
  close(): Promise<void>
}

export interface PlanSink {
  measured(measurements: readonly Measurement[]): void
  failed(problem: Problem): void
}

/** Runs the steps one after another; one that fails or hangs is told and passed over. */
export async function runSteps(steps: readonly Step[], sink: PlanSink): Promise<void> {
  const start = performance.now()
  const total = steps.reduce((seconds, step) => seconds + step.seconds, 0)
  let planned = 0
  for (const [at, step] of steps.entries()) {
    const began = performance.now()
    let word = ''
    try {
      const measurements = await limited(step)
      sink.measured(measurements)
      word = measurements.map(brief).filter(Boolean).join(' · ')
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      sink.failed({ step: step.label, message })
      word = `FAILED: ${message.split('\n')[0] ?? ''}`
    }
    planned += step.seconds
    const spent = (performance.now() - start) / 1000
    const left = (total - planned) * (spent / planned)
    const took = ((performance.now() - began) / 1000).toFixed(1)
    console.log(
      `[${at + 1}/${steps.length}] ${step.label.padEnd(36)} ${took.padStart(5)} s  ${leftName(left).padEnd(13)} ${word}`
    )
  }
}

async function limited(step: Step): Promise<readonly Measurement[]> {
  const seconds = step.limit ?? step.seconds * 6 + 30
  const stop = new AbortController()
  try {
    return await Promise.race([
      step.run(),
      sleep(seconds * 1000, null, { signal: stop.signal }).then(() => {
        throw new Error(`gave up after ${Math.round(seconds)} s`)
      })
    ])
  } finally {
    stop.abort()
  }
}

function leftName(seconds: number): string {
  if (seconds < 1) return 'done'
  return seconds < 90 ? `${Math.round(seconds)} s left` : `${Math.round(seconds / 60)} min left`
}

function brief({ values }: Measurement): string {
  return Object.entries(values)
    .slice(0, 4)
    .map(([name, value]) => `${name} ${Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100}`)
    .join(', ')
}
