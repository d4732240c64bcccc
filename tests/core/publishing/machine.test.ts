import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/main/core/publishing/targets/target.ts'
import {
  dueAt,
  isDue,
  isOpen,
  LONGEST_TOLD_WAIT,
  next,
  type Action,
  type Delivery,
  type Event
} from '../../../src/main/core/publishing/outbox-machine.ts'

const NOW = Date.UTC(2026, 2, 14, 9, 26, 53)
const OURS = 'a'.repeat(64)
const fresh: Delivery = {
  state: 'waiting',
  maybeSent: false,
  mediaDone: 0,
  mediaTotal: 0,
  sha256: OURS,
  etag: null,
  previous: null,
  notBefore: null,
  nextTryAt: null,
  told: false,
  tries: 0,
  withdraw: null,
  problem: null
}
const found = (sha256: string, etag = '"1"', serverTime: number | null = NOW): Answer => ({
  kind: 'found',
  sha256,
  etag,
  url: null,
  serverTime,
  text: '{}',
  contentType: 'application/json'
})
const wake: Event = { kind: 'wake' }

/** Feeds answers until the machine asks for nothing more; answers what it asked for. */
function play(
  delivery: Delivery,
  answers: Partial<Record<Action['do'], Answer[]>>,
  now = NOW
): { delivery: Delivery; asked: string[] } {
  const asked: string[] = []
  let at = next(delivery, wake, { now, random: 0.5 })
  while (at.action) {
    const { action } = at
    asked.push(
      action.do === 'look-up'
        ? `look-up ${action.why}`
        : action.do === 'send-article'
          ? `send-article ${action.ifMatch ?? 'new'}`
          : action.do
    )
    const answer = action.do === 'finish' ? ({ kind: 'written' } as const) : answers[action.do]?.shift()
    if (!answer) throw new Error(`No answer for ${action.do} after ${asked.join(', ')}`)
    at = next(at.delivery, { kind: 'answer', to: action, answer }, { now, random: 0.5 })
  }
  return { delivery: at.delivery, asked }
}

describe('the outbox machine', () => {
  it('sends pictures first, then the story, reads it back and is done', () => {
    const { delivery, asked } = play(
      { ...fresh, mediaTotal: 2 },
      {
        'find-media': [{ kind: 'absent', serverTime: null }, { kind: 'present' }],
        'send-media': [{ kind: 'stored' }],
        'send-article': [{ kind: 'stored' }],
        'look-up': [found(OURS)]
      }
    )
    expect(asked).toEqual(['find-media', 'send-media', 'find-media', 'send-article new', 'look-up read-back', 'finish'])
    expect(delivery).toMatchObject({ state: 'done', mediaDone: 2, problem: null })
  })

  it('an update names the version it replaces', () => {
    expect(
      play(
        { ...fresh, etag: '"7"', previous: 'b'.repeat(64) },
        { 'send-article': [{ kind: 'stored' }], 'look-up': [found(OURS, '"8"')] }
      ).asked[0]
    ).toBe('send-article "7"')
  })

  it('after an unknown outcome it looks before it sends, and takes what it finds for what it is', () => {
    const lost: Answer = { kind: 'lost', message: 'Cut.' }
    const waiting = play(fresh, { 'send-article': [lost] }).delivery
    expect(waiting).toMatchObject({ state: 'waiting', maybeSent: true })
    const later = NOW + 60_000
    expect(play(waiting, { 'look-up': [found(OURS)] }, later).asked).toEqual(['look-up unknown', 'finish'])
    expect(
      play(
        waiting,
        { 'look-up': [{ kind: 'absent', serverTime: NOW }, found(OURS)], 'send-article': [{ kind: 'stored' }] },
        later
      ).asked
    ).toEqual(['look-up unknown', 'send-article new', 'look-up read-back', 'finish'])
    expect(play(waiting, { 'look-up': [found('c'.repeat(64))] }, later).delivery).toMatchObject({ state: 'conflict' })
  })

  it('sees that what is there is still what ours replaces', () => {
    const update = { ...fresh, etag: '"7"', previous: 'b'.repeat(64), maybeSent: true }
    expect(
      play(update, {
        'look-up': [found('b'.repeat(64), '"7"'), found(OURS, '"8"')],
        'send-article': [{ kind: 'stored' }]
      }).asked
    ).toEqual(['look-up unknown', 'send-article "7"', 'look-up read-back', 'finish'])
    expect(play(update, { 'look-up': [{ kind: 'absent', serverTime: NOW }] }).delivery).toMatchObject({
      state: 'conflict'
    })
  })

  it('a CMS with a new ETag at every look does not keep it going round for ever', () => {
    const same = 'b'.repeat(64)
    const { delivery, asked } = play(
      { ...fresh, etag: '"0"', previous: same },
      {
        'send-article': Array.from({ length: 20 }, () => ({ kind: 'changed' as const, message: 'Changed.' })),
        'look-up': Array.from({ length: 20 }, (_, n) => found(same, `"${n + 1}"`))
      }
    )
    expect(delivery.state).toBe('conflict')
    expect(asked.length).toBeLessThan(15)
  })

  it('waits twice as long after each try, and never more than five minutes, give or take a fifth', () => {
    const waits = (random: number): number[] =>
      [1, 2, 3, 8, 9, 20, 500].map((tries) => {
        const sending: Delivery = { ...fresh, state: 'sending', maybeSent: true, tries }
        const action: Action = { do: 'look-up', why: 'unknown' }
        const event: Event = { kind: 'answer', to: action, answer: { kind: 'lost', message: 'Cut off.' } }
        return (next(sending, event, { now: NOW, random }).delivery.nextTryAt ?? 0) - NOW
      })
    expect(waits(0.5)).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000, 300_000])
    expect(waits(0)).toEqual([1_600, 3_200, 6_400, 204_800, 240_000, 240_000, 240_000])
    expect(waits(1)).toEqual([2_400, 4_800, 9_600, 307_200, 360_000, 360_000, 360_000])
  })

  it('waits as long as the CMS says, and a hurried person does not change that', () => {
    const told = play(fresh, { 'send-article': [{ kind: 'later', waitMs: 90_000, message: 'Later.' }] }).delivery
    expect(told).toMatchObject({ state: 'waiting', told: true, nextTryAt: NOW + 90_000 })
    expect(next(told, { kind: 'retry' }, { now: NOW + 1, random: 0 }).delivery).toEqual(told)
    expect(isDue(told, NOW + 89_999)).toBe(false)
    expect(isDue(told, NOW + 90_000)).toBe(true)
  })

  it('no byte before the hour, by the clock of the desk and by that of the CMS', () => {
    const hour = NOW + 3_600_000
    const embargoed: Delivery = { ...fresh, state: 'scheduled', notBefore: hour }
    expect(next(embargoed, wake, { now: hour - 1, random: 0 }).action).toBeNull()
    // A desk whose clock is a day ahead: the CMS does not agree.
    const early = play(
      embargoed,
      { 'look-up': [], 'ask-time': [{ kind: 'absent', serverTime: NOW }] },
      hour + 86_400_000
    )
    expect(early.asked).toEqual(['ask-time'])
    expect(early.delivery).toMatchObject({
      state: 'scheduled',
      maybeSent: false,
      problem: { message: expect.stringContaining('ahead') }
    })
    // The clock is set right: it is not a day late.
    expect(isDue(early.delivery, hour + 1)).toBe(true)
    expect(play(embargoed, { 'ask-time': [{ kind: 'absent', serverTime: null }] }, hour).delivery).toMatchObject({
      state: 'refused'
    })
    expect(
      play(
        embargoed,
        {
          'ask-time': [{ kind: 'absent', serverTime: hour }],
          'send-article': [{ kind: 'stored' }],
          'look-up': [found(OURS)]
        },
        hour
      ).delivery.state
    ).toBe('done')
  })

  it('an embargo holds whatever happens to the item meanwhile', () => {
    const hour = NOW + 3_600_000
    fc.assert(
      fc.property(fc.array(fc.oneof(anyEvent, fc.constant(wake)), { maxLength: 20 }), (events) => {
        let delivery: Delivery = { ...fresh, mediaTotal: 1, state: 'scheduled', notBefore: hour }
        for (const event of events) {
          const step = next(delivery, event, { now: NOW, random: 0.5 })
          expect(step.action).toBeNull()
          delivery = step.delivery
        }
      })
    )
  })

  it('whatever answers come in whatever order: never sent again unlooked, never done without reading back, always an end or a time to wait for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: anyAnswer }, { weight: 1, arbitrary: anyEvent }), { maxLength: 60 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 2 }),
        (inputs, update, mediaTotal) => {
          let now = NOW
          let mayBeThere = false
          let at = next({ ...fresh, mediaTotal, ...(update && { etag: '"7"', previous: 'b'.repeat(64) }) }, wake, {
            now,
            random: 0.5
          })
          for (const input of inputs) {
            const { action } = at
            if (action?.do === 'send-article') {
              expect(mayBeThere, 'sent while an earlier sending was unknown').toBe(false)
              expect(at.delivery.maybeSent, 'written down before it is sent').toBe(true)
              expect(at.delivery.mediaDone).toBe(mediaTotal)
            }
            if ('waitForPerson' in input || !action) {
              if (!action && isOpen(at.delivery)) {
                const due = dueAt(at.delivery)
                if (at.delivery.state === 'waiting') expect((due ?? 0) - now).toBeLessThanOrEqual(LONGEST_TOLD_WAIT)
                else expect(at.delivery.problem, `${at.delivery.state} without a reason`).not.toBeNull()
                if (due !== null) now = Math.max(now, due)
              }
              if ('waitForPerson' in input) {
                // An event while something is under way leaves what is under way to its answer.
                const after = next(at.delivery, input.event, { now, random: 0.5 }).delivery
                if (input.event.kind === 'overwrite' && at.delivery.state === 'conflict') mayBeThere = false
                at = action ? { delivery: after, action } : next(after, wake, { now, random: 0.5 })
              } else at = next(at.delivery, wake, { now, random: 0.5 })
              continue
            }
            const answer = action.do === 'finish' ? ({ kind: 'written' } as const) : input.answer
            if (action.do === 'send-article')
              mayBeThere = ['lost', 'broken', 'later', 'odd', 'redirected', 'stored', 'changed'].includes(answer.kind)
            if (action.do === 'look-up' && (answer.kind === 'found' || answer.kind === 'absent')) mayBeThere = false
            if (action.do === 'finish') expect(lastLookUp).toBe(OURS)
            if (action.do === 'look-up') lastLookUp = answer.kind === 'found' ? answer.sha256 : ''
            at = next(at.delivery, { kind: 'answer', to: action, answer }, { now, random: 0.5 })
            if (at.delivery.state === 'done') expect(action.do).toBe('finish')
          }
        }
      ),
      { numRuns: 3000 }
    )
  })

  it('what is taken back is taken back, unless it is there already', () => {
    const cancel: Event = { kind: 'withdraw', why: 'cancel' }
    expect(next(fresh, cancel, { now: NOW, random: 0 }).delivery.state).toBe('cancelled')
    const unknown: Delivery = { ...fresh, maybeSent: true, nextTryAt: NOW + 1000 }
    const looking = next(unknown, cancel, { now: NOW, random: 0 }).delivery
    expect(looking).toMatchObject({ state: 'waiting', nextTryAt: NOW })
    expect(play(looking, { 'look-up': [{ kind: 'absent', serverTime: NOW }] }).delivery.state).toBe('cancelled')
    expect(play(looking, { 'look-up': [found(OURS)] }).delivery.state).toBe('done')
    expect(next({ ...fresh, state: 'done' }, cancel, { now: NOW, random: 0 }).delivery.state).toBe('done')
  })

  it('a clock that went back does not leave a story waiting for years', () => {
    expect(isDue({ ...fresh, nextTryAt: NOW + 5000 }, NOW - 10 * 365 * 86_400_000)).toBe(true)
  })
})

let lastLookUp = ''

const anyAnswer = fc
  .oneof(
    fc
      .constantFrom(OURS, 'b'.repeat(64), 'c'.repeat(64))
      .chain((sha) => fc.constantFrom('"7"', '"8"', '"9"').map((etag) => found(sha, etag))),
    fc.constant<Answer>({ kind: 'absent', serverTime: NOW }),
    fc.constantFrom<Answer['kind']>('present', 'stored').map((kind) => ({ kind }) as Answer),
    fc
      .constantFrom('changed', 'unauthorised', 'redirected', 'rejected', 'broken', 'unreachable', 'lost', 'odd')
      .map((kind) => ({ kind, message: 'So it is.' }) as Answer),
    fc.option(fc.integer({ min: 0, max: 1e12 })).map((waitMs): Answer => ({ kind: 'later', waitMs, message: 'Later.' }))
  )
  .map((answer) => ({ answer }))

const event = fc.oneof(
  fc.constant<Event>({ kind: 'retry' }),
  fc.constantFrom('cancel' as const, 'supersede' as const).map((why): Event => ({ kind: 'withdraw', why })),
  fc.constantFrom('"8"', null).map((etag): Event => ({ kind: 'overwrite', etag })),
  fc.constant<Event>({ kind: 'pause', problem: { code: 'refused', key: 'galley.stopped' } })
)
const anyEvent: fc.Arbitrary<Event & { waitForPerson: true; event: Event }> = event.map((one) => ({
  ...one,
  waitForPerson: true as const,
  event: one
}))
