import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

let folder: string
let clock: ManualClock
let proxy: FaultProxy
let desk: Desk

beforeEach(() => {
  folder = temporaryFolder()
  clock = new ManualClock()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets(), {
    limits: { maxBytes: 1024 * 1024, idleMs: 2_000, totalMs: 4_000 }
  })
})
afterEach(async () => {
  await desk.close()
  await proxy.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function run(id: string): Promise<string> {
  for (let turn = 0; turn < 30; turn += 1) {
    await desk.publishing.quiet()
    await proxy.settled()
    if (!['waiting', 'sending'].includes(desk.item(id).state)) break
    clock.advance(400_000)
  }
  return desk.item(id).state
}

describe('what a fault leaves on WordPress', () => {
  let site: FakeWordpress
  let targetId: string
  beforeEach(async () => {
    site = new FakeWordpress(() => clock.now())
    await site.start()
    proxy = new FaultProxy(site.url)
    await proxy.start()
    site.home = proxy.url
    await desk.publishing.start()
    const settings = { user: site.user }
    const input = { name: 'The site', kind: 'wordpress', url: proxy.url, settings, secret: site.password } as const
    targetId = (await desk.publishing.saveTarget(input)).id
  })
  afterEach(() => site.stop())

  it('is nothing after a publication without trouble', async () => {
    const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
    expect(await run(id)).toBe('done')
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  it('is the second copy of a picture and the second draft that a gateway made, and they alone are removed', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && path.includes('/media'))
    proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && /\/posts\?/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('done')
    expect(site.media).toHaveLength(2)
    expect(site.posts).toHaveLength(2)
    const shown = site.posts.find(({ status }) => status === 'publish')

    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans.map(({ kind, headline }) => [kind, headline])).toEqual([
      ['draft', 'Bridge opens'],
      ['picture', 'Bridge opens']
    ])
    const { removed, left } = await desk.publishing.orphans.remove(
      targetId,
      orphans.map(({ id: one }) => one)
    )
    expect([removed.length, left]).toEqual([2, []])
    expect(site.posts.filter(({ status }) => status !== 'trash')).toEqual([shown])
    expect(site.media.map(({ id: one }) => one)).toEqual([shown?.featured_media])
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  it('is what a publication made that was called off, and not while it is still on its way', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('422', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('refused')
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
    await desk.publishing.queue.cancel(id)
    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans.map(({ kind }) => kind)).toEqual(['draft', 'picture'])
    await desk.publishing.orphans.remove(
      targetId,
      orphans.map(({ id: one }) => one)
    )
    // And the story can be published all the same.
    expect(await run(desk.publish(storyId, targetId).id)).toBe('done')
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(1)
  })

  it('is no picture that somebody there has put into a post', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('422', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('refused')
    await desk.publishing.queue.cancel(id)
    const [draft] = site.posts
    site.edit(draft?.id ?? 0, {
      slug: 'mine',
      status: 'publish',
      content: `<img src="${proxy.url}/uploads/${site.media[0]?.file}">`
    })
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  it('cannot be told without a connection', async () => {
    expect(await run(desk.publish(await desk.story('Bridge opens', {}, true), targetId).id)).toBe('done')
    await proxy.stop()
    await expect(desk.publishing.orphans.list(targetId)).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('what a fault leaves on Ghost', () => {
  it('is the second draft alone: Ghost lists no pictures', async () => {
    const site = new FakeGhost(() => clock.now())
    await site.start()
    proxy = new FaultProxy(site.url)
    await proxy.start()
    site.home = proxy.url
    await desk.publishing.start()
    const input = { name: 'The site', kind: 'ghost', url: proxy.url, secret: site.key } as const
    const { id: targetId } = await desk.publishing.saveTarget(input)
    proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && path.includes('/posts/'))
    const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
    expect(await run(id)).toBe('done')
    expect(site.posts).toHaveLength(2)
    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans).toMatchObject([{ kind: 'draft', headline: 'Bridge opens' }])
    await desk.publishing.orphans.remove(targetId, [orphans[0]?.id ?? ''])
    expect(site.posts.map(({ status }) => status)).toEqual(['published'])
    await site.stop()
  })
})
