import { expect, it } from 'vitest'
import { damagedLogs, damagedPages } from './damage.ts'
import { failingCalls } from './failing-calls.ts'
import { powerCuts } from './power-cuts.ts'

// The quick part of npm run test:faults; the whole counts are in docs/reliability.md.
it('power cuts lose nothing that was acknowledged, and raise no alarm', async () => {
  const count = await powerCuts(60)
  expect(count).toMatchObject({ tried: 60, held: 60 })
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

it('a failing system call loses nothing that was acknowledged', async (context) => {
  const count = await failingCalls(3, 1814)
  if (!count) return context.skip('needs Linux and gcc')
  expect(count.line()).toMatch(/^held/)
}, 60_000)
