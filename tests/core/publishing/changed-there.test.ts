import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { Seen, FaultProxy } from '../../support/fault-proxy.ts'
import { CmsRoom } from './cms-room.ts'
import type { Desk } from './newsroom.ts'

let room: CmsRoom<FakeWordpress>
let site: FakeWordpress
let proxy: FaultProxy
let desk: Desk
let targetId: string

beforeEach(async () => {
  room = await CmsRoom.open(FakeWordpress)
  ;({ site, proxy, desk, targetId } = room)
})
afterEach(() => room.close())

const run = (id: string): Promise<OutboxItem> => room.run(id)

/** Does something on the site just before the first request that matches is passed on. */
function justBefore(matches: (seen: Seen) => boolean, happens: () => void): void {
  let isDone = false
  proxy.onSeen((seen) => {
    if (isDone || !matches(seen)) return
    isDone = true
    happens()
  })
}

const isPostOf = (method: string, path: RegExp) => (seen: Seen) => seen.method === method && path.test(seen.path)
const filed = { section: 'Harbour', keywords: ['Bridge', 'Ferry'], standfirst: 'After years of repairs.' }

describe('what somebody does on the site meanwhile', () => {
  it('a category, a tag and a picture that were deleted between two versions are there again with the next', async () => {
    const storyId = await desk.story('Bridge opens', filed, true)
    await run(desk.publish(storyId, targetId).id)
    site.terms.categories.length = 1
    site.terms.tags.length = 0
    site.media.length = 0
    const post = site.posts[0]
    if (post) Object.assign(post, { categories: [1], tags: [], featured_media: 0 })
    desk.edit(storyId, { headline: 'Bridge opens early' })
    const item = await run(desk.publish(storyId, targetId).id)
    // WordPress counts that as no change of the post, and neither does the desk.
    expect(item).toMatchObject({ state: 'done' })
    expect(item.receipt?.differences).toBeUndefined()
    expect(site.terms.categories.map(({ name }) => name)).toEqual(['Uncategorized', 'Harbour'])
    expect(site.posts).toMatchObject([
      {
        title: 'Bridge opens early',
        categories: [site.terms.categories[1]?.id],
        tags: site.terms.tags.map(({ id }) => id),
        featured_media: site.media[0]?.id
      }
    ])
    expect(site.media).toHaveLength(1)
  })

  it('a category that is deleted in the middle of a delivery is told in the receipt', async () => {
    justBefore(isPostOf('POST', /\/posts\/\d+/), () => (site.terms.categories.length = 1))
    const item = await run(desk.publish(await desk.story('Bridge opens', filed), targetId).id)
    expect(item).toMatchObject({ state: 'done' })
    expect(item.receipt?.differences).toEqual([{ field: 'section', note: { key: 'wordpress.categoryLeftOut' } }])
    expect(site.posts).toHaveLength(1)
  })

  it('a picture that is deleted in the middle of a delivery is no true receipt, and a person is told', async () => {
    justBefore(isPostOf('POST', /\/posts\/\d+/), () => (site.media.length = 0))
    const item = await run(desk.publish(await desk.story('Bridge opens', filed, true), targetId).id)
    expect(item.state).not.toBe('done')
    expect(item.problem).not.toBeNull()
    expect(site.posts).toHaveLength(1)
  })

  it.each([
    ['deleted', () => site.posts.splice(0, 1)],
    ['thrown away', () => site.trash(site.posts[0]?.id ?? 0)],
    ['edited', () => site.edit(site.posts[0]?.id ?? 0, { slug: 'theirs', title: 'Theirs' })]
  ])('a draft that is %s before it is published is not gone over without a person’s word', async (_what, happens) => {
    justBefore(isPostOf('GET', /\/posts\/\d+/), happens)
    const storyId = await desk.story('Bridge opens', filed)
    const item = await run(desk.publish(storyId, targetId).id)
    expect(item.state).toBe('conflict')
    expect(site.posts.filter(({ status }) => status === 'publish')).toEqual([])
    // Whatever the person decides, there is one.
    const there = await desk.publishing.conflicts.remote(item.id)
    desk.publishing.conflicts.overwrite(item.id, there?.etag ?? '')
    expect(await run(item.id)).toMatchObject({ state: 'done' })
    expect(site.posts.filter(({ status }) => status === 'publish')).toMatchObject([{ title: 'Bridge opens' }])
  })

  it('what went public and was changed there before the answer that got lost was looked up has a receipt', async () => {
    const storyId = await desk.story('Bridge opens', filed)
    proxy.failNext('cut after', ({ method, body }) => method === 'POST' && body.includes('"status":"publish"'))
    const { id } = desk.publish(storyId, targetId)
    await desk.publishing.quiet()
    expect(desk.item(id)).toMatchObject({ state: 'waiting', receipt: null })
    expect(site.posts).toMatchObject([{ status: 'publish', title: 'Bridge opens' }])
    site.edit(site.posts[0]?.id ?? 0, { title: 'Theirs' })
    const item = await run(id)
    expect(item).toMatchObject({
      state: 'conflict',
      receipt: { since: 'changed', differences: [{ field: 'headline' }], url: expect.any(String) }
    })
    expect(desk.publishing.standings(storyId)).toMatchObject([{ state: 'live', current: false }])
    expect(desk.stories.get(storyId)).toMatchObject({ status: 'updating', fields: { times: { firstPublished: {} } } })
    expect(await desk.publishing.conflicts.remote(id)).not.toHaveProperty('mayBeAnother')
    expect(await desk.publishing.merging.look(id)).toMatchObject({ base: { fields: { headline: 'Bridge opens' } } })
    await desk.publishing.queue.cancel(id)
    expect(desk.stories.get(storyId).status).toBe('updating')
    // Nothing goes over what is there without a person's word.
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'conflict' })
    expect(site.posts).toMatchObject([{ title: 'Theirs' }])
  })

  it('a live story that met another version is no approved one in the list: readers have something else', async () => {
    const storyId = await desk.story('Bridge opens', filed)
    const { id: first } = await run(desk.publish(storyId, targetId).id)
    site.edit(site.posts[0]?.id ?? 0, { title: 'Theirs' })
    desk.edit(storyId, { headline: 'Bridge opens early' })
    const item = await run(desk.publish(storyId, targetId).id)
    expect(item.state).toBe('conflict')
    expect(desk.stories.summary(storyId).status).toBe('updating')
    // So does the delivery that brought there what was live, and every window hears of it.
    expect(desk.item(first)).toMatchObject({ state: 'done', receipt: { since: 'changed' } })
    expect(desk.pushes.filter(({ event }) => event === 'outboxChanged').at(-1)).toMatchObject({
      data: { item: { id: first, receipt: { since: 'changed' } } }
    })
    const there = await desk.publishing.conflicts.remote(item.id)
    desk.publishing.conflicts.overwrite(item.id, there?.etag ?? '')
    expect(await run(item.id)).toMatchObject({ state: 'done' })
    expect(desk.stories.summary(storyId).status).toBe('published')
    expect(desk.item(first).receipt?.since).toBeUndefined()
  })

  it('a live post that is deleted in the middle of its update is asked about, and made once at a person’s word', async () => {
    const storyId = await desk.story('Bridge opens', filed)
    await run(desk.publish(storyId, targetId).id)
    desk.edit(storyId, { headline: 'Bridge opens early' })
    justBefore(isPostOf('POST', /\/posts\/\d+/), () => site.posts.splice(0, 1))
    const item = await run(desk.publish(storyId, targetId).id)
    expect(item.state).toBe('conflict')
    expect(site.posts).toEqual([])
    desk.publishing.conflicts.overwrite(item.id, '')
    expect(await run(item.id)).toMatchObject({ state: 'done' })
    expect(site.posts).toMatchObject([{ title: 'Bridge opens early', status: 'publish' }])
  })
})

describe('the status of a story of which one delivery came to nothing', () => {
  const other = async (): Promise<string> => (await room.connect()).id
  const at = (ms: number) =>
    ({ utc: new Date(room.clock.now() + ms).toISOString(), zone: 'Europe/Vienna', origin: 'typed' }) as const
  const schedule = (storyId: string, target: string): string => {
    const { revision } = desk.stories.get(storyId)
    const input = {
      storyId,
      targetId: target,
      revision,
      changeId: newId(),
      at: at(3_600_000),
      firedBy: 'desk' as const
    }
    return desk.publishing.approving.publish(input).id
  }

  it('is that readers have it, where they have it as it is at another CMS', async () => {
    const storyId = await desk.story('Bridge opens', filed)
    await run(desk.publish(storyId, targetId).id)
    const second = await other()
    site.edit(site.posts[0]?.id ?? 0, { title: 'Theirs' })
    expect((await run(desk.publish(storyId, second).id)).state).toBe('conflict')
    expect(desk.stories.get(storyId).status).toBe('published')
    // The same where somebody takes one back.
    const third = await other()
    await desk.publishing.queue.cancel(schedule(storyId, third))
    expect(desk.stories.get(storyId).status).toBe('published')
    desk.edit(storyId, { standfirst: 'Ours.' })
    await desk.publishing.queue.cancel(schedule(storyId, third))
    expect(desk.stories.get(storyId).status).toBe('updating')
  })

  it('is that it is planned, where it waits for its hour on another CMS', async () => {
    const storyId = await desk.story('Bridge opens', filed)
    await run(desk.publish(storyId, targetId).id)
    desk.edit(storyId, { standfirst: 'Ours.' })
    schedule(storyId, targetId)
    expect(desk.stories.get(storyId).status).toBe('scheduled')
    const { revision } = desk.stories.get(storyId)
    const input = { storyId, targetId: await other(), revision, changeId: newId(), at: null }
    const id = desk.publishing.approving.publish(input).id
    expect((await run(id)).state).toBe('conflict')
    expect(desk.stories.get(storyId).status).toBe('scheduled')
  })
})
