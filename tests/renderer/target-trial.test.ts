import { expect, test } from 'vitest'
import { TargetTrial } from '../../src/renderer/features/publishing/target-trial.ts'

const told = { ok: true, text: 'It works.' }

test('the result of a test is gone once the CMS may be another', async () => {
  const trial = new TargetTrial()
  expect(await trial.ask(() => Promise.resolve('reply'))).toBe('reply')
  trial.tell(told)
  expect(trial.view.get()).toEqual({ isAsking: false, told })
  trial.forget()
  expect(trial.view.get()).toEqual({ isAsking: false, told: null })
})

test('a reply about what the CMS was before is ignored, and so is its failure', async () => {
  for (const end of ['resolve', 'reject'] as const) {
    const trial = new TargetTrial()
    const question = Promise.withResolvers<string>()
    const asked = trial.ask(() => question.promise)
    expect(trial.view.get().isAsking).toBe(true)
    trial.forget()
    expect(trial.view.get().isAsking).toBe(false)
    question[end]('late')
    expect(await asked, end).toBeNull()
  }
})

test('the reply of an earlier test does not end the one under way', async () => {
  const trial = new TargetTrial()
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const asked = [trial.ask(() => first.promise), trial.ask(() => second.promise)]
  first.resolve('first')
  expect(await asked[0]).toBeNull()
  expect(trial.view.get()).toEqual({ isAsking: true, told: null })
  second.resolve('second')
  expect(await asked[1]).toBe('second')
})
