import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

let folder: string
let clock: ManualClock
let site: FakeWordpress
let desk: Desk
let targetId: string

beforeEach(async () => {
  folder = temporaryFolder()
  clock = new ManualClock()
  site = new FakeWordpress(() => clock.now())
  await site.start()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets())
  await desk.publishing.start()
  const settings = { user: site.user }
  const input = { name: 'The site', kind: 'wordpress', url: site.url, settings, secret: site.password } as const
  targetId = (await desk.publishing.saveTarget(input)).id
})
afterEach(async () => {
  await desk.close()
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function published(headline = 'Bridge opens'): Promise<{ storyId: string; post: number }> {
  const storyId = await desk.story(headline)
  const { id } = desk.publish(storyId, targetId)
  await desk.publishing.quiet()
  expect(desk.item(id).state).toBe('done')
  return { storyId, post: site.posts.find(({ title }) => title === headline)?.id ?? 0 }
}

describe('a colleague who writes in WordPress itself', () => {
  it('is named, with when WordPress last kept what they wrote, until they have saved it', async () => {
    const { storyId, post } = await published()
    expect(await desk.publishing.atWork(storyId, targetId)).toBeNull()
    clock.advance(60_000)
    site.writesIn(post, 2)
    const first = Math.floor(clock.now() / 1000) * 1000
    expect(await desk.publishing.atWork(storyId, targetId)).toEqual({ name: 'Ana Kos', at: first })
    clock.advance(60_000)
    site.writesIn(post, 2)
    expect(await desk.publishing.atWork(storyId, targetId)).toEqual({ name: 'Ana Kos', at: first + 60_000 })
    clock.advance(60_000)
    site.edit(post, { content: '<p>Saved.</p>' })
    expect(await desk.publishing.atWork(storyId, targetId)).toBeNull()
  })

  it('is somebody where WordPress does not say who', async () => {
    const { storyId, post } = await published()
    clock.advance(60_000)
    site.writesIn(post, 77)
    expect(await desk.publishing.atWork(storyId, targetId)).toMatchObject({ name: null })
  })

  it('is nobody for a story that is not there, and in another story’s post', async () => {
    const { post } = await published('Ferry stops')
    clock.advance(60_000)
    site.writesIn(post, 2)
    expect(await desk.publishing.atWork(await desk.story('Bridge opens'), targetId)).toBeNull()
    expect(await desk.publishing.atWork((await published()).storyId, targetId)).toBeNull()
  })

  it('cannot be told while the site does not reply, and holds nothing up', async () => {
    const { storyId, post } = await published()
    clock.advance(60_000)
    site.writesIn(post, 2)
    await site.stop()
    expect(await desk.publishing.atWork(storyId, targetId)).toBeNull()
    await site.start()
  })
})
