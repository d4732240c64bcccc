// npm run test:kill -- [RUNS] [SEED] [AT ONCE]: how much is lost when Galley is killed while somebody types.
import { ensureBuild } from '../../scripts/lib/build.mjs'
import { requireNode } from '../../scripts/lib/places.mjs'
import { killWhileTyping } from './kill-while-typing.ts'

const runs = Number(process.argv[2] ?? 200)
const seed = Number(process.argv[3] ?? Date.now() % 100_000)
const atOnce = Number(process.argv[4] ?? 1)
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(atOnce) || atOnce < 1)
  throw new Error('usage: npm run test:kill -- [RUNS] [SEED] [AT ONCE]')

await ensureBuild(requireNode())
console.log(`Killing host and browser ${runs} times while typing 12 keys a second (seed ${seed})`)
const ms = (value: number): string => `${Math.round(value)} ms`
const summary = await killWhileTyping({
  runs,
  seed,
  atOnce,
  told(run, n) {
    console.log(
      `${String(n).padStart(3)}: killed after ${(run.killedAfter / 1000).toFixed(2)} s, ${run.keys} keys; lost ${ms(run.lost)} (${run.keysLost} keys); ` +
        `${run.acknowledged} saves acknowledged, ${run.acknowledgedLost} lost; open again in ${ms(run.reopened)}${run.corrupt ? '; CORRUPT' : ''}`
    )
  }
})
console.log(`\nloss p50 ${ms(summary.lossP50)}, p95 ${ms(summary.lossP95)}, max ${ms(summary.lossMax)}`)
console.log(
  `acknowledged saves lost: ${summary.acknowledgedLost} of ${summary.runs.reduce((sum, run) => sum + run.acknowledged, 0)}`
)
console.log(`corrupt: ${summary.corrupt}`)
console.log(`slowest reopening: ${ms(summary.reopenMax)}`)
process.exit(
  summary.acknowledgedLost > 0 || summary.corrupt > 0 || summary.lossMax > 1000 || summary.lossP95 > 500 ? 1 : 0
)
