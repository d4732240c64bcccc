// npm run test:faults -- [quick] [SEED] [WORD…]: breaks libraries in every way that is known, or in those whose names hold one of the words, and counts what
// held.
import { clocks } from './clocks.ts'
import { damagedLogs, damagedPages } from './damage.ts'
import { failingCalls } from './failing-calls.ts'
import { holders } from './holders.ts'
import { powerCuts } from './power-cuts.ts'

const quick = process.argv.includes('quick')
const seed = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1814)
const words = process.argv.slice(2).filter((argument) => !/^(quick|\d+)$/.test(argument))
const names = words.length > 0 ? words : ['']
const part = (whole: number): number => (quick ? Math.ceil(whole / 20) : whole)

let failed = 0
console.log(`Faults, seed ${seed}${quick ? ', the quick part' : ''}`)
for (const [what, attack] of [
  ['power cuts', () => powerCuts(part(2400), seed)],
  ['damaged logs', () => damagedLogs(part(240), seed)],
  ['damaged pages', () => damagedPages(part(1000), seed)],
  ['failing system calls: needs Linux and gcc', () => failingCalls(part(120), seed)],
  ['clocks', () => clocks(part(200), seed)],
  ['holders of the lock: needs signals', () => holders(part(40))]
] as const) {
  if (!names.some((name) => what.includes(name))) continue
  const count = await attack()
  if (count && !count.isGood) failed += 1
  console.log(count ? count.line() : `SKIPPED  ${what}`)
}
console.log(
  'See also: npm run test:kill, and the full and read-only disks of tests/core/store/small-disk.test.ts and tests/e2e/recovery.spec.ts.'
)
process.exit(failed > 0 ? 1 : 0)
