import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OutboxState } from '../../../src/shared/contract/outbox.ts'
import type { LookDue } from '../../../src/main/core/store/late-looks.ts'
import type { OutboxRow } from '../../../src/main/core/store/outbox.ts'
import { laneOf, turns } from '../../../src/main/core/publishing/outbox-lanes.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const utc = (offset: number): string => new Date(NOW + offset).toISOString()

const place = { storyId: fc.constantFrom('a', 'b', 'c'), targetId: fc.constantFrom('x', 'y') }
const offsets = fc.constantFrom(-60_000, 0, 1_000, 3_600_000)
const rows = fc
  .array(
    fc.record({
      ...place,
      state: fc.constantFrom(...OutboxState.options.filter((state) => state !== 'done' && state !== 'cancelled')),
      nextTry: fc.option(offsets),
      hour: fc.option(offsets),
      isHandedOver: fc.boolean(),
      isPending: fc.boolean()
    }),
    { maxLength: 12 }
  )
  .map((list) => list.map((one, seq) => delivery(seq, one)))
const looks = fc
  .array(fc.record({ ...place, at: offsets }), { maxLength: 60 })
  .map((list) =>
    list
      .map(({ storyId, targetId, at }, n): LookDue => ({ id: `look ${n}`, storyId, targetId, nextTryAt: utc(at) }))
      .toSorted((one, other) => one.nextTryAt.localeCompare(other.nextTryAt))
  )

interface Shape {
  readonly storyId: string
  readonly targetId: string
  readonly state: OutboxRow['state']
  readonly nextTry: number | null
  readonly hour: number | null
  readonly isHandedOver: boolean
  readonly isPending: boolean
}

function delivery(seq: number, { nextTry, hour, isHandedOver, isPending, ...place }: Shape): OutboxRow {
  return {
    ...place,
    seq,
    id: `row ${seq}`,
    changeId: '',
    targetName: '',
    headline: '',
    revision: 1,
    contentType: '',
    sha256: '',
    media: [],
    queuedAt: utc(0),
    notBefore: hour === null ? null : utc(hour),
    planned: null,
    embargo: null,
    purpose: 'publish',
    reason: '',
    hold: null,
    keptRevision: null,
    idempotencyKey: '',
    pending: isPending ? { key: 'story', name: 'article' } : null,
    base: null,
    previous: null,
    takeBack: null,
    nextTryAt: nextTry === null ? null : utc(nextTry),
    told: false,
    tries: 0,
    problem: null,
    receipt: null,
    firedBy: 'desk',
    handedOver: isHandedOver ? utc(hour ?? 0) : null
  }
}

it('one lane has one turn at a time, in order of approval, and none while something in it is under way', () => {
  fc.assert(
    fc.property(rows, looks, fc.subarray(['a x', 'b x', 'c y']), (open, due, running) => {
      const given = turns({ open, looks: due, busy: new Set(running) }, NOW)
      const lanes = [...given.deliveries, ...given.looks].map(laneOf)
      expect(new Set(lanes).size).toBe(lanes.length)
      for (const lane of running) expect(lanes).not.toContain(lane)
      for (const row of given.deliveries) {
        const before = open.filter((one) => laneOf(one) === laneOf(row) && one.seq < row.seq)
        for (const { state } of before) expect(state).toBe('conflict')
      }
    })
  )
})

it('every look that is due has its turn, the first one first, where nothing else of its lane acts', () => {
  fc.assert(
    fc.property(looks, (due) => {
      const left = [...due]
      const seen: LookDue[] = []
      for (;;) {
        const round = turns({ open: [], looks: left, busy: new Set() }, NOW).looks
        if (round.length === 0) break
        for (const look of round) {
          const waiting = left.filter((one) => laneOf(one) === laneOf(look))
          expect(waiting[0]).toBe(look)
        }
        seen.push(...round)
        for (const look of round) left.splice(left.indexOf(look), 1)
      }
      expect(seen.length).toBe(due.filter(({ nextTryAt }) => Date.parse(nextTryAt) <= NOW).length)
    })
  )
})

it('what waits in a lane keeps no other lane waiting, and its time is told', () => {
  const row = (seq: number, storyId: string, targetId: string, nextTry: number): OutboxRow =>
    delivery(seq, {
      storyId,
      targetId,
      state: 'waiting',
      nextTry,
      hour: null,
      isHandedOver: false,
      isPending: false
    })
  const open = [row(1, 'a', 'x', 0), row(2, 'a', 'y', 0), row(3, 'b', 'x', 5_000)]
  const given = turns({ open, looks: [], busy: new Set(['a x']) }, NOW)
  expect(given.deliveries.map(({ id }) => id)).toEqual(['row 2'])
  expect(given.next).toBe(NOW + 5_000)
})
