import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

let folder: string
let clock: ManualClock
let desk: Desk

beforeEach(() => {
  folder = temporaryFolder()
  clock = new ManualClock()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets())
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A version that waits for its target. */
async function waiting(words: number): Promise<{ storyId: string; id: string }> {
  const { id: targetId } = await desk.target('http://127.0.0.1:9/api')
  desk.publishing.pausing.pause(targetId)
  const { id: storyId } = desk.stories.create({
    fields: { headline: 'Bridge opens' },
    body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'word '.repeat(words) }] }] }
  })
  return { storyId, id: desk.publish(storyId, targetId).id }
}
const told = (id: string): boolean[] =>
  desk.pushes.flatMap(({ event, data }) => {
    const { item } = data as { item?: { id: string; behind: boolean } }
    return event === 'outboxChanged' && item?.id === id ? [item.behind] : []
  })

it('a long story is not held against what waits of it with every save, and once it rests the windows are told', async () => {
  const { storyId, id } = await waiting(20_000)
  const looks = vi.spyOn(desk.stories, 'glance')
  desk.pushes.length = 0
  for (let turn = 0; turn < 20; turn += 1) desk.edit(storyId, { standfirst: `Turn ${turn}` })
  expect(looks).not.toHaveBeenCalled()
  clock.advance(1_000)
  expect(looks).toHaveBeenCalledTimes(1)
  expect(told(id)).toEqual([true])
  desk.edit(storyId, { standfirst: '' })
  clock.advance(1_000)
  expect(told(id)).toEqual([true, false])
})

it('a short one is held against it at once, and its approved version is read once', async () => {
  const { storyId, id } = await waiting(20)
  const reads = vi.spyOn(desk.store, 'read')
  desk.pushes.length = 0
  desk.edit(storyId, { standfirst: 'One' })
  expect(told(id)).toEqual([true])
  const first = reads.mock.calls.length
  desk.edit(storyId, { standfirst: 'Two' })
  expect(reads.mock.calls.length - first).toBeLessThan(first)
})

it('an embargo that is moved is followed at once, however long the story is', async () => {
  const { storyId, id } = await waiting(20_000)
  const { times } = desk.stories.get(storyId).fields
  const embargo = { utc: new Date(clock.now() + 3_600_000).toISOString(), zone: 'UTC', origin: 'typed' as const }
  desk.edit(storyId, { times: { ...times, embargo } })
  expect(desk.item(id).embargo?.utc ?? desk.item(id).notBefore).toBe(embargo.utc)
})
