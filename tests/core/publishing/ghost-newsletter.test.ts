import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { listOutbox } from '../../../src/main/core/store/outbox.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { faults, type FaultName, type FaultProxy } from '../../support/fault-proxy.ts'
import { CmsRoom } from './cms-room.ts'
import type { Desk } from './newsroom.ts'

let room: CmsRoom<FakeGhost>
let site: FakeGhost
let proxy: FaultProxy
let desk: Desk
let targetId: string

beforeEach(async () => {
  room = await CmsRoom.open(FakeGhost, { name: 'The blog' })
  ;({ site, proxy, desk, targetId } = room)
})
afterEach(() => room.close())

const run = (id: string): Promise<OutboxItem> => room.run(id)
const send = (storyId: string, newsletter?: string): Promise<OutboxItem> =>
  run(desk.publish(storyId, targetId, newId(), newsletter).id)

describe('a newsletter of Ghost', () => {
  it('goes out once with the first publication that it was ticked for, and with no update', async () => {
    const storyId = await desk.story('Bridge opens')
    const item = await send(storyId, 'morning')
    expect(item).toMatchObject({ state: 'done' })
    expect(item.receipt?.differences).toBeUndefined()
    expect(desk.publishing.queue.item(item.id).steps).toContainEqual(
      expect.objectContaining({
        step: 'newsletter',
        outcome: { key: 'outbox.mailedToo', params: { newsletter: 'morning' } }
      })
    )
    expect(site.mailed).toEqual(['morning'])
    desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(await send(storyId)).toMatchObject({ state: 'done' })
    expect(site.mailed).toEqual(['morning'])
  })

  it('goes out with the version that takes the place of the one it was ticked for, unless somebody says otherwise', async () => {
    const replaced = async (newsletter: string | null | undefined): Promise<string> => {
      const storyId = await desk.story('Bridge opens')
      desk.publishing.pausing.pause(targetId)
      desk.publish(storyId, targetId, newId(), 'morning')
      desk.edit(storyId, { headline: 'Bridge opens early' })
      const item = desk.publish(storyId, targetId, newId(), newsletter)
      expect(item.newsletter).toBe(newsletter === null ? null : 'morning')
      desk.publishing.pausing.resume(targetId)
      expect(await run(item.id)).toMatchObject({ state: 'done' })
      return storyId
    }
    await replaced(null)
    expect(site.mailed).toEqual([])
    const storyId = await replaced(undefined)
    expect(site.mailed).toEqual(['morning'])
    expect(site.posts.map(({ title, status }) => [title, status])).toEqual([
      ['Bridge opens early', 'published'],
      ['Bridge opens early', 'published']
    ])
    // Readers have it now: what comes next is an update, whatever waited before.
    desk.edit(storyId, { headline: 'Bridge opens late' })
    expect((await send(storyId)).newsletter).toBeNull()
    expect(site.mailed).toEqual(['morning'])
  })

  it('is handed on by each of a row of versions, and by none of which the first has reached readers', async () => {
    const storyId = await desk.story('Bridge opens')
    desk.publishing.pausing.pause(targetId)
    desk.publish(storyId, targetId, newId(), 'morning')
    for (const headline of ['Second', 'Third']) {
      desk.edit(storyId, { headline })
      desk.publish(storyId, targetId)
    }
    desk.publishing.pausing.resume(targetId)
    await run(desk.publish(storyId, targetId).id)
    expect(site.mailed).toEqual(['morning'])
  })

  it('goes out with nothing that it was not ticked for', async () => {
    expect(await send(await desk.story('Bridge opens'))).toMatchObject({ state: 'done' })
    expect(site.mailed).toEqual([])
  })

  it('is refused for what is published there already, also where it was withdrawn, and where there are none', async () => {
    const storyId = await desk.story('Bridge opens')
    await send(storyId)
    desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(() => desk.publish(storyId, targetId, newId(), 'morning')).toThrow(/first publication/)
    const settings = { user: 'desk' }
    const input = { name: 'The site', kind: 'wordpress', url: proxy.url, settings, secret: 'x' } as const
    const other = await desk.publishing.saveTarget(input)
    expect(() => desk.publish(storyId, other.id, newId(), 'morning')).toThrow(/no newsletters/)
    expect(site.mailed).toEqual([])
  })

  it('of which Ghost knows nothing stops the story before anybody reads it, and says so', async () => {
    const storyId = await desk.story('Bridge opens')
    const item = await send(storyId, 'gone')
    expect(item).toMatchObject({ state: 'refused', problem: { params: { said: { key: 'ghost.newsletterRefused' } } } })
    expect(site.posts.map(({ status }) => status)).toEqual(['draft'])
    expect(await send(storyId)).toMatchObject({ state: 'done' })
    expect(site.posts.map(({ status }) => status)).toEqual(['published'])
    expect(site.mailed).toEqual([])
  })

  it('of a story that was refused for something else goes out with what takes its place', async () => {
    const storyId = await desk.story('Bridge opens')
    proxy.failNext('422', ({ method }) => method === 'PUT')
    expect(await send(storyId, 'morning')).toMatchObject({ state: 'refused', newsletter: 'morning' })
    desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(await send(storyId)).toMatchObject({ state: 'done' })
    expect(site.mailed).toEqual(['morning'])
  })

  it('that was ticked, and never left, goes with its story when that is deleted for good', async () => {
    const storyId = await desk.story('Bridge opens')
    desk.publishing.pausing.pause(targetId)
    await desk.publishing.queue.cancel(desk.publish(storyId, targetId, newId(), 'morning').id)
    desk.stories.erase([storyId])
    expect(desk.store.read((db) => listOutbox(db, storyId, 10))).toEqual([])
  })

  it('that could not be mailed is told in the receipt', async () => {
    site.mail = 'failed'
    const item = await send(await desk.story('Bridge opens'), 'morning')
    expect(item).toMatchObject({
      state: 'done',
      receipt: { differences: [{ field: 'newsletter', note: { key: 'ghost.newsletterFailed' } }] }
    })
  })

  it('is offered with its name and how many get it', async () => {
    const { newsletters } = desk.publishing
    const list = [
      { slug: 'default-newsletter', name: 'Newsroom', members: 1234 },
      { slug: 'morning', name: 'The morning letter', members: 1 }
    ]
    expect(await newsletters.list(targetId)).toEqual({ list, problem: null })
    await proxy.stop()
    expect(await newsletters.list(targetId)).toMatchObject({ list, problem: { key: 'cms.nobodyThere' } })
    await proxy.start()
    site.newsletters.length = 0
    expect(await newsletters.list(targetId)).toEqual({ list: [], problem: null })
    await proxy.stop()
    expect(await newsletters.list(targetId)).toMatchObject({ list: [], problem: { key: 'cms.nobodyThere' } })
    await proxy.start()
  })

  it('is offered without a line as it was when the target was tried out, and no more where the address is another', async () => {
    expect(await desk.publishing.testTarget(targetId)).toMatchObject({ ok: true })
    await proxy.stop()
    const { newsletters, people } = desk.publishing
    expect((await newsletters.list(targetId)).list.map(({ slug }) => slug)).toEqual(['default-newsletter', 'morning'])
    expect((await people.list(targetId)).list.map(({ name }) => name)).toContain('Ana Kos')
    await desk.publishing.saveTarget({ id: targetId, name: 'The blog', kind: 'ghost', url: 'http://127.0.0.1:9' })
    expect((await newsletters.list(targetId)).list).toEqual([])
    await proxy.start()
  })

  const skipped = ['401', '403 after', '413', '422', 'silence before', 'silence after', 'slow drip', 'gzip bomb']
  for (const fault of (Object.keys(faults) as FaultName[]).filter((name) => !skipped.includes(name)))
    it(`${fault}, when the story is made public: mailed once`, async () => {
      proxy.failNext(fault, ({ method, path }) => method === 'PUT' && path.includes('newsletter='))
      const storyId = await desk.story('Bridge opens')
      let item = await send(storyId, 'morning')
      // What a person has to see to first.
      for (let turn = 0; turn < 3 && item.state !== 'done'; turn += 1) {
        if (item.state === 'conflict') break
        desk.publishing.queue.retry(item.id)
        item = await run(item.id)
      }
      expect(item.state).toBe('done')
      expect(site.posts.filter(({ status }) => status === 'published')).toHaveLength(1)
      expect(site.mailed).toEqual(['morning'])
    })
})
