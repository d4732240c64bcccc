import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { Seen } from '../../support/fault-proxy.ts'
import { CmsRoom } from './cms-room.ts'
import { Desk } from './newsroom.ts'

const MINUTE = 60_000

/** A room whose line keeps a request back: its answer is lost, and the site carries it out when the test says so. */
class LateRoom {
  readonly room: CmsRoom<FakeWordpress | FakeGhost>

  constructor(room: CmsRoom<FakeWordpress | FakeGhost>) {
    this.room = room
  }

  /** The next request that writes words or a state. */
  keepBack(says: RegExp): () => Promise<void> {
    let kept: Seen | null = null
    this.room.proxy.failNext('cut before', (seen) => {
      const matches = seen.method !== 'GET' && says.test(seen.body.toString())
      if (matches) kept = seen
      return matches
    })
    return async () => {
      if (!kept) throw new Error('Nothing was kept back')
      const { method, path, headers, body } = kept
      const plain = Object.entries(headers).filter(
        ([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
      )
      const answer = await fetch(new URL(path, this.room.site.url), {
        method,
        headers: plain.map(([name, value]) => [name, String(value)]),
        body: new Uint8Array(body)
      })
      await answer.arrayBuffer()
    }
  }

  /** Lets time go by, with all that falls due in it. */
  async pass(ms: number): Promise<void> {
    const end = this.room.clock.now() + ms
    await this.quiet()
    while (this.room.clock.now() < end) {
      this.room.clock.advance(Math.min(15_000, end - this.room.clock.now()))
      await this.quiet()
    }
  }

  async quiet(): Promise<void> {
    await this.room.desk.publishing.quiet()
    await this.room.proxy.settled()
    await this.room.desk.publishing.quiet()
  }

  /** Titles that readers see. */
  shown(): string[] {
    const { site } = this.room
    return site instanceof FakeWordpress
      ? site.posts.filter(({ status }) => status === 'publish').map(({ title }) => title)
      : site.posts.filter(({ status }) => status === 'published').map(({ title }) => title)
  }

  scheduled(): number {
    const { site } = this.room
    return site instanceof FakeWordpress
      ? site.posts.filter(({ status }) => status === 'future').length
      : site.posts.filter(({ status }) => status === 'scheduled').length
  }

  publish(storyId: string, inMs: number | null = null): string {
    const { desk, clock, targetId } = this.room
    const { revision } = desk.stories.get(storyId)
    const at = inMs === null ? null : new Date(clock.now() + inMs).toISOString()
    return desk.publishing.approving.publish({
      storyId,
      targetId,
      revision,
      changeId: newId(),
      at: at === null ? null : { utc: at, zone: 'Europe/Vienna', origin: 'typed' }
    }).id
  }

  withdraw(storyId: string): string {
    const { desk, targetId } = this.room
    const [item] = desk.publishing.withdraw({ storyId, targetIds: [targetId], reason: '', changeId: newId() })
    return item?.id ?? ''
  }

  standing(storyId: string) {
    return this.room.desk.publishing.standings(storyId)[0]
  }

  get looks(): number {
    return this.room.proxy.seen.filter(({ method }) => method === 'GET').length
  }

  get writes(): number {
    return this.room.proxy.seen.filter(({ method }) => method !== 'GET').length
  }
}

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`a request that ${kind} carries out late`, () => {
    let late: LateRoom
    let room: CmsRoom<FakeWordpress | FakeGhost>
    beforeEach(async () => {
      room = await CmsRoom.open<FakeWordpress | FakeGhost>(kind === 'wordpress' ? FakeWordpress : FakeGhost)
      late = new LateRoom(room)
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
      await late.pass(60 * MINUTE)
      expect(late.looks).toBe(looks)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled' })
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
