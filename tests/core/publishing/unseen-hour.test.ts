import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { CmsRoom } from './cms-room.ts'
import { LateRoom } from './late-room.ts'

const MINUTE = 60_000

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`what was scheduled on ${kind}, changed there, and went public before its next version could leave`, () => {
    let late: LateRoom
    let room: CmsRoom<FakeWordpress | FakeGhost>
    beforeEach(async () => {
      late = await LateRoom.open(kind)
      ;({ room } = late)
    })
    afterEach(() => room.close())

    it('is not that next version: its receipt is of what was scheduled, and that is what is merged with', async () => {
      const { site, desk } = room
      const storyId = await desk.story('One')
      const first = late.publish(storyId, 45 * MINUTE)
      await late.quiet()
      const told = desk.item(first)
      expect(told).toMatchObject({ state: 'handed-over' })
      if (site instanceof FakeWordpress) site.edit(site.posts[0]?.id ?? 0, { title: 'Theirs' })
      else site.edit(site.posts[0]?.id ?? '', { title: 'Theirs' })
      await late.pass(31 * MINUTE)
      expect(desk.item(first)).toMatchObject({ state: 'conflict' })
      desk.edit(storyId, { standfirst: 'At last.' })
      await room.proxy.stop()
      const second = late.publish(storyId)
      await late.quiet()
      room.clock.advance(20 * MINUTE)
      await late.quiet()
      await (await fetch(site.url)).arrayBuffer()
      room.clock.advance(5_000)
      await room.proxy.start()
      await late.pass(2 * MINUTE)
      expect(late.shown()).toEqual(['Theirs'])
      // The card of the second tells by this that the receipt is not its own.
      expect(desk.item(second)).toMatchObject({ state: 'conflict', receipt: { revision: told.revision } })
      expect(desk.item(second).revision).toBeGreaterThan(told.revision)
      const view = await desk.publishing.merging.look(second)
      expect(view).toMatchObject({
        base: { fields: { headline: 'One', standfirst: '' } },
        ours: { fields: { headline: 'One', standfirst: 'At last.' } },
        theirs: { fields: { headline: 'Theirs' } }
      })
      // Readers have it since its hour, and it is the version that was approved for that hour, changed there.
      const { revision, handedOver } = told
      expect(late.standing(storyId)).toMatchObject({
        state: 'live',
        current: false,
        receipt: { revision, at: handedOver, firedBy: 'cms', since: 'changed' }
      })
      expect(desk.stories.get(storyId)).toMatchObject({
        status: 'updating',
        fields: { times: { firstPublished: { utc: handedOver } } }
      })
    })
  })
