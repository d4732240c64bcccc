import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import type { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { ahead, HOUR, isPublic, MINUTE, Room } from './handing-over-room.ts'

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`a schedule that ${kind} fires`, () => {
    let room: Room
    beforeEach(async () => {
      room = await new Room(kind).open()
    })
    afterEach(() => room.close())

    it('is there at once, goes public at its hour with nobody at the desk, and is seen and stamped as of then', async () => {
      const storyId = await room.desk.story('Bridge opens', { standfirst: 'At last.' }, true)
      const hour = room.clock.now() + 3 * HOUR
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      const at = Math.ceil(hour / 1000) * 1000
      expect(room.item(id)).toMatchObject({
        state: 'handed-over',
        firedBy: 'cms',
        handedOver: new Date(at).toISOString(),
        problem: null,
        receipt: null
      })
      expect(room.posts()).toEqual([{ status: ahead[kind], at, slug: 'bridge-opens', title: 'Bridge opens' }])
      expect(room.desk.stories.get(storyId).status).toBe('scheduled')
      expect(room.desk.publishing.standings(storyId)).toEqual([])
      await room.away(7 * HOUR)
      await room.run(MINUTE)
      const item = room.item(id)
      expect(item).toMatchObject({ state: 'done', handedOver: null, receipt: { firedBy: 'cms' } })
      expect(item.receipt?.at).toBe(new Date(at).toISOString())
      expect(room.public).toHaveLength(1)
      expect(room.desk.stories.get(storyId)).toMatchObject({
        status: 'published',
        fields: { times: { firstPublished: { utc: new Date(at).toISOString(), origin: 'cms' } } }
      })
    })

    it('that was changed there after it went public, before anybody looked, has a receipt that says so', async () => {
      const storyId = await room.desk.story('Bridge opens', {}, true)
      const hour = Math.ceil((room.clock.now() + 3 * HOUR) / 1000) * 1000
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      await room.away(7 * HOUR, () => room.editThere({ title: 'Theirs' }))
      await room.run(MINUTE)
      const item = room.item(id)
      expect(item).toMatchObject({ state: 'conflict', problem: { key: 'outbox.changedThere' } })
      expect(item.receipt).toMatchObject({
        at: new Date(hour).toISOString(),
        firedBy: 'cms',
        since: 'changed',
        differences: [{ field: 'headline' }]
      })
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'live', current: false }])
      expect(room.desk.stories.get(storyId)).toMatchObject({
        status: 'updating',
        fields: { times: { firstPublished: { utc: new Date(hour).toISOString(), origin: 'cms' } } }
      })
      // What comes next does not go over it unseen, and both can be made one.
      room.desk.edit(storyId, { standfirst: 'At last.' })
      const second = room.publish(storyId, null)
      await room.run(MINUTE)
      expect(room.item(second)).toMatchObject({ state: 'conflict' })
      expect(room.posts()).toMatchObject([{ title: 'Theirs' }])
      const view = await room.desk.publishing.merging.look(second)
      expect(view).toMatchObject({
        base: { fields: { headline: 'Bridge opens' } },
        theirs: { fields: { headline: 'Theirs' } }
      })
      const there = await room.desk.publishing.conflicts.remote(second)
      room.desk.publishing.conflicts.overwrite(second, there?.etag ?? '')
      await room.run(MINUTE)
      expect(room.item(second).receipt?.since).toBeUndefined()
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'live', current: true }])
    })

    it('that was unscheduled there has no receipt: it was never public', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      room.editThere({ title: 'Theirs', status: 'draft' })
      await room.away(7 * HOUR)
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'conflict', receipt: null })
      expect(room.desk.publishing.standings(storyId)).toEqual([])
      expect(room.desk.stories.get(storyId).fields.times.firstPublished).toBeNull()
    })

    it('is not said to be sent to an unknown end while it is called back, or told another hour', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const states = () => room.desk.publishing.standings(storyId).map(({ state }) => state)
      room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      const moved = room.publish(storyId, room.at(5 * HOUR))
      expect(states()).toEqual(['moved'])
      await room.quiet()
      expect(room.item(moved)).toMatchObject({ state: 'handed-over' })
      expect(states()).toEqual([])
      room.desk.publishing.queue.cancel(moved)
      expect(states()).toEqual(['recalled'])
      await room.quiet()
      expect(room.item(moved)).toMatchObject({ state: 'cancelled' })
      expect(states()).toEqual([])
    })

    it('is fired by the desk where that is asked for, or the hour is near, and not a byte leaves before', async () => {
      for (const [headline, ms, more] of [
        ['By hand', 3 * HOUR, { firedBy: 'desk' }],
        ['Near', 4 * MINUTE, {}]
      ] as const) {
        const id = room.publish(await room.desk.story(headline), room.at(ms), more)
        await room.quiet()
        expect(room.item(id)).toMatchObject({ state: 'scheduled', firedBy: 'desk', handedOver: null })
        expect(room.posts().filter(({ title }) => title === headline)).toEqual([])
        await room.run(ms + MINUTE)
        expect(room.item(id)).toMatchObject({ state: 'done' })
        expect(room.item(id).receipt?.firedBy).toBeUndefined()
      }
    })

    it('goes to the site again at a later hour where it was too near, which nobody chose', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(4 * MINUTE))
      await room.quiet()
      expect(room.item(first)).toMatchObject({ firedBy: 'desk', problem: { key: 'outbox.deskFiresNear' } })
      const second = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      expect(room.item(second)).toMatchObject({ state: 'handed-over' })
    })

    it('changed there and then made a draft on the desk goes on calling a person, who can have it called back', async () => {
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      room.editThere({ title: 'Theirs' })
      await room.run(31 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'conflict' })
      const { revision: baseRevision } = room.desk.stories.get(storyId)
      room.desk.stories.setStatus({ id: storyId, baseRevision, changeId: newId() }, 'draft')
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'conflict' })
      expect(room.item(id).handedOver).not.toBeNull()
      const there = await room.desk.publishing.conflicts.remote(id)
      room.desk.publishing.conflicts.overwrite(id, there?.etag ?? '')
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled', handedOver: null })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      await room.run(4 * HOUR)
      expect(room.public).toEqual([])
    })

    it('is found again where the address of the site was corrected meanwhile', async () => {
      const id = room.publish(await room.desk.story('One'), room.at(3 * HOUR))
      await room.quiet()
      room.site.home = room.site.url
      await room.desk.publishing.saveTarget({ id: room.targetId, name: 'The site', kind, url: room.site.url })
      await room.run(31 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over', problem: null })
      await room.desk.publishing.queue.cancel(id)
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled' })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
    })

    it('is fired by the desk for what is public there already, and cannot be asked for', async () => {
      const storyId = await room.desk.story('First')
      room.publish(storyId, null)
      await room.quiet()
      room.desk.edit(storyId, { headline: 'Second' })
      expect(() => room.publish(storyId, room.at(HOUR), { firedBy: 'cms' })).toThrow(/first publication/)
      const id = room.publish(storyId, room.at(HOUR))
      await room.run(30 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'scheduled', firedBy: 'desk' })
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'First' }])
      await room.run(31 * MINUTE)
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Second' }])
    })

    it.each([
      ['changed', 'outbox.changedThere'],
      ['unscheduled', 'outbox.changedThere'],
      ['at another hour', 'outbox.hourMovedThere'],
      ['deleted', 'outbox.removedThere']
    ] as const)('%s there meanwhile is said, and nothing is forced', async (what, key) => {
      const id = room.publish(await room.desk.story('One'), room.at(3 * HOUR))
      await room.quiet()
      const moved = room.clock.now() + 2 * HOUR
      if (what === 'changed') room.editThere({ title: 'Theirs' })
      else if (what === 'unscheduled') room.editThere({ status: 'draft' })
      else if (what === 'at another hour') room.editThere({}, moved)
      else room.site.posts.length = 0
      const writes = (): number =>
        room.proxy.seen.filter(({ method }) => method === 'PUT' || method === 'POST' || method === 'DELETE').length
      const sent = writes()
      await room.run(31 * MINUTE)
      const item = room.item(id)
      expect(item).toMatchObject({ state: 'conflict', problem: { key } })
      expect(item.handedOver !== null).toBe(what === 'changed' || what === 'at another hour')
      expect(writes()).toBe(sent)
    })

    it('a lost request that the site carries out late, after the next one, is seen within minutes', async () => {
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.run(3 * MINUTE)
      const old = room.posts()[0]?.at ?? 0
      room.embargo(storyId, room.at(5 * HOUR))
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      await room.run(MINUTE)
      room.editThere({}, old)
      await room.run(90_000)
      expect(room.item(id)).toMatchObject({
        state: 'conflict',
        handedOver: new Date(old).toISOString(),
        problem: { key: 'outbox.hourMovedThere', params: { at: old } }
      })
    })

    it('that the site does not fire is said after some minutes, and publishing it now helps', async () => {
      if (room.site instanceof FakeWordpress) room.site.cron = false
      else room.site.scheduler = false
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(HOUR))
      await room.run(HOUR + 6 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over', problem: { key: 'outbox.siteIsLate' } })
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'unknown' }])
      const now = room.publish(storyId, null)
      await room.run(MINUTE)
      expect(room.item(now)).toMatchObject({ state: 'done' })
      expect(room.public).toHaveLength(1)
    })

    it('is what “would be sent” shows', async () => {
      const storyId = await room.desk.story('One')
      const { approving } = room.desk.publishing
      const fieldsOf = async (firedBy: 'cms' | 'desk') =>
        (await approving.requests({ storyId, targetId: room.targetId, at: room.at(HOUR), firedBy })).at(-1)?.fields
      expect(await fieldsOf('cms')).toContainEqual({ name: 'status', value: ahead[kind] })
      expect(await fieldsOf('desk')).toContainEqual({ name: 'status', value: isPublic[kind] })
    })
  })

describe('a newsletter with a schedule', () => {
  it('is sent with what the desk fires', async () => {
    const room = await new Room('ghost').open()
    const storyId = await room.desk.story('Mailed')
    expect(() => room.publish(storyId, room.at(HOUR), { newsletter: 'morning', firedBy: 'cms' })).toThrow(/newsletter/)
    const id = room.publish(storyId, room.at(HOUR), { newsletter: 'morning' })
    await room.quiet()
    expect(room.item(id)).toMatchObject({ state: 'scheduled', firedBy: 'desk' })
    await room.run(HOUR + MINUTE)
    expect((room.site as FakeGhost).mailed).toEqual(['morning'])
    await room.close()
  })
})
