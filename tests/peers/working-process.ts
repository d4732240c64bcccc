import { openDesk, perform, SkippingClock, type Work } from './work.ts'

/**
 * A desk in a process of its own, which kills itself with SIGKILL as told: `before` a request leaves, when it is written
 * down that it will, or `after` its answer came, before what it said is written down. Exit 0: the work is done, and how
 * it came to rest first is printed.
 */
interface Kill {
  /** The number of the request, counted from 1. */
  readonly request: number
  readonly when: 'before' | 'after'
}

const work = JSON.parse(process.env['WORK'] ?? '') as Work
const kill = JSON.parse(process.env['KILL'] ?? 'null') as Kill | null
let requests = 0
let dying = false

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

const clock = new SkippingClock()
const desk = openDesk(work, clock, {
  async fetch(input, init) {
    requests += 1
    if (requests !== kill?.request) return globalThis.fetch(input, init)
    if (kill.when === 'before') die()
    return globalThis.fetch(input, init).finally(() => {
      dying = true
    })
  },
  onStep() {
    if (dying) die()
  }
})
const { first } = await perform(desk, clock, work)
await desk.close()
process.stdout.write(`${first}\n`)
