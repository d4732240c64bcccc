import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faults, type FaultName, type Seen } from '../../support/fault-proxy.ts'
import { ahead, HOUR, MINUTE, Room } from './handing-over-room.ts'

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`a line that fails under a schedule that ${kind} fires`, () => {
    let room: Room
    beforeEach(async () => {
      room = await new Room(kind).open()
    })
    afterEach(() => room.close())

    const skipped = ['401', '403 after', '413', '422', 'silence before', 'silence after', 'slow drip', 'gzip bomb']
    const isUpdate = ({ method, body }: Seen): boolean =>
      (method === 'PUT' || method === 'POST') && (body.includes(ahead[kind]) || body.includes('"draft","slug"'))
    for (const fault of (Object.keys(faults) as FaultName[]).filter((name) => !skipped.includes(name)))
      it(`${fault}, when it is handed over, moved and called back: never public early, and one post`, async () => {
        const storyId = await room.desk.story('One', {}, true)
        room.proxy.failNext(fault, isUpdate)
        const id = room.publish(storyId, room.at(3 * HOUR))
        const settle = async (): Promise<void> => {
          for (let turn = 0; turn < 6; turn += 1) {
            await room.run(3 * MINUTE)
            if (['paused', 'refused'].includes(room.item(id).state)) room.desk.publishing.queue.retry(id)
          }
        }
        await settle()
        expect(room.proxy.pending).toBe(0)
        expect(room.item(id)).toMatchObject({ state: 'handed-over' })
        room.proxy.failNext(fault, isUpdate)
        room.embargo(storyId, room.at(5 * HOUR))
        await settle()
        expect(room.proxy.pending).toBe(0)
        expect(room.item(id)).toMatchObject({ state: 'handed-over' })
        expect(room.posts()[0]?.at).toBeGreaterThan(room.clock.now() + 4 * HOUR)
        room.proxy.failNext(fault, isUpdate)
        await room.desk.publishing.queue.cancel(id)
        await settle()
        expect(room.proxy.pending).toBe(0)
        expect(room.item(id)).toMatchObject({ state: 'cancelled' })
        expect(room.posts()).toMatchObject([{ status: 'draft' }])
        await room.run(6 * HOUR)
        expect(room.public).toEqual([])
      }, 60_000)
  })

type Move =
  | { readonly do: 'hour' | 'embargo'; readonly hours: number }
  | { readonly do: 'now' }
  | { readonly do: 'cancel' | 'kill' | 'edit' | 'line' | 'lose answers' | 'cut requests' }
const moves = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('hour', 'embargo'), hours: fc.integer({ min: 1, max: 6 }) })
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constantFrom('cancel', 'kill', 'edit', 'line', 'lose answers', 'cut requests')
      })
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('now') }) }
  ) as fc.Arbitrary<Move>,
  { minLength: 1, maxLength: 7 }
)

describe('whatever happens to a schedule', () => {
  it.each(['wordpress', 'ghost'] as const)(
    '%s: never public before what holds, at most one post, and the outbox tells how it ended',
    async (kind) => {
      let publics = 0
      await fc.assert(
        fc.asyncProperty(moves, async (list) => {
          const room = await new Room(kind).open()
          let hasLine = true
          const withLine = async (): Promise<void> => {
            if (!hasLine) await room.proxy.start()
            hasLine = true
          }
          const storyId = await room.desk.story('Story')
          /** Not to be public before: of the version approved last, and of the embargo. */
          let planned = room.clock.now() + 2 * HOUR
          let embargo = 0
          let id = room.publish(storyId, room.at(2 * HOUR))
          /** From then on the site knows of everything that was decided at the desk. */
          const settle = async (): Promise<void> => {
            await withLine()
            room.proxy.clear()
            await room.run(5 * MINUTE)
          }
          await room.quiet()
          for (const move of list) {
            // Whatever went public meanwhile was not public too early; what follows are updates, which others test.
            if (room.public.length > 0 || room.desk.publishing.standings(storyId).length > 0) break
            if (move.do === 'line') {
              if (hasLine) await room.proxy.stop()
              else await room.proxy.start()
              hasLine = !hasLine
            } else if (move.do === 'lose answers' || move.do === 'cut requests')
              room.proxy.failNext(
                move.do === 'lose answers' ? 'cut after' : 'cut before',
                ({ method }) => method !== 'GET'
              )
            else if (move.do === 'kill') await room.away(1_000)
            else if (move.do === 'edit') {
              room.desk.edit(storyId, { standfirst: `Since ${room.clock.now()}` })
              if (room.item(id).state !== 'cancelled')
                id = room.publish(storyId, planned === 0 ? null : room.at(planned - room.clock.now()))
            } else if (move.do === 'cancel') {
              await room.desk.publishing.queue.cancel(id)
              planned = Number.POSITIVE_INFINITY
            } else if (move.do === 'embargo') {
              embargo = room.clock.now() + move.hours * HOUR
              room.embargo(storyId, room.at(move.hours * HOUR))
            } else if (move.do === 'now' || move.do === 'hour') {
              planned = move.do === 'now' ? 0 : room.clock.now() + move.hours * HOUR
              id = room.publish(storyId, move.do === 'now' ? null : room.at(move.hours * HOUR))
            }
            await room.run(2 * MINUTE)
            // What the site would do is never less than what the window says.
            const said = room.desk.publishing.queue.openOf(storyId).flatMap(({ handedOver }) => handedOver ?? [])
            for (const { status, at } of room.posts())
              if (status === ahead[kind]) expect(said.map((one) => Date.parse(one))).toContain(at)
            if (move.do === 'hour' || move.do === 'embargo' || move.do === 'cancel') await settle()
          }
          await settle()
          const early = Math.max(planned, embargo)
          for (const { at } of room.public) expect(at).toBeGreaterThanOrEqual(early)
          await room.run(8 * HOUR)
          for (const { at } of room.public) expect(at).toBeGreaterThanOrEqual(early)
          const item = room.item(id)
          expect(room.posts().length).toBeLessThanOrEqual(1)
          expect(room.public.length).toBe(planned === Number.POSITIVE_INFINITY ? 0 : 1)
          expect(item.state).toBe(planned === Number.POSITIVE_INFINITY ? 'cancelled' : 'done')
          publics += room.public.length
          await room.close()
        }),
        { numRuns: 20 }
      )
      expect(publics).toBeGreaterThan(0)
    },
    240_000
  )
})
