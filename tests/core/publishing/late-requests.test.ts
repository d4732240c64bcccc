import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { newId } from '../../../src/shared/lib/id.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { CmsRoom } from './cms-room.ts'
import { LateRoom } from './late-room.ts'
import { Desk } from './newsroom.ts'

const MINUTE = 60_000

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`a request that ${kind} carries out late`, () => {
    let late: LateRoom
    let room: CmsRoom<FakeWordpress | FakeGhost>
    beforeEach(async () => {
      late = await LateRoom.open(kind)
      ;({ room } = late)
    })
    afterEach(() => room.close())

    const public_ = kind === 'wordpress' ? /"status":"publish"/ : /"status":"published"/

    /** Sent, the answer lost, and taken back before it was there. */
    async function takenBack(): Promise<{ storyId: string; id: string; arrives: () => Promise<void> }> {
      const storyId = await room.desk.story('One')
      const arrives = late.keepBack(public_)
      const id = late.publish(storyId)
      await late.quiet()
      expect(room.desk.item(id)).toMatchObject({ state: 'waiting' })
      await room.desk.publishing.queue.cancel(id)
      await late.quiet()
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', nextTryAt: null })
      expect(late.shown()).toEqual([])
      expect(room.desk.stories.get(storyId).status).toBe('ready')
      return { storyId, id, arrives }
    }

    it('after the story was taken back is said, and can be withdrawn', async () => {
      const { storyId, id, arrives } = await takenBack()
      await late.pass(MINUTE)
      await arrives()
      expect(late.shown()).toEqual(['One'])
      const { writes } = late
      await late.pass(2 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({
        state: 'conflict',
        problem: { key: 'outbox.publicAllTheSame' },
        receipt: { revision: 2 }
      })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
      expect(room.desk.stories.get(storyId).status).toBe('published')
      expect(late.writes).toBe(writes)
      const taken = late.withdraw(storyId)
      await late.pass(MINUTE)
      expect(room.desk.item(taken)).toMatchObject({ state: 'done' })
      expect(late.shown()).toEqual([])
      expect(late.standing(storyId)).toMatchObject({ state: 'withdrawn' })
    })

    it('before it was taken back leaves it live, whatever is looked at later', async () => {
      const storyId = await room.desk.story('One')
      const arrives = late.keepBack(public_)
      const id = late.publish(storyId)
      await late.quiet()
      await arrives()
      await room.desk.publishing.queue.cancel(id)
      await late.quiet()
      const done = room.desk.item(id)
      expect(done).toMatchObject({ state: 'done', problem: null })
      await late.pass(15 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null, receipt: { at: done.receipt?.at } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live', current: true })
      expect(room.desk.stories.get(storyId).status).toBe('published')
    })

    it('after the story was taken back, and the desk closed, is said when it is opened', async () => {
      const { storyId, id, arrives } = await takenBack()
      await room.desk.close()
      await arrives()
      room.clock.advance(30 * MINUTE)
      room.desk = new Desk(join(room.folder, 'library'), room.clock, memorySecrets())
      const known = (await room.desk.publishing.targets.list())[0]
      if (!known) throw new Error('No target')
      const secret = room.site instanceof FakeWordpress ? room.site.password : room.site.key
      await room.desk.publishing.saveTarget({ ...known, secret })
      await room.desk.publishing.start()
      await late.pass(MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
    })

    it('minutes after it was taken back is seen by the last look, and none is made after that', async () => {
      const { id, arrives } = await takenBack()
      await late.pass(5 * MINUTE)
      await arrives()
      await late.pass(6 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      await room.desk.publishing.queue.cancel(id)
      const { looks } = late
      await late.pass(120 * MINUTE)
      expect(late.looks).toBe(looks)
    })

    it('after it was taken back, and left public, is live in every place', async () => {
      const { storyId, id, arrives } = await takenBack()
      await arrives()
      await late.pass(3 * MINUTE)
      await room.desk.publishing.queue.cancel(id)
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null, receipt: { revision: 2 } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live', current: true })
      expect(room.desk.stories.get(storyId).status).toBe('published')
      expect(late.shown()).toEqual(['One'])
    })

    it('an hour after it was taken back is seen too', async () => {
      const { storyId, id, arrives } = await takenBack()
      await late.pass(40 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled' })
      await arrives()
      // What a request to Ghost is signed with is good for five minutes.
      if (kind === 'ghost') return expect(late.shown()).toEqual([])
      await late.pass(30 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
    })

    it('after it was taken back, and never carried out, is looked for three times', async () => {
      const { id } = await takenBack()
      const { looks } = late
      await late.pass(180 * MINUTE)
      expect(late.looks).toBe(looks + 3)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', problem: null })
    })

    /** Another version waits on the desk for its hour, tomorrow. */
    function tomorrow(storyId: string): string {
      const hour = new Date(room.clock.now() + 24 * 60 * MINUTE).toISOString()
      const at = { utc: hour, zone: 'Europe/Vienna', origin: 'typed' } as const
      room.desk.edit(storyId, { headline: 'Tomorrow' })
      const { revision } = room.desk.stories.get(storyId)
      const { approving } = room.desk.publishing
      const input = { storyId, targetId: room.targetId, revision, changeId: newId(), at, firedBy: 'desk' } as const
      return approving.publish(input).id
    }

    it('after it was taken back, while another version waits for its hour, is said before that, and gives way to it', async () => {
      const { storyId, id, arrives } = await takenBack()
      const later = tomorrow(storyId)
      await late.pass(5 * MINUTE)
      expect(room.desk.item(later)).toMatchObject({ state: 'scheduled', firedBy: 'desk' })
      await arrives()
      const { writes } = late
      await late.pass(6 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live', current: false })
      expect(late.writes).toBe(writes)
      expect(room.desk.item(later)).toMatchObject({ state: 'scheduled' })
      await late.pass(24 * 60 * MINUTE)
      expect(late.shown()).toEqual(['Tomorrow'])
      expect(room.desk.item(later)).toMatchObject({ state: 'done', problem: null })
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null, receipt: { revision: 2 } })
      expect(room.desk.stories.get(storyId).status).toBe('published')
    })

    it('after another version, which waits for its hour, has replaced it, is said before that', async () => {
      const storyId = await room.desk.story('One')
      const arrives = late.keepBack(public_)
      const id = late.publish(storyId)
      await late.quiet()
      const later = tomorrow(storyId)
      await late.pass(3 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', problem: { key: 'outbox.superseded' } })
      await arrives()
      await late.pass(9 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
      expect(room.desk.item(later)).toMatchObject({ state: 'scheduled' })
    })

    it('after it was taken back, and another version that waited for its hour as well, is said', async () => {
      const { storyId, id, arrives } = await takenBack()
      const later = tomorrow(storyId)
      await late.pass(MINUTE)
      await room.desk.publishing.queue.cancel(later)
      await arrives()
      await late.pass(12 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      expect(room.desk.item(later)).toMatchObject({ state: 'cancelled', problem: null })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
    })

    it('with its hour, after it was taken back while another version waits for its own, is called back again', async () => {
      const storyId = await room.desk.story('One')
      const arrives = late.keepBack(kind === 'wordpress' ? /"status":"future"/ : /"status":"scheduled"/)
      const id = late.publish(storyId, 180 * MINUTE)
      await late.quiet()
      await room.desk.publishing.queue.cancel(id)
      const later = tomorrow(storyId)
      await late.pass(MINUTE)
      await arrives()
      expect(late.scheduled()).toBe(1)
      await late.pass(2 * MINUTE)
      expect(late.scheduled()).toBe(0)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', handedOver: null, problem: null })
      await late.pass(24 * 60 * MINUTE)
      expect(late.shown()).toEqual(['Tomorrow'])
      expect(room.desk.item(later)).toMatchObject({ state: 'done', problem: null })
    })

    it('with its hour, after it was taken back, is called back again', async () => {
      const storyId = await room.desk.story('One')
      const arrives = late.keepBack(kind === 'wordpress' ? /"status":"future"/ : /"status":"scheduled"/)
      const id = late.publish(storyId, 180 * MINUTE)
      await late.quiet()
      await room.desk.publishing.queue.cancel(id)
      await late.pass(MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', handedOver: null })
      await arrives()
      expect(late.scheduled()).toBe(1)
      await late.pass(2 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', handedOver: null, problem: null })
      expect(late.scheduled()).toBe(0)
      await late.pass(200 * MINUTE)
      expect(late.shown()).toEqual([])
      expect(room.desk.stories.get(storyId).status).toBe('ready')
    })

    /** An update of a live story whose answer was lost. */
    async function updated(): Promise<{ storyId: string; arrives: () => Promise<void> }> {
      const storyId = await room.desk.story('One')
      late.publish(storyId)
      await late.pass(MINUTE)
      expect(late.shown()).toEqual(['One'])
      room.desk.edit(storyId, { headline: 'Two' })
      const arrives = late.keepBack(/Two/)
      late.publish(storyId)
      await late.quiet()
      return { storyId, arrives }
    }

    it('over a withdrawal is said, and withdrawn again', async () => {
      const { storyId, arrives } = await updated()
      const id = late.withdraw(storyId)
      await late.pass(MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'done' })
      expect(room.desk.stories.get(storyId).status).toBe('killed')
      await arrives()
      await late.pass(2 * MINUTE)
      if (kind === 'ghost') {
        // It lets nothing over a version that it was not made of.
        expect(late.shown()).toEqual([])
        expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
        return
      }
      expect(late.shown()).toEqual(['Two'])
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAgain' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live', receipt: { since: 'changed' } })
      expect(room.desk.stories.get(storyId).status).toBe('updating')
      const { conflicts } = room.desk.publishing
      conflicts.overwrite(id, (await conflicts.remote(id))?.etag ?? '')
      await late.pass(MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null, receipt: { withdrawn: true } })
      expect(late.shown()).toEqual([])
      expect(late.standing(storyId)).toMatchObject({ state: 'withdrawn' })
      expect(room.desk.stories.get(storyId).status).toBe('killed')
    })

    it('over a withdrawal, and left, is said to be public', async () => {
      const { storyId, arrives } = await updated()
      const id = late.withdraw(storyId)
      await late.pass(MINUTE)
      await arrives()
      await late.pass(2 * MINUTE)
      // Ghost lets nothing over a version that it was not made of.
      if (kind === 'ghost') return expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
      await room.desk.publishing.queue.cancel(id)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', problem: { key: 'outbox.leftPublic' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
      expect(room.desk.stories.get(storyId).status).toBe('updating')
    })

    it('over a newer version, and left, is no delivery taken back', async () => {
      const { storyId, arrives } = await updated()
      room.desk.edit(storyId, { headline: 'Three' })
      const id = late.publish(storyId)
      await late.pass(MINUTE)
      await arrives()
      await late.pass(2 * MINUTE)
      if (kind === 'ghost') return expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict' })
      await room.desk.publishing.queue.cancel(id)
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null, receipt: { since: 'changed' } })
      expect(room.desk.stories.get(storyId).status).toBe('updating')
    })

    it.each(['put over it', 'looked at again'] as const)(
      'over a newer version, which was to be %s and was taken back unsent, leaves it live',
      async (decision) => {
        const { storyId, arrives } = await updated()
        room.desk.edit(storyId, { headline: 'Three' })
        const id = late.publish(storyId)
        await late.pass(MINUTE)
        await arrives()
        await late.pass(2 * MINUTE)
        if (kind === 'ghost') return expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
        const { conflicts, queue } = room.desk.publishing
        const etag = (await conflicts.remote(id))?.etag ?? ''
        await room.proxy.stop()
        if (decision === 'put over it') conflicts.overwrite(id, etag)
        else queue.retry(id)
        await late.quiet()
        await queue.cancel(id)
        await room.proxy.start()
        await late.pass(MINUTE)
        expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null, receipt: { since: 'changed' } })
        expect(late.standing(storyId)).toMatchObject({ state: 'live', current: false })
        expect(room.desk.stories.get(storyId).status).toBe('updating')
        await late.pass(120 * MINUTE)
        expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
        expect(late.shown()).toEqual(['Two'])
      }
    )

    it('over a newer version is said, and the newer one can be put over it', async () => {
      const { storyId, arrives } = await updated()
      room.desk.edit(storyId, { headline: 'Three' })
      const id = late.publish(storyId)
      await late.pass(MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'done' })
      expect(late.shown()).toEqual(['Three'])
      await arrives()
      await late.pass(2 * MINUTE)
      if (kind === 'ghost') {
        expect(late.shown()).toEqual(['Three'])
        expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
        return
      }
      expect(late.shown()).toEqual(['Two'])
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.notWhatWasReadBack' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live', current: false, receipt: { since: 'changed' } })
      expect(room.desk.stories.get(storyId).status).toBe('updating')
      const { conflicts } = room.desk.publishing
      conflicts.overwrite(id, (await conflicts.remote(id))?.etag ?? '')
      await late.pass(MINUTE)
      expect(late.shown()).toEqual(['Three'])
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
      expect(room.desk.stories.get(storyId).status).toBe('published')
    })

    it('is looked for twice where an answer was lost, and never where none was', async () => {
      const storyId = await room.desk.story('One')
      late.publish(storyId)
      await late.pass(MINUTE)
      const { looks } = late
      await late.pass(30 * MINUTE)
      expect(late.looks).toBe(looks)

      room.desk.edit(storyId, { headline: 'Two' })
      room.proxy.failNext('cut after', ({ method, body }) => method !== 'GET' && body.includes('Two'))
      const id = late.publish(storyId)
      await late.pass(MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'done', nextTryAt: null })
      const before = room.proxy.seen.length
      await late.pass(30 * MINUTE)
      const after = room.proxy.seen.slice(before)
      expect(after.map(({ method }) => method)).toEqual(['GET', 'GET'])
      expect(room.desk.item(id)).toMatchObject({ state: 'done', problem: null })
    })

    it('is looked for when the site can be reached again', async () => {
      const { storyId, id, arrives } = await takenBack()
      await arrives()
      await room.proxy.stop()
      await late.pass(20 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled' })
      await room.proxy.start()
      await late.pass(6 * MINUTE)
      expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
      expect(late.standing(storyId)).toMatchObject({ state: 'live' })
    })
  })
