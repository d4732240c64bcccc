// npm run test:faults -- [quick] [SEED]: breaks libraries in every way that is known, and counts what held.
import { damagedLogs, damagedPages } from './damage.ts'
import { failingCalls } from './failing-calls.ts'
import { powerCuts } from './power-cuts.ts'

const quick = process.argv.includes('quick')
const seed = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1814)
const part = (whole: number): number => (quick ? Math.ceil(whole / 20) : whole)

let failed = 0
console.log(`Faults, seed ${seed}${quick ? ', the quick part' : ''}`)
for (const attack of [
  () => powerCuts(part(2000)),
  () => damagedLogs(part(240), seed),
  () => damagedPages(part(1000), seed),
  () => failingCalls(part(120), seed)
]) {
  const count = await attack()
  if (count && !count.isGood) failed += 1
  console.log(count ? count.line() : 'SKIPPED  failing system calls: needs Linux and gcc')
}
console.log('See also: npm run test:kill, and the disks of tests/e2e/recovery.spec.ts.')
process.exit(failed > 0 ? 1 : 0)
