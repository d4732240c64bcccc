import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
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

describe('whom the byline names', () => {
  async function published(byline: string, storyId?: string): Promise<{ storyId: string; item: OutboxItem }> {
    const id = storyId ?? (await desk.story('Bridge opens', { byline }))
    if (storyId !== undefined) desk.edit(storyId, { byline })
    const item = desk.publish(id, targetId)
    await desk.publishing.quiet()
    return { storyId: id, item: desk.item(item.id) }
  }
  const author = (): number | undefined => site.posts[0]?.author
  const mapping = async (authors: Record<string, string>): Promise<void> => {
    const { name, kind, url } = desk.publishing.targets.get(targetId)
    await desk.publishing.saveTarget({ id: targetId, name, kind, url, settings: { authors } })
  }

  it('is the author there by name alone, however it is written, and the account where nobody has it', async () => {
    const { storyId, item } = await published('By Ana  KOS and Jon Poe')
    expect(item).toMatchObject({ state: 'done' })
    expect(item.receipt?.differences).toBeUndefined()
    expect(author()).toBe(2)
    // Another name, whom nobody there has: whoever it is stays.
    expect((await published('Jon Poe', storyId)).item.state).toBe('done')
    expect(author()).toBe(2)
    site.posts.length = 0
    await published('Jon Poe')
    expect(author()).toBe(1)
  })

  it('is the second of two where the first is nobody there, and no agency', async () => {
    site.people.push({ id: 9, name: 'Reuters', slug: 'reuters' })
    await published('Reuters, Jon Poe and Ana Kos')
    expect(author()).toBe(2)
  })

  it('is whom the desk says, and nobody where it says the account', async () => {
    site.people.push({ id: 3, name: 'The Desk', slug: 'the-desk' })
    await mapping({ 'ana kos': '3' })
    await published('Ana Kos')
    expect(author()).toBe(3)
    site.posts.length = 0
    await mapping({ 'Ana Kos': '' })
    await published('Ana Kos')
    expect(author()).toBe(1)
  })

  it('stops nothing where the account may name nobody else, the user is gone or the users are kept secret', async () => {
    site.role = 'author'
    const { item } = await published('Ana Kos')
    expect(item.state).toBe('done')
    expect(author()).toBe(1)
    expect(item.receipt?.differences).toMatchObject([{ field: 'byline', note: { key: 'wordpress.authorNotSet' } }])

    site.role = 'editor'
    site.posts.length = 0
    await mapping({ 'Ana Kos': '77' })
    expect((await published('Ana Kos')).item).toMatchObject({
      state: 'done',
      receipt: { differences: [{ field: 'byline' }] }
    })

    await mapping({})
    site.keepsUsers = true
    expect((await published('Ana Kos')).item.state).toBe('done')
  })

  it('an author changed there is no other version of the story', async () => {
    const { storyId } = await published('Jon Poe')
    site.edit(site.posts[0]?.id ?? 0, { author: 2 })
    expect((await published('Jon Poe and Lea Sun', storyId)).item.state).toBe('done')
    expect(author()).toBe(2)
  })

  it('can be chosen from those there, also while the site does not reply', async () => {
    const now = await desk.publishing.people.list(targetId)
    expect(now).toEqual({
      list: [
        { id: '1', name: 'Desk' },
        { id: '2', name: 'Ana Kos' }
      ],
      problem: null
    })
    await site.stop()
    const later = await desk.publishing.people.list(targetId)
    expect(later.list.map(({ name }) => name)).toEqual(['Ana Kos', 'Desk'])
    expect(later.problem).not.toBeNull()
    await site.start()
  })
})

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
