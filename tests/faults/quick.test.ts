import { expect, it } from 'vitest'
import { clocks } from './clocks.ts'
import { damagedLogs, damagedPages } from './damage.ts'
import { failingCalls } from './failing-calls.ts'
import { holders } from './holders.ts'
import { powerCuts } from './power-cuts.ts'

// The quick part of npm run test:faults; the whole counts are in docs/reliability.md.
it('power cuts lose nothing that was acknowledged, and raise no alarm', async () => {
  const count = await powerCuts(70, 1814)
  expect(count.tried).toBeGreaterThanOrEqual(70)
  expect(count.line()).toMatch(/^held/)
  expect([...count.notes]).toEqual([])
}, 90_000)

it('a damaged log is never silent', async () => {
  const count = await damagedLogs(12, 1814)
  expect(count.line()).toMatch(/^held/)
}, 60_000)

it('damaged pages show nothing that was not written, and none of it is silent', async () => {
  const count = await damagedPages(30, 1814)
  expect(count.line()).toMatch(/^held/)
}, 60_000)

it('a clock that jumps takes nothing away, sends nothing and makes nothing old', async () => {
  const count = await clocks(9, 1814)
  expect(count.line()).toMatch(/^held/)
}, 60_000)

it('a failing system call loses nothing that was typed, and all is saved when it is over', async (context) => {
  const count = await failingCalls(4, 1814)
  if (!count) return context.skip('needs Linux and gcc')
  expect(count.line()).toMatch(/^held/)
}, 60_000)

it('whatever has become of the holder of the lock, there is one writer', async (context) => {
  const count = await holders(4)
  if (!count) return context.skip('needs signals')
  // How long it takes is counted by npm run test:faults, where nothing else runs.
  expect([...count.notes.keys()].filter((note) => !/ ms/.test(note))).toEqual([])
}, 60_000)
