import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { FaultProxy, Seen } from '../../support/fault-proxy.ts'
import { CmsRoom } from './cms-room.ts'
import { LateRoom } from './late-room.ts'
import { TwoSites } from './two-sites.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A CMS that answers nothing that matches until it is told to. */
function slow(proxy: FaultProxy, matches: (seen: Seen) => boolean): { held: Seen[]; answer: () => void } {
  const held: Seen[] = []
  let answer = (): void => undefined
  const told = new Promise<void>((resolve) => (answer = resolve))
  proxy.onSeen((seen) => {
    if (!matches(seen)) return undefined
    held.push(seen)
    return told
  })
  return { held, answer }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`while ${kind} takes its time`, () => {
    const public_ = kind === 'wordpress' ? /"status":"publish"/ : /"status":"published"/

    it.each(['put over what is there', 'looked at again', 'looked at again, and taken back'] as const)(
      'over a later version, the earlier one, %s by a person, does not set out beside it, nor after it',
      async (decision) => {
        const room = await CmsRoom.open<FakeWordpress | FakeGhost>(kind === 'wordpress' ? FakeWordpress : FakeGhost)
        try {
          const late = new LateRoom(room)
          const { conflicts, queue, approving } = room.desk.publishing
          const storyId = await room.desk.story('One')
          const arrives = late.keepBack(public_)
          const first = late.publish(storyId)
          await late.quiet()
          await queue.cancel(first)
          await late.quiet()
          room.desk.edit(storyId, { headline: 'Two' })
          const second = approving.publish({
            storyId,
            targetId: room.targetId,
            revision: room.desk.stories.get(storyId).revision,
            changeId: newId(),
            at: { utc: new Date(room.clock.now() + 2 * HOUR).toISOString(), zone: 'Europe/Vienna', origin: 'typed' },
            firedBy: 'desk'
          }).id
          await arrives()
          await late.pass(12 * MINUTE)
          expect(room.desk.item(first)).toMatchObject({
            state: 'conflict',
            problem: { key: 'outbox.publicAllTheSame' }
          })
          const etag = (await conflicts.remote(first))?.etag ?? ''

          const { held, answer } = slow(room.proxy, () => true)
          room.clock.advance(2 * HOUR)
          await expect.poll(() => held.length).toBe(1)
          expect(room.desk.item(second)).toMatchObject({ state: 'sending' })
          if (decision === 'put over what is there') conflicts.overwrite(first, etag)
          else queue.retry(first)
          if (decision === 'looked at again, and taken back') await queue.cancel(first)
          await turn()
          expect(room.desk.item(first).state).toBe('waiting')
          answer()
          await late.pass(5 * MINUTE)
          expect(room.desk.item(first)).toMatchObject({ state: 'done', receipt: { revision: 2 } })
          expect(room.desk.item(second)).toMatchObject({ state: 'done', problem: null })
          expect(late.shown()).toEqual(['Two'])
          expect(late.standing(storyId)).toMatchObject({ state: 'live', current: true })
          expect(room.desk.stories.get(storyId).status).toBe('published')
          await late.pass(2 * HOUR)
          expect(late.shown()).toEqual(['Two'])
        } finally {
          await room.close()
        }
      }
    )

    it('over a look at an earlier one, the later one waits', async () => {
      const room = await CmsRoom.open<FakeWordpress | FakeGhost>(kind === 'wordpress' ? FakeWordpress : FakeGhost)
      try {
        const late = new LateRoom(room)
        const storyId = await room.desk.story('One')
        room.proxy.failNext('cut after', ({ method, body }) => method !== 'GET' && public_.test(body.toString()))
        late.publish(storyId)
        await late.pass(MINUTE)
        const { held, answer } = slow(room.proxy, () => true)
        room.clock.advance(3 * MINUTE)
        await expect.poll(() => held.length).toBe(1)
        room.desk.edit(storyId, { headline: 'Two' })
        const second = late.publish(storyId)
        await turn()
        expect(room.desk.item(second)).toMatchObject({ state: 'waiting' })
        answer()
        await late.pass(MINUTE)
        expect(room.desk.item(second)).toMatchObject({ state: 'done', problem: null })
        expect(late.shown()).toEqual(['Two'])
      } finally {
        await room.close()
      }
    })
  })

it('two sites of one story are written to side by side', async () => {
  const sites = await TwoSites.open()
  const { room, line, storyId } = sites
  try {
    const isWrite = ({ method }: Seen): boolean => method === 'PUT'
    const lines = [slow(room.proxy, isWrite), slow(line, isWrite)]
    const ids = [sites.site, sites.magazine].map((targetId) => room.desk.publish(storyId, targetId).id)
    await expect.poll(() => lines.map(({ held }) => held.length)).toEqual([1, 1])
    for (const { answer } of lines) answer()
    for (const id of ids) expect(await room.run(id)).toMatchObject({ state: 'done' })
  } finally {
    await sites.close()
  }
})

it('looks at a site that takes its time, however many, keep no other site from its own', async () => {
  const sites = await TwoSites.open()
  const { room, line, site, magazine } = sites
  try {
    const lost = async (proxy: FaultProxy, targetId: string, headline: string): Promise<string> => {
      const storyId = await room.desk.story(headline)
      proxy.failNext('cut after', ({ method }) => method === 'PUT')
      const { id } = room.desk.publish(storyId, targetId)
      expect(await room.run(id)).toMatchObject({ state: 'done' })
      return storyId
    }
    const many: string[] = []
    for (let n = 0; n < 24; n += 1) many.push(await lost(room.proxy, site, `Story ${n}`))
    const one = await lost(line, magazine, 'The magazine’s')
    room.proxy.seen.length = 0
    line.seen.length = 0
    const { held, answer } = slow(room.proxy, () => true)
    room.clock.advance(3 * MINUTE)
    await expect.poll(() => [held.length, line.seen.length]).toEqual([2, 1])
    expect(line.seen[0]?.path).toContain(one)
    answer()
    await room.desk.publishing.quiet()
    const looked = room.proxy.seen.map(({ path }) => many.findIndex((id) => path.includes(id)))
    expect(looked.toSorted((a, b) => a - b)).toEqual(many.map((_, n) => n))
  } finally {
    await sites.close()
  }
})
