import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import { ahead, HOUR, isPublic, MINUTE, Room } from './handing-over-room.ts'

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`a version that ${kind} has for its hour`, () => {
    let room: Room
    beforeEach(async () => {
      room = await new Room(kind).open()
    })
    afterEach(() => room.close())

    it('a newer version waits for the word of a person where the older one went public and was changed there', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      await room.away(2 * HOUR, () => room.editThere({ title: 'Theirs' }))
      room.desk.edit(storyId, { headline: 'Two' })
      const second = room.publish(storyId, null)
      await room.proxy.start()
      await room.run(2 * MINUTE)
      expect(room.item(first)).toMatchObject({ state: 'cancelled', receipt: { since: 'changed' } })
      expect(room.item(second)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.changedThere' } })
      expect(room.posts()).toMatchObject([{ title: 'Theirs' }])
      expect(await room.desk.publishing.merging.look(second)).toMatchObject({ base: { fields: { headline: 'One' } } })
    })

    it('is left to the laptop where a person chose it for the version that waits, until another is named', async () => {
      const storyId = await room.desk.story('One')
      room.publish(storyId, room.at(2 * HOUR), { firedBy: 'desk' })
      room.desk.edit(storyId, { headline: 'Two' })
      const second = room.publish(storyId, room.at(3 * HOUR))
      await room.run(30 * MINUTE)
      expect(room.item(second)).toMatchObject({ state: 'scheduled', firedBy: 'desk', handedOver: null })
      expect(room.posts()).toEqual([])
      const third = room.publish(storyId, room.at(3 * HOUR), { firedBy: 'cms' })
      await room.quiet()
      expect(room.item(third)).toMatchObject({ state: 'handed-over' })
    })

    it.each(['a newer version', 'a withdrawal', 'a newer version, and an embargo'] as const)(
      'while the target is paused by hand, %s rests, and the older one is called back all the same',
      async (what) => {
        const storyId = await room.desk.story('One')
        const first = room.publish(storyId, room.at(HOUR))
        await room.quiet()
        room.desk.publishing.pausing.pause(room.targetId)
        if (what === 'a withdrawal') {
          const input = { storyId, targetIds: [room.targetId], reason: 'Wrong bridge', changeId: newId() }
          room.desk.publishing.withdraw(input)
        } else {
          room.desk.edit(storyId, { headline: 'Two' })
          room.publish(storyId, what === 'a newer version' ? null : room.at(2 * HOUR))
        }
        await room.quiet()
        if (what === 'a newer version, and an embargo') room.embargo(storyId, room.at(3 * HOUR))
        await room.run(MINUTE)
        expect(room.item(first)).toMatchObject({ state: 'cancelled', handedOver: null })
        expect(room.posts()).toMatchObject([{ status: 'draft' }])
        await room.run(2 * HOUR)
        expect(room.public).toEqual([])
        room.desk.publishing.pausing.resume(room.targetId)
        await room.run(2 * HOUR)
        expect(room.posts()).toMatchObject([what === 'a withdrawal' ? { status: 'draft' } : { title: 'Two' }])
        expect(room.public).toHaveLength(what === 'a withdrawal' ? 0 : 1)
      }
    )

    it('taken back, it is Galley’s own draft there again, and goes out later as one post without a mark', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.desk.publishing.queue.cancel(id)
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled', handedOver: null })
      expect(room.posts()).toMatchObject([{ status: 'draft', at: null }])
      expect(room.desk.stories.get(storyId).status).toBe('ready')
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
      const again = room.publish(storyId, null)
      await room.quiet()
      expect(room.item(again)).toMatchObject({ state: 'done' })
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], slug: 'bridge-opens' }])
    })

    it('made a draft on the desk, it is taken back', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const { revision: baseRevision } = room.desk.stories.get(storyId)
      room.desk.stories.setStatus({ id: storyId, baseRevision, changeId: newId() }, 'draft')
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled' })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
    })

    it('withdrawn before its hour, it never goes public', async () => {
      const storyId = await room.desk.story('Bridge opens')
      room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const input = { storyId, targetIds: [room.targetId], reason: 'Wrong bridge', changeId: newId() }
      const [item] = room.desk.publishing.withdraw(input)
      await room.quiet()
      expect(room.item(item?.id ?? '')).toMatchObject({ state: 'done', receipt: { withdrawn: true } })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
    })

    it.each([
      ['published now', null, {}],
      ['at another hour', 4 * HOUR, {}],
      ['at another hour, by the desk', 4 * HOUR, { firedBy: 'desk' }]
    ] as const)('a newer version takes its place: %s', async (_what, ms, more) => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      room.desk.edit(storyId, { headline: 'Two' })
      expect(room.item(first)).toMatchObject({ behind: true })
      const id = room.publish(storyId, ms === null ? null : room.at(ms), more)
      await room.quiet()
      expect(room.item(first)).toMatchObject({ state: 'cancelled', problem: { key: 'outbox.superseded' } })
      if (ms === null) {
        expect(room.item(id)).toMatchObject({ state: 'done' })
        expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Two' }])
        expect(room.posts()[0]?.at).toBeLessThanOrEqual(room.clock.now())
        return
      }
      const byDesk = 'firedBy' in more
      expect(room.item(id)).toMatchObject({ state: byDesk ? 'scheduled' : 'handed-over' })
      expect(room.posts()).toMatchObject([{ status: byDesk ? 'draft' : ahead[kind] }])
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
      await room.run(3 * HOUR)
      expect(room.item(id)).toMatchObject({ state: 'done' })
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Two' }])
    })

    it('a newer version that is taken back too leaves nothing there to go public', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      const second = room.publish(storyId, room.at(2 * HOUR))
      await room.desk.publishing.queue.cancel(second)
      await room.quiet()
      await room.proxy.start()
      await room.run(MINUTE)
      expect([room.item(first).state, room.item(second).state]).toEqual(['cancelled', 'cancelled'])
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      await room.run(3 * HOUR)
      expect(room.public).toEqual([])
    })

    it('a version approved while nobody knew that the older one had gone out is its update', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      await room.away(2 * HOUR)
      room.desk.edit(storyId, { headline: 'Two' })
      const second = room.publish(storyId, null)
      await room.proxy.start()
      await room.run(2 * MINUTE)
      expect([room.item(first).state, room.item(second).state]).toEqual(['done', 'done'])
      expect(room.item(second).problem).toBeNull()
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Two' }])
      expect(room.public).toHaveLength(1)
    })
  })
