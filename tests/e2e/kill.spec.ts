import { expect, test } from '@playwright/test'
import { killWhileTyping } from '../kill/kill-while-typing.ts'

test('killed while typing: at most a second of it is gone, and nothing that was said to be on disk', async () => {
  test.setTimeout(180_000)
  const summary = await killWhileTyping({ runs: 3, seed: 20_240_813 })
  expect(summary.runs.every((run) => run.keys > 5 && run.acknowledged > 0)).toBe(true)
  expect(summary).toMatchObject({ acknowledgedLost: 0, corrupt: 0 })
  expect(summary.lossMax).toBeLessThanOrEqual(1000)
})
