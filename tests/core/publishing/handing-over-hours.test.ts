import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importedInstant } from '../../../src/shared/formats/imported-time.ts'
import { ahead, HOUR, isPublic, MINUTE, Room } from './handing-over-room.ts'

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`the hour of a schedule that ${kind} fires`, () => {
    let room: Room
    beforeEach(async () => {
      room = await new Room(kind).open()
    })
    afterEach(() => room.close())

    it('an embargo that is moved while this machine’s clock is wrong is kept by the site’s clock', async () => {
      const storyId = await room.desk.story('Embargoed')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      const embargo = room.clock.now() + 3 * HOUR
      room.embargo(storyId, room.at(3 * HOUR))
      await room.quiet()
      const day = 24 * HOUR
      room.clock.jump(day)
      room.siteAhead -= day
      await room.proxy.start()
      await room.run(10 * MINUTE)
      expect(room.public).toEqual([])
      expect(room.item(id).state).toBe('scheduled')
      await room.run(2 * HOUR + 40 * MINUTE)
      expect(room.public).toEqual([])
      await room.run(20 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'done' })
      for (const { at } of room.public) expect(at).toBeGreaterThanOrEqual(embargo)
      expect(room.public).toHaveLength(1)
    })

    it('published now after all has the site’s date, however wrong this machine’s clock is', async () => {
      const storyId = await room.desk.story('One')
      room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      room.clock.jump(2 * HOUR)
      room.siteAhead -= 2 * HOUR
      room.publish(storyId, null)
      await room.run(MINUTE)
      expect(room.posts()).toMatchObject([{ status: isPublic[kind] }])
      expect(room.posts()[0]?.at).toBeLessThanOrEqual(room.clock.now() + room.siteAhead)
    })

    it('is not said to be late by this machine’s clock, and is stamped as of its own hour', async () => {
      const hour = room.clock.now() + 3 * HOUR
      const id = room.publish(await room.desk.story('One'), room.at(3 * HOUR))
      await room.quiet()
      room.clock.jump(4 * HOUR)
      room.siteAhead -= 4 * HOUR
      await room.run(HOUR)
      expect(room.item(id)).toMatchObject({ state: 'handed-over', problem: null })
      await room.run(2 * HOUR + 10 * MINUTE)
      expect(room.item(id)).toMatchObject({
        state: 'done',
        receipt: { at: new Date(Math.ceil(hour / 1000) * 1000).toISOString() }
      })
    })

    it('a later hour that the site refuses is no reason to leave it the earlier one', async () => {
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      for (let times = 0; times < 2; times += 1) room.proxy.failNext('422', ({ body }) => body.includes(ahead[kind]))
      room.embargo(storyId, room.at(3 * HOUR))
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'refused', handedOver: null, problem: { key: 'outbox.rejected' } })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      room.desk.publishing.queue.retry(id)
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
    })

    it('an embargo that is set after a newer version was refused holds the older one, too', async () => {
      const storyId = await room.desk.story('One')
      room.publish(storyId, room.at(HOUR))
      await room.quiet()
      room.desk.edit(storyId, { headline: 'Two' })
      room.proxy.failNext('422', ({ body }) => body.includes('Two'))
      const second = room.publish(storyId, room.at(HOUR))
      await room.run(MINUTE)
      expect(room.item(second)).toMatchObject({ state: 'refused' })
      expect(room.item(second).handedOver).not.toBeNull()
      room.embargo(storyId, room.at(3 * HOUR))
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
      expect(room.item(second)).toMatchObject({ state: 'handed-over' })
    })

    it('is fired by the desk where the clocks differ', async () => {
      room.siteAhead = 90_000
      const id = room.publish(await room.desk.story('Apart'), room.at(HOUR))
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'scheduled', problem: { key: 'outbox.deskFiresClocks' } })
      expect(room.posts()).toEqual([])
    })

    it('under an embargo is never told an earlier hour, and follows the embargo', async () => {
      const storyId = await room.desk.story('Embargoed')
      room.embargo(storyId, room.at(2 * HOUR + 500))
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const before = room.posts()[0]?.at ?? 0
      expect(before).toBeGreaterThanOrEqual(room.clock.now() + 2 * HOUR + 500)
      room.embargo(storyId, room.at(5 * HOUR))
      expect(room.item(id)).toMatchObject({ state: 'waiting', handedOver: new Date(before).toISOString() })
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      expect(room.posts()).toMatchObject([{ status: ahead[kind] }])
      expect(room.posts()[0]?.at).toBeGreaterThanOrEqual(room.clock.now() + 5 * HOUR)
      // Taken off: the hour that was approved stays.
      room.embargo(storyId, null)
      await room.quiet()
      expect(room.posts()[0]?.at).toBe(before)
      await room.run(2 * HOUR + 2 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'done' })
      expect(room.public).toHaveLength(1)
    })

    it('an embargo that moves without a line: what the site will do all the same is said', async () => {
      const storyId = await room.desk.story('Embargoed')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const told = room.item(id).handedOver
      await room.proxy.stop()
      room.embargo(storyId, room.at(3 * HOUR))
      await room.run(2 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'waiting', handedOver: told, problem: { key: 'outbox.notReached' } })
      await room.proxy.start()
      await room.run(2 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      expect(room.posts()[0]?.at).toBeGreaterThan(room.clock.now() + 2 * HOUR)
    })

    it.each([
      ['before the clocks go forward', '2026-03-29T01:59'],
      ['after they went forward', '2026-03-29T03:01'],
      ['before the clocks go back', '2026-10-25T01:59'],
      ['after they went back', '2026-10-25T03:01']
    ])('at an hour %s is that instant', async (_what, local) => {
      const read = importedInstant(local, 'Europe/Vienna')?.instant
      if (!read) throw new Error('No such time')
      const hour = Date.parse(read.utc)
      room.clock.jump(hour - 6 * HOUR - room.clock.now())
      const id = room.publish(await room.desk.story('DST'), { utc: read.utc, zone: read.zone, origin: 'typed' })
      await room.quiet()
      expect(room.posts()).toMatchObject([{ status: ahead[kind], at: hour }])
      await room.away(7 * HOUR)
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'done', receipt: { at: new Date(hour).toISOString() } })
    })
  })
