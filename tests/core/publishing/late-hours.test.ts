import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import type { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { CmsRoom } from './cms-room.ts'
import { LateRoom } from './late-room.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`an hour that ${kind} has from a request it carried out late, and a later version on the desk`, () => {
    let late: LateRoom
    let room: CmsRoom<FakeWordpress | FakeGhost>
    beforeEach(async () => {
      late = await LateRoom.open(kind)
      ;({ room } = late)
    })
    afterEach(() => room.close())

    const ahead = kind === 'wordpress' ? 'future' : 'scheduled'

    /** The hour the site has is one that some delivery of the story tells. */
    function isTold(storyId: string): void {
      const hours = room.desk.publishing.queue.openOf(storyId).flatMap(({ handedOver }) => handedOver ?? [])
      const { site } = room
      const scheduled =
        site instanceof FakeWordpress
          ? site.posts.filter(({ status }) => status === ahead).map(({ date_gmt }) => `${date_gmt ?? ''}Z`)
          : site.posts.filter(({ status }) => status === ahead).map(({ published_at }) => published_at ?? '')
      expect(scheduled).toHaveLength(1)
      for (const at of scheduled) expect(hours.map((one) => Date.parse(one))).toContain(Date.parse(at))
    }

    /** The first version was taken back, came late, and somebody changed it there; the second leaves in two hours. */
    async function twoVersions(): Promise<{ storyId: string; first: string; second: string }> {
      const storyId = await room.desk.story('One', {}, true)
      const arrives = late.keepBack(new RegExp(`"status":"${ahead}"`))
      const first = late.publish(storyId, 6 * HOUR)
      await late.quiet()
      await room.desk.publishing.queue.cancel(first)
      await late.quiet()
      room.desk.edit(storyId, { headline: 'Two' })
      const { revision } = room.desk.stories.get(storyId)
      const at = {
        utc: new Date(room.clock.now() + 2 * HOUR).toISOString(),
        zone: 'Europe/Vienna',
        origin: 'typed'
      } as const
      const input = { storyId, targetId: room.targetId, revision, changeId: newId(), at, firedBy: 'desk' } as const
      const second = room.desk.publishing.approving.publish(input).id
      await late.pass(MINUTE)
      await arrives()
      const { site } = room
      if (site instanceof FakeWordpress) site.edit(site.posts[0]?.id ?? 0, { title: 'Theirs' })
      else site.edit(site.posts[0]?.id ?? '', { title: 'Theirs' })
      await late.pass(12 * MINUTE)
      expect(room.desk.item(first)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.hourMovedThere' } })
      expect(room.desk.item(second)).toMatchObject({ state: 'scheduled', handedOver: null })
      isTold(storyId)
      return { storyId, first, second }
    }

    it('is told by that version from the moment it takes its place', async () => {
      const { storyId, first, second } = await twoVersions()
      const { writes } = late
      await late.pass(2 * HOUR)
      expect(late.writes).toBe(writes)
      expect(room.desk.item(first)).toMatchObject({ state: 'cancelled', problem: { key: 'outbox.superseded' } })
      expect(room.desk.item(second)).toMatchObject({ state: 'conflict' })
      isTold(storyId)
      const { conflicts } = room.desk.publishing
      conflicts.overwrite(second, (await conflicts.remote(second))?.etag ?? '')
      await late.pass(MINUTE)
      expect(room.desk.item(second)).toMatchObject({ state: 'done', handedOver: null })
      expect(late.shown()).toEqual(['Two'])
      expect(late.scheduled()).toBe(0)
    })

    it('is told by that version while there is no line', async () => {
      const { storyId, second } = await twoVersions()
      await room.proxy.stop()
      await late.pass(2 * HOUR)
      expect(room.desk.item(second)).toMatchObject({ state: 'waiting', problem: { key: 'outbox.notReached' } })
      isTold(storyId)
      await room.desk.publishing.queue.cancel(second)
      await room.proxy.start()
      await late.pass(MINUTE)
      expect(room.desk.item(second)).toMatchObject({ state: 'conflict' })
      isTold(storyId)
    })

    it('is told by the first while the target is paused, and called back by nobody who did not look', async () => {
      const { storyId, first, second } = await twoVersions()
      room.desk.publishing.pausing.pause(room.targetId)
      await late.pass(2 * HOUR)
      expect(room.desk.item(first)).toMatchObject({ state: 'conflict' })
      expect(room.desk.item(second)).toMatchObject({ state: 'paused' })
      isTold(storyId)
    })

    it('is told by the first where the second is taken back before its hour', async () => {
      const { storyId, first, second } = await twoVersions()
      await room.desk.publishing.queue.cancel(second)
      await late.pass(2 * HOUR)
      expect(room.desk.item(first)).toMatchObject({ state: 'conflict' })
      isTold(storyId)
    })
  })
