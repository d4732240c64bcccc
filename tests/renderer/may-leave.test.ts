import { expect, test } from 'vitest'
import type { Api } from '../../src/renderer/api/api.tsx'
import { embargoQuestion, mayLeave } from '../../src/renderer/api/embargo.ts'
import type { OpenStory } from '../../src/renderer/api/open-story.ts'

const inAnHour = new Date(Date.now() + 3_600_000).toISOString()

function desk(embargo: object | null) {
  const done: string[] = []
  const story = {
    id: 'story',
    fields: { get: () => ({ times: { embargo } }) },
    flush: () => Promise.resolve().then(() => done.push('on disk'))
  } as unknown as OpenStory
  const passEmbargo = ({ reason }: { reason: string }) => Promise.resolve(done.push(`logged: ${reason}`))
  const api = { call: { exports: { passEmbargo } } } as unknown as Api
  return { done, story, api }
}

test('an embargo that was set a moment ago is on disk before what leaves under it is logged', async () => {
  const { done, story, api } = desk({ utc: inAnHour, zone: 'UTC', source: 'typed' })
  const leaves = mayLeave(api, story, 'copy')
  embargoQuestion.get()?.answer('For the lawyer')
  expect(await leaves).toBe(true)
  expect(done).toEqual(['on disk', 'logged: For the lawyer'])
})

test('nothing is logged where nothing is to leave, or nothing forbids it', async () => {
  const held = desk({ utc: inAnHour, zone: 'UTC', source: 'typed' })
  const leaves = mayLeave(held.api, held.story, 'print')
  embargoQuestion.get()?.answer(null)
  expect([await leaves, held.done]).toEqual([false, []])
  const free = desk(null)
  expect([await mayLeave(free.api, free.story, 'print'), free.done]).toEqual([true, []])
})
