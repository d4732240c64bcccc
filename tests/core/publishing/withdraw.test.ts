import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { sha256 } from '../../../src/main/core/publishing/targets/canonical-json.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { faults, FaultProxy, type FaultName, type Seen } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, Newsroom, SECRET, SHORT, temporaryFolder } from './newsroom.ts'

const reason = 'The court ordered it.'

describe('taking a story down from an open endpoint', () => {
  let room: Newsroom
  let targetId: string
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
  })
  afterEach(() => room.close())

  const withdraw = (storyId: string, ids = [targetId], changeId = newId()) =>
    room.desk.publishing.withdraw({ storyId, targetIds: ids, reason, changeId })
  async function published(headline: string, to = targetId): Promise<string> {
    const storyId = await room.desk.story(headline, {}, true)
    expect(await room.run(room.desk.publish(storyId, to).id)).toMatchObject({ state: 'done' })
    return storyId
  }

  it('sends neither words nor pictures again, is read back, kept with its reason, and told by the history', async () => {
    const storyId = await published('Bridge closes')
    const before = room.proxy.seen.length
    const [item] = withdraw(storyId)
    expect(await room.run(item?.id ?? '')).toMatchObject({
      state: 'done',
      purpose: 'withdraw',
      reason,
      problem: null,
      receipt: { withdrawn: true, url: null, media: 0, revision: 1 + 1 }
    })
    const sent = room.proxy.seen.slice(before).filter(({ method }) => method === 'PUT')
    expect(sent.map(({ path }) => path)).toEqual([`/api/articles/${storyId}`])
    const held = JSON.parse(room.receiver.shelf.get(storyId)?.payload ?? '{}') as { story: Record<string, unknown> }
    expect(held).toMatchObject({
      story: { id: storyId, status: 'killed', body: { blocks: [] }, fields: { headline: 'Bridge closes' } },
      media: []
    })
    expect(JSON.stringify(held)).not.toContain('court')
    expect(room.desk.stories.get(storyId).status).toBe('killed')
    const page = await fetch(`${room.receiver.url}/stories/${storyId}/bridge-closes`)
    expect(page.status).toBe(410)
    expect(await (await fetch(`${room.receiver.url}/`)).text()).not.toContain('Bridge closes')
    expect(room.desk.publishing.standings(storyId)).toMatchObject([{ targetId, state: 'withdrawn' }])
  })

  it('ninjs says canceled', async () => {
    const ninjs = (await room.desk.target(room.endpoint, undefined, 'ninjs', 'Wire')).id
    const storyId = await published('Wire story', ninjs)
    await room.run(withdraw(storyId, [ninjs])[0]?.id ?? '')
    const held: unknown = JSON.parse(room.receiver.shelf.get(storyId)?.payload ?? '{}')
    expect(held).toMatchObject({ pubStatus: 'canceled', headlines: [{ value: 'Wire story' }] })
    expect(held).not.toHaveProperty('bodies')
    expect((await fetch(`${room.receiver.url}/stories/${storyId}`)).status).toBe(410)
  })

  it('comes back by being made a draft and published again, in its place and with its first date', async () => {
    const storyId = await published('There and back')
    const first = room.desk.stories.get(storyId).fields.times.firstPublished
    await room.run(withdraw(storyId)[0]?.id ?? '')
    expect(() => room.desk.publish(storyId, targetId)).toThrow(expect.objectContaining({ code: 'refused' }))
    const { revision } = room.desk.stories.get(storyId)
    room.desk.stories.setStatus({ id: storyId, baseRevision: revision, changeId: newId() }, 'draft')
    room.clock.advance(60_000)
    expect(await room.run(room.desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
    expect(room.accepted(storyId)).toBe(3)
    expect(room.desk.stories.get(storyId)).toMatchObject({ status: 'published' })
    expect(room.desk.stories.get(storyId).fields.times.firstPublished).toEqual(first)
    expect((await fetch(`${room.receiver.url}/stories/${storyId}`)).status).toBe(200)
    expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'live' }])
  })

  it('is asked once however often it is said, and refused where the story never was', async () => {
    const storyId = await published('Once')
    const other = (await room.desk.target(`${room.endpoint}/other`, undefined, 'galley', 'Other')).id
    expect(() => withdraw(storyId, [targetId, other])).toThrow(expect.objectContaining({ code: 'refused' }))
    expect(room.desk.publishing.queue.list({ storyId })).toHaveLength(1)
    const changeId = newId()
    const [one] = withdraw(storyId, [targetId], changeId)
    const [again] = withdraw(storyId, [targetId], changeId)
    expect(again?.id).toBe(one?.id)
    await room.run(one?.id ?? '')
    expect(() => withdraw(storyId)).toThrow(expect.objectContaining({ code: 'refused' }))
    expect(room.accepted(storyId)).toBe(2)
  })

  it('a story that is live elsewhere stays published until the last place is empty', async () => {
    const other = await Receiver.start({ folder: join(room.folder, 'second'), secret: SECRET, clock: room.clock })
    const second = (await room.desk.target(other.endpoint, undefined, 'galley', 'Second')).id
    const storyId = await published('Two places')
    expect(await room.run(room.desk.publish(storyId, second).id)).toMatchObject({ state: 'done' })
    await room.run(withdraw(storyId)[0]?.id ?? '')
    expect(room.desk.stories.get(storyId).status).toBe('published')
    await room.run(withdraw(storyId, [second])[0]?.id ?? '')
    expect(room.desk.stories.get(storyId).status).toBe('killed')
    await other.stop()
  })

  it('takes what waits unsent with it, and an embargo holds no withdrawal', async () => {
    const storyId = await published('Embargoed later')
    const { times } = room.desk.stories.get(storyId).fields
    const utc = new Date(room.clock.now() + 86_400_000).toISOString()
    room.desk.edit(storyId, { headline: 'New', times: { ...times, embargo: { utc, zone: 'UTC', origin: 'typed' } } })
    const update = room.desk.publish(storyId, targetId)
    const [item] = withdraw(storyId)
    expect(await room.run(item?.id ?? '')).toMatchObject({ state: 'done', notBefore: null })
    expect(room.desk.item(update.id)).toMatchObject({ state: 'cancelled' })
    expect(room.desk.stories.get(storyId).status).toBe('killed')
  })

  it('looks first whether what may have been sent arrived, and takes down what did', async () => {
    for (const fault of ['cut before', 'cut after'] as const) {
      const storyId = await room.desk.story(`Maybe ${fault}`)
      room.proxy.failNext(fault, (seen) => seen.method === 'PUT')
      const first = room.desk.publish(storyId, targetId)
      await room.desk.publishing.quiet()
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'unknown', receipt: null }])
      const [item] = withdraw(storyId)
      await room.run(first.id)
      await room.run(item?.id ?? '')
      const arrived = fault === 'cut after'
      expect(room.desk.item(first.id).state).toBe(arrived ? 'done' : 'cancelled')
      expect(room.desk.item(item?.id ?? '').state).toBe(arrived ? 'done' : 'cancelled')
      expect(room.accepted(storyId)).toBe(arrived ? 2 : 0)
      const held = room.receiver.shelf.get(storyId)
      if (arrived) expect(JSON.parse(held?.payload ?? '')).toMatchObject({ story: { status: 'killed' } })
      else expect(held).toBeUndefined()
    }
  })

  it('what somebody changed there meanwhile is shown before it goes', async () => {
    const storyId = await published('Changed there')
    const held = room.receiver.shelf.get(storyId)
    if (!held) throw new Error('not held')
    const payload = held.payload.replaceAll('Changed there', 'Corrected there')
    await room.receiver.shelf.put({ ...held, version: 2, etag: '"2-x"', payload, sha256: sha256(payload) })
    const id = withdraw(storyId)[0]?.id ?? ''
    expect(await room.run(id)).toMatchObject({ state: 'conflict' })
    const there = await room.desk.publishing.conflicts.remote(id)
    expect(there?.headline).toBe('Corrected there')
    room.desk.publishing.conflicts.overwrite(id, there?.etag ?? '')
    expect(await room.run(id)).toMatchObject({ state: 'done' })
  })

  it('another server that knows nothing of the story is no proof that it is gone', async () => {
    const storyId = await published('Moved')
    room.proxy.onSeen((seen) => room.proxy.failNext('404', (one) => one === seen))
    const id = withdraw(storyId)[0]?.id ?? ''
    await room.desk.publishing.quiet()
    expect(room.desk.item(id)).not.toMatchObject({ state: 'done' })
    room.proxy.onSeen(null)
    room.proxy.clear()
    room.desk.publishing.queue.retry(id)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(JSON.parse(room.receiver.shelf.get(storyId)?.payload ?? '')).toMatchObject({ story: { status: 'killed' } })
  })
})

describe('every fault at every step of taking down from an open endpoint', () => {
  let room: Newsroom
  let targetId: string
  beforeAll(async () => {
    room = await Newsroom.open({ limits: SHORT })
    targetId = (await room.desk.target(room.endpoint)).id
  })
  afterEach(() => room.proxy.clear())
  afterAll(() => room.close())

  for (const fault of Object.keys(faults) as FaultName[]) {
    it(`${fault}: exactly once, and it stays down`, async () => {
      for (const step of ['PUT', 'GET']) {
        const storyId = await room.desk.story(`${fault} ${step}`)
        expect(await room.run(room.desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
        room.proxy.failNext(fault, (seen) => seen.method === step && seen.path.includes('/articles/'))
        const id = room.desk.publishing.withdraw({ storyId, targetIds: [targetId], reason, changeId: newId() })[0]?.id
        let item = await room.run(id ?? '')
        for (let tries = 0; tries < 3 && item.state !== 'done'; tries += 1) {
          room.desk.publishing.queue.retry(item.id)
          item = await room.run(item.id)
        }
        await room.proxy.settled()
        const where = `${fault} at ${step}`
        expect(room.proxy.pending, where).toBe(0)
        expect(item, where).toMatchObject({ state: 'done', problem: null, receipt: { withdrawn: true } })
        expect(room.desk.stories.get(storyId).status, where).toBe('killed')
        // A look-up that says "nothing there" of an endpoint that knows us ends it without another word.
        const held = JSON.parse(room.receiver.shelf.get(storyId)?.payload ?? '') as { story: { status: string } }
        if (fault !== '404' || step === 'PUT') {
          expect(room.accepted(storyId), where).toBe(2)
          expect(held.story.status, where).toBe('killed')
        }
      }
    }, 30_000)
  }
})

describe('taking a story down from WordPress', () => {
  let folder: string
  let clock: ManualClock
  let site: FakeWordpress
  let proxy: FaultProxy
  let desk: Desk
  let targetId: string
  beforeEach(async () => {
    folder = temporaryFolder()
    clock = new ManualClock()
    site = new FakeWordpress(() => clock.now())
    await site.start()
    proxy = new FaultProxy(site.url)
    await proxy.start()
    site.home = proxy.url
    desk = new Desk(join(folder, 'library'), clock, memorySecrets(), {
      limits: { maxBytes: 1024 * 1024, idleMs: 2_000, totalMs: 4_000 }
    })
    await desk.publishing.start()
    targetId = (
      await desk.publishing.saveTarget({
        name: 'The site',
        kind: 'wordpress',
        url: proxy.url,
        settings: { user: site.user },
        secret: site.password
      })
    ).id
  })
  afterEach(async () => {
    await desk.close()
    await proxy.stop()
    await site.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function run(id: string | undefined) {
    for (let turn = 0; turn < 30; turn += 1) {
      await desk.publishing.quiet()
      if (!['waiting', 'sending'].includes(desk.item(id ?? '').state)) break
      clock.advance(400_000)
    }
    return desk.item(id ?? '')
  }
  const withdraw = (storyId: string) =>
    desk.publishing.withdraw({ storyId, targetIds: [targetId], reason, changeId: newId() })[0]?.id

  it('becomes a draft, and the same post again when it comes back', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    await run(desk.publish(storyId, targetId).id)
    const date = site.posts[0]?.date_gmt
    clock.advance(60_000)
    expect(await run(withdraw(storyId))).toMatchObject({ state: 'done', receipt: { withdrawn: true, url: null } })
    expect(site.posts).toMatchObject([{ status: 'draft', title: 'Bridge opens' }])
    expect(desk.stories.get(storyId).status).toBe('killed')
    const { revision } = desk.stories.get(storyId)
    desk.stories.setStatus({ id: storyId, baseRevision: revision, changeId: newId() }, 'draft')
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
    expect(site.posts).toMatchObject([{ status: 'publish', slug: 'bridge-opens', date_gmt: date }])
    expect(site.media).toHaveLength(1)
  })

  it('a post that was thrown away or deleted there is down; coming back makes one anew', async () => {
    for (const how of ['trash', 'delete'] as const) {
      site.posts.length = 0
      const storyId = await desk.story(`Gone ${how}`)
      await run(desk.publish(storyId, targetId).id)
      if (how === 'trash') site.trash(site.posts[0]?.id ?? 0)
      else site.posts.length = 0
      expect(await run(withdraw(storyId)), how).toMatchObject({ state: 'done', receipt: { withdrawn: true, etag: '' } })
      const { revision } = desk.stories.get(storyId)
      desk.stories.setStatus({ id: storyId, baseRevision: revision, changeId: newId() }, 'draft')
      expect(await run(desk.publish(storyId, targetId).id), how).toMatchObject({ state: 'done', problem: null })
      expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(1)
    }
  })

  it('a post with a date ahead is made a draft too: it would go public by itself', async () => {
    const storyId = await desk.story('Ahead')
    await run(desk.publish(storyId, targetId).id)
    site.edit(site.posts[0]?.id ?? 0, { status: 'future' })
    let item = await run(withdraw(storyId))
    if (item.state === 'conflict') {
      desk.publishing.conflicts.overwrite(item.id, (await desk.publishing.conflicts.remote(item.id))?.etag ?? '')
      item = await run(item.id)
    }
    expect(item).toMatchObject({ state: 'done' })
    expect(site.posts).toMatchObject([{ status: 'draft' }])
  })

  it('a site that has lost its API is no proof that the post is gone', async () => {
    const storyId = await desk.story('No API')
    await run(desk.publish(storyId, targetId).id)
    proxy.onSeen((seen) => {
      if (seen.path.includes('/wp/v2')) proxy.failNext('404', (one) => one === seen)
    })
    const id = withdraw(storyId)
    await desk.publishing.quiet()
    expect(desk.item(id ?? '').state).not.toBe('done')
    proxy.onSeen(null)
    proxy.clear()
    desk.publishing.queue.retry(id ?? '')
    expect(await run(id)).toMatchObject({ state: 'done' })
    expect(site.posts).toMatchObject([{ status: 'draft' }])
  })

  const steps: Record<string, (seen: Seen) => boolean> = {
    'looking before': (seen) => seen.method === 'GET' && /\/posts\/\d/.test(seen.path),
    'the update': (seen) => seen.method === 'POST' && /\/posts\/\d/.test(seen.path)
  }
  for (const fault of [
    'cut before',
    'cut after',
    'cut in mid-answer',
    '500 before',
    '500 after',
    '503 with seconds',
    '503 after',
    '502 web page after',
    'sign-in page 200',
    'sign-in page 200 after',
    '302 elsewhere',
    'gzip bomb'
  ] as const) {
    it(`${fault}, at every step: down once, and it stays down`, async () => {
      for (const [name, matches] of Object.entries(steps)) {
        site.posts.length = 0
        const storyId = await desk.story(`${fault} ${name}`)
        await run(desk.publish(storyId, targetId).id)
        const before = proxy.seen.length
        proxy.failNext(fault, matches)
        const id = withdraw(storyId)
        let item = await run(id)
        expect(proxy.pending, name).toBe(0)
        for (let tries = 0; tries < 3 && item.state !== 'done'; tries += 1) {
          desk.publishing.queue.retry(item.id)
          item = await run(id)
        }
        expect(item, name).toMatchObject({ state: 'done', problem: null, receipt: { withdrawn: true } })
        expect(site.posts, name).toMatchObject([{ status: 'draft' }])
        const sent = proxy.seen.slice(before).filter((seen) => seen.method === 'POST' && seen.forwarded)
        expect(sent.length, name).toBe(1)
      }
    }, 30_000)
  }
})
