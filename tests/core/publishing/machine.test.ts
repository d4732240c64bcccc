import { say } from '../../../src/shared/words/message.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STORY_STEP, type Step } from '../../../src/main/core/publishing/targets/target.ts'
import {
  dueAt,
  isDue,
  isOpen,
  LONGEST_TOLD_WAIT,
  type Action,
  type Delivery,
  type Event,
  type Next,
  type Outcome
} from '../../../src/main/core/publishing/delivery.ts'
import { next } from '../../../src/main/core/publishing/outbox-machine.ts'

const NOW = Date.UTC(2026, 2, 14, 9, 26, 53)
const OURS = 'a'.repeat(64)
const STORY = { key: STORY_STEP, name: 'article' } as const
const fresh: Delivery = {
  state: 'waiting',
  pending: null,
  base: null,
  previous: null,
  notBefore: null,
  firedBy: 'desk',
  handedOver: null,
  nextTryAt: null,
  told: false,
  tries: 0,
  takeBack: null,
  problem: null
}
const found = (fingerprint: string, token = '"1"', serverTime: number | null = NOW, unfinished = false): Outcome => ({
  kind: 'found',
  same: fingerprint === OURS && !unfinished,
  unfinished,
  proof: { token, fingerprint, url: null, differences: [], serverTime, publishesAt: null, publishedAt: null }
})
const wake: Event = { kind: 'wake', paused: null }

/**
 * A driver of so many pictures, as drivers are: each is looked for and sent when it is missing, the story comes last.
 */
function driverOf(pictures: number, once = false): (there: ReadonlySet<string>, missing: string | null) => Step {
  return (there, missing) => {
    for (let n = 1; n <= pictures; n += 1) {
      const key = `media:${n}`
      if (missing === key) return { key, name: 'media', act: 'send', once }
      if (!there.has(key)) return { key, name: 'media', act: 'find', once: false }
    }
    return { ...STORY, act: 'send', once: true }
  }
}

const nameOf = (action: Action): string =>
  action.do === 'step'
    ? `${action.step.act} ${action.step.key}`
    : action.do === 'look-up'
      ? `look-up ${action.why}`
      : action.do

/** Feeds outcomes until the machine asks for nothing more; returns what it asked for. */
function play(
  delivery: Delivery,
  outcomes: Readonly<Record<string, Outcome[]>>,
  more: { now?: number; pictures?: number; once?: boolean } = {}
): { delivery: Delivery; asked: string[] } {
  const { now = NOW, pictures = 0, once = false } = more
  const moment = { now, random: 0.5 }
  const driver = driverOf(pictures, once)
  const there = new Set<string>()
  const asked: string[] = []
  let at = next(delivery, wake, moment)
  while (at.action) {
    const { action } = at
    if (action.do === 'plan') {
      at = next(at.delivery, { kind: 'planned', step: driver(there, action.missing) }, moment)
      continue
    }
    if (action.do === 'compare-clocks') {
      at = next(at.delivery, { kind: 'answer', to: action, answer: { kind: 'time', serverTime: now } }, moment)
      continue
    }
    asked.push(nameOf(action) === 'send story' ? `send story ${at.delivery.base ?? 'new'}` : nameOf(action))
    const answer =
      action.do === 'finish'
        ? ({ kind: 'written' } as const)
        : outcomes[action.do === 'step' ? nameOf(action) : action.do]?.shift()
    if (!answer) throw new Error(`No outcome for ${nameOf(action)} after ${asked.join(', ')}`)
    if (action.do === 'step' && (answer.kind === 'present' || answer.kind === 'stored')) there.add(action.step.key)
    at = next(at.delivery, { kind: 'answer', to: action, answer }, moment)
  }
  return { delivery: at.delivery, asked }
}
const stored: Outcome = { kind: 'stored' }
const nothing: Outcome = { kind: 'absent', serverTime: NOW }

describe('the outbox machine', () => {
  it('sends pictures first, then the story, reads it back and is done', () => {
    const { delivery, asked } = play(
      fresh,
      {
        'find media:1': [nothing],
        'send media:1': [stored],
        'find media:2': [{ kind: 'present' }],
        'send story': [stored],
        'look-up': [found(OURS)]
      },
      { pictures: 2 }
    )
    expect(asked).toEqual([
      'find media:1',
      'send media:1',
      'find media:2',
      'send story new',
      'look-up read-back',
      'finish'
    ])
    expect(delivery).toMatchObject({ state: 'done', pending: null, problem: null })
  })

  it('an update names the version it replaces', () => {
    expect(
      play(
        { ...fresh, base: '"7"', previous: 'b'.repeat(64) },
        { 'send story': [stored], 'look-up': [found(OURS, '"8"')] }
      ).asked[0]
    ).toBe('send story "7"')
  })

  it('after an unknown outcome it looks before it sends, and takes what it finds for what it is', () => {
    const waiting = play(fresh, {
      'send story': [{ kind: 'lost', message: say('legacy.sentence', { text: 'Cut.' }) }]
    }).delivery
    expect(waiting).toMatchObject({ state: 'waiting', pending: STORY })
    const later = { now: NOW + 60_000 }
    expect(play(waiting, { 'look-up': [found(OURS)] }, later).asked).toEqual(['look-up unknown', 'finish'])
    expect(play(waiting, { 'look-up': [nothing, found(OURS)], 'send story': [stored] }, later).asked).toEqual([
      'look-up unknown',
      'send story new',
      'look-up read-back',
      'finish'
    ])
    expect(play(waiting, { 'look-up': [found('c'.repeat(64))] }, later).delivery).toMatchObject({ state: 'conflict' })
  })

  it('a picture that must not be there twice is looked for by itself after an unknown outcome, and only that', () => {
    const waiting = play(
      fresh,
      {
        'find media:1': [nothing],
        'send media:1': [{ kind: 'broken', message: say('legacy.sentence', { text: 'Broken.' }) }]
      },
      { pictures: 1, once: true }
    ).delivery
    expect(waiting).toMatchObject({ state: 'waiting', pending: { key: 'media:1', name: 'media' } })
    const rest = { 'send story': [stored], 'look-up': [found(OURS)] }
    const later = { now: NOW + 60_000, pictures: 1, once: true }
    expect(play(waiting, { 'find media:1': [{ kind: 'present' }], ...rest }, later).asked).toEqual([
      'find media:1',
      'send story new',
      'look-up read-back',
      'finish'
    ])
    const again = {
      'send story': [stored],
      'look-up': [found(OURS)],
      'find media:1': [nothing],
      'send media:1': [stored]
    }
    expect(play(waiting, again, later).asked).toEqual([
      'find media:1',
      'send media:1',
      'send story new',
      'look-up read-back',
      'finish'
    ])
    // A picture that is sent under its own name needs no looking after.
    expect(
      play(
        fresh,
        {
          'find media:1': [nothing],
          'send media:1': [{ kind: 'lost', message: say('legacy.sentence', { text: 'Cut.' }) }]
        },
        { pictures: 1 }
      ).delivery
    ).toMatchObject({ state: 'waiting', pending: null })
  })

  it('goes on with a draft of its own that is not finished', () => {
    const waiting: Delivery = { ...fresh, pending: STORY }
    expect(
      play(waiting, { 'look-up': [found('d'.repeat(64), '"1"', NOW, true), found(OURS)], 'send story': [stored] }).asked
    ).toEqual(['look-up unknown', 'send story new', 'look-up read-back', 'finish'])
  })

  it('sees that what is there is still what ours replaces', () => {
    const update: Delivery = { ...fresh, base: '"7"', previous: 'b'.repeat(64), pending: STORY }
    expect(
      play(update, { 'look-up': [found('b'.repeat(64), '"7"'), found(OURS, '"8"')], 'send story': [stored] }).asked
    ).toEqual(['look-up unknown', 'send story "7"', 'look-up read-back', 'finish'])
    expect(play(update, { 'look-up': [nothing] }).delivery).toMatchObject({ state: 'conflict' })
  })

  it('a CMS with a new change token at every look does not keep it going round for ever', () => {
    const same = 'b'.repeat(64)
    const { delivery, asked } = play(
      { ...fresh, base: '"0"', previous: same },
      {
        'send story': Array.from({ length: 20 }, () => ({
          kind: 'changed' as const,
          message: say('legacy.sentence', { text: 'Changed.' })
        })),
        'look-up': Array.from({ length: 20 }, (_, n) => found(same, `"${n + 1}"`))
      }
    )
    expect(delivery.state).toBe('conflict')
    expect(asked.length).toBeLessThan(15)
  })

  it('waits twice as long after each try, and never more than five minutes, give or take a fifth', () => {
    const waits = (random: number): number[] =>
      [1, 2, 3, 8, 9, 20, 500].map((tries) => {
        const sending: Delivery = { ...fresh, state: 'sending', pending: STORY, tries }
        const action: Action = { do: 'look-up', why: 'unknown' }
        const event: Event = {
          kind: 'answer',
          to: action,
          answer: { kind: 'lost', message: say('legacy.sentence', { text: 'Cut off.' }) }
        }
        return (next(sending, event, { now: NOW, random }).delivery.nextTryAt ?? 0) - NOW
      })
    expect(waits(0.5)).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000, 300_000])
    expect(waits(0)).toEqual([1_600, 3_200, 6_400, 204_800, 240_000, 240_000, 240_000])
    expect(waits(1)).toEqual([2_400, 4_800, 9_600, 307_200, 360_000, 360_000, 360_000])
  })

  it('waits as long as the CMS says, and a hurried person does not change that', () => {
    const told = play(fresh, {
      'send story': [{ kind: 'later', waitMs: 90_000, message: say('legacy.sentence', { text: 'Later.' }) }]
    }).delivery
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
    const early = play(embargoed, { 'ask-time': [nothing] }, { now: hour + 86_400_000 })
    expect(early.asked).toEqual(['ask-time'])
    expect(early.delivery).toMatchObject({
      state: 'scheduled',
      pending: null,
      problem: { key: 'outbox.clockAhead', params: { minutes: 1500 } }
    })
    // The clock is set right: it is not a day late.
    expect(isDue(early.delivery, hour + 1)).toBe(true)
    expect(
      play(embargoed, { 'ask-time': [{ kind: 'absent', serverTime: null }] }, { now: hour }).delivery
    ).toMatchObject({ state: 'refused' })
    expect(
      play(
        embargoed,
        { 'ask-time': [{ kind: 'absent', serverTime: hour }], 'send story': [stored], 'look-up': [found(OURS)] },
        { now: hour }
      ).delivery.state
    ).toBe('done')
  })

  it('an embargo holds whatever happens to the item meanwhile', () => {
    const hour = NOW + 3_600_000
    fc.assert(
      fc.property(fc.array(fc.oneof(anyEvent, fc.constant(wake)), { maxLength: 20 }), (events) => {
        let delivery: Delivery = { ...fresh, state: 'scheduled', notBefore: hour }
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
        (inputs, update, pictures) => {
          let now = NOW
          /** Steps of which an earlier sending may have taken effect and nobody has looked. */
          const unknown = new Set<string>()
          const there = new Set<string>()
          const driver = driverOf(pictures, true)
          let lastLookUp = ''
          const advance = (at: Next): Next => {
            let on = at
            for (;;) {
              const { action } = on
              if (action?.do !== 'plan' && action?.do !== 'compare-clocks') return on
              const event: Event =
                action.do === 'plan'
                  ? { kind: 'planned', step: driver(there, action.missing) }
                  : { kind: 'answer', to: action, answer: { kind: 'time', serverTime: null } }
              on = next(on.delivery, event, { now, random: 0.5 })
            }
          }
          let at = advance(
            next({ ...fresh, ...(update && { base: '"7"', previous: 'b'.repeat(64) }) }, wake, { now, random: 0.5 })
          )
          for (const input of inputs) {
            const { action } = at
            const step = action?.do === 'step' ? action.step : null
            if (step?.act === 'send') {
              expect(unknown.has(step.key), `${step.key} sent while an earlier sending was unknown`).toBe(false)
              expect(at.delivery.pending?.key, 'written down before it is sent').toBe(step.key)
              if (step.key === STORY_STEP) expect(there.size).toBe(pictures)
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
                if (input.event.kind === 'overwrite' && at.delivery.state === 'conflict') unknown.delete(STORY_STEP)
                at = action ? { delivery: after, action } : advance(next(after, wake, { now, random: 0.5 }))
              } else at = advance(next(at.delivery, wake, { now, random: 0.5 }))
              continue
            }
            const answer = action.do === 'finish' ? ({ kind: 'written' } as const) : input.answer
            if (step?.act === 'send') {
              if (
                ['lost', 'broken', 'later', 'odd', 'redirected', 'present', 'absent', 'found'].includes(answer.kind) ||
                (step.key === STORY_STEP && ['stored', 'changed'].includes(answer.kind))
              )
                unknown.add(step.key)
              if (answer.kind === 'stored' && step.key !== STORY_STEP) there.add(step.key)
            }
            if (step?.act === 'find' && ['present', 'absent', 'rejected'].includes(answer.kind)) {
              unknown.delete(step.key)
              if (answer.kind === 'present') there.add(step.key)
            }
            if (action.do === 'look-up' && (answer.kind === 'found' || answer.kind === 'absent'))
              unknown.delete(STORY_STEP)
            if (action.do === 'finish') expect(lastLookUp).toBe(OURS)
            if (action.do === 'look-up') lastLookUp = answer.kind === 'found' ? answer.proof.fingerprint : ''
            at = advance(next(at.delivery, { kind: 'answer', to: action, answer }, { now, random: 0.5 }))
            if (at.delivery.state === 'done') expect(action.do).toBe('finish')
          }
        }
      ),
      { numRuns: 3000 }
    )
  })

  it('what is taken back is taken back, unless it is there already', () => {
    const cancel: Event = { kind: 'take-back', why: 'cancel' }
    expect(next(fresh, cancel, { now: NOW, random: 0 }).delivery.state).toBe('cancelled')
    const unknown: Delivery = { ...fresh, pending: STORY, nextTryAt: NOW + 1000 }
    const looking = next(unknown, cancel, { now: NOW, random: 0 }).delivery
    expect(looking).toMatchObject({ state: 'waiting', nextTryAt: NOW })
    expect(play(looking, { 'look-up': [nothing] }).delivery.state).toBe('cancelled')
    expect(play(looking, { 'look-up': [found(OURS)] }).delivery).toMatchObject({ state: 'done', takeBack: null })
    expect(next({ ...fresh, state: 'done' }, cancel, { now: NOW, random: 0 }).delivery.state).toBe('done')
  })

  it('a clock that went back does not leave a story waiting for years', () => {
    expect(isDue({ ...fresh, nextTryAt: NOW + 5000 }, NOW - 10 * 365 * 86_400_000)).toBe(true)
    const longest = LONGEST_TOLD_WAIT + 60_000
    expect(isDue({ ...fresh, nextTryAt: NOW + longest }, NOW)).toBe(false)
    expect(isDue({ ...fresh, nextTryAt: NOW + longest + 1 }, NOW)).toBe(true)
    expect(isDue({ ...fresh, state: 'scheduled', notBefore: NOW, nextTryAt: NOW + 6 * 60_000 }, NOW)).toBe(false)
    expect(isDue({ ...fresh, state: 'scheduled', notBefore: NOW, nextTryAt: NOW + 6 * 60_000 + 1 }, NOW)).toBe(true)
  })

  it('what is under way in a process that is gone is looked at at once', () => {
    const gone: Delivery = { ...fresh, state: 'sending', nextTryAt: NOW + 1000 }
    expect([dueAt(gone), isDue(gone, NOW)]).toEqual([0, true])
    expect([dueAt(fresh), dueAt({ ...fresh, state: 'scheduled' })]).toEqual([0, 0])
  })

  it('on a target paused by hand, what a process left under way rests and is looked for when it is resumed', () => {
    const paused = { code: 'cancelled', key: 'outbox.pausedByHand' } as const
    const gone: Delivery = { ...fresh, state: 'sending', pending: STORY, tries: 2 }
    const at = { now: NOW, random: 0 }
    const rested = next(gone, { kind: 'wake', paused }, at)
    expect(rested).toEqual({ delivery: { ...gone, state: 'paused', problem: paused }, action: null })
    const resumed = next(rested.delivery, { kind: 'retry' }, at).delivery
    expect(next(resumed, wake, at).action).toEqual({ do: 'look-up', why: 'unknown' })
    // What is taken back is looked for all the same.
    expect(next({ ...gone, takeBack: 'cancel' }, { kind: 'wake', paused }, at).action).toMatchObject({ do: 'look-up' })
    const conflict: Delivery = { ...fresh, state: 'conflict' }
    expect(next(conflict, { kind: 'wake', paused }, at).delivery).toBe(conflict)
  })

  it('a time the CMS named outlives pausing and resuming; a wait of our own does not', () => {
    const problem = { code: 'cancelled', key: 'outbox.pausedByHand' } as const
    const at = { now: NOW, random: 0 }
    const round = (delivery: Delivery): Delivery =>
      next(next(delivery, { kind: 'pause', problem }, at).delivery, { kind: 'retry' }, at).delivery
    const told: Delivery = { ...fresh, nextTryAt: NOW + 90_000, told: true, tries: 3, problem }
    expect(round(told)).toEqual({ ...told, problem: null })
    expect(round({ ...told, told: false })).toEqual({ ...fresh, nextTryAt: NOW })
  })

  it('an hour that is moved holds what waits, and lets go what it held', () => {
    const move = (delivery: Delivery, notBefore: number | null): Delivery =>
      next(delivery, { kind: 'release', notBefore }, { now: NOW, random: 0 }).delivery
    const problem = { code: 'refused', key: 'outbox.clockAhead' } as const
    const held: Delivery = { ...fresh, state: 'scheduled', notBefore: NOW + 5000, nextTryAt: NOW + 9000, problem }
    expect(move(held, NOW + 5000)).toBe(held)
    for (const to of [NOW + 8000, NOW - 1, null])
      expect(move(held, to)).toEqual({ ...held, notBefore: to, nextTryAt: null, problem: null })

    const offline: Delivery = { ...fresh, nextTryAt: NOW + 2000, told: true, problem }
    expect(move(offline, NOW + 1)).toEqual({ ...fresh, state: 'scheduled', notBefore: NOW + 1 })
    expect(move(offline, NOW)).toEqual({ ...offline, notBefore: NOW })
    for (const busy of [
      { ...offline, pending: STORY },
      { ...offline, takeBack: 'cancel' as const },
      { ...fresh, state: 'sending' as const },
      { ...fresh, state: 'conflict' as const }
    ])
      expect(move(busy, NOW + 1)).toEqual({ ...busy, notBefore: NOW + 1 })
    for (const state of ['done', 'cancelled'] as const) {
      const over: Delivery = { ...fresh, state }
      expect(move(over, NOW + 1)).toBe(over)
    }
  })

  it('a CMS whose clock is behind is asked again when its hour comes, and every five minutes until then', () => {
    const embargoed: Delivery = { ...fresh, state: 'scheduled', notBefore: NOW, tries: 3 }
    const asked = next(embargoed, wake, { now: NOW, random: 0 })
    expect(asked.action).toEqual({ do: 'ask-time' })
    for (const [behind, wait] of [
      [20_000, 20_000],
      [3_600_000, 300_000]
    ] as const) {
      const action = { do: 'ask-time' } as const
      const answer: Outcome = { kind: 'absent', serverTime: NOW - behind }
      expect(
        next(asked.delivery, { kind: 'answer', to: action, answer }, { now: NOW, random: 0 }).delivery
      ).toMatchObject({ state: 'scheduled', nextTryAt: NOW + wait, tries: 0 })
    }
  })

  it('what the CMS does not show yet is looked for again, later each time', () => {
    const action: Action = { do: 'look-up', why: 'read-back' }
    const sending: Delivery = { ...fresh, state: 'sending', pending: STORY, base: '"1"', previous: 'b'.repeat(64) }
    for (const [tries, wait] of [
      [1, 2000],
      [3, 8000]
    ] as const) {
      const { delivery } = next(
        { ...sending, tries },
        { kind: 'answer', to: action, answer: found('b'.repeat(64)) },
        { now: NOW, random: 0.5 }
      )
      expect(delivery).toMatchObject({
        state: 'waiting',
        nextTryAt: NOW + wait,
        problem: { key: 'outbox.notShownYet' }
      })
    }
  })

  it('what is taken back in the middle of a step is only marked, and overwriting answers a conflict alone', () => {
    const at = { now: NOW, random: 0 }
    const sending: Delivery = { ...fresh, state: 'sending', tries: 2 }
    expect(next(sending, { kind: 'take-back', why: 'supersede' }, at).delivery).toEqual({
      ...sending,
      takeBack: 'supersede'
    })
    expect(next(sending, { kind: 'overwrite', base: '"8"' }, at).delivery).toBe(sending)
    const stuck: Delivery = { ...sending, state: 'conflict', pending: STORY, previous: OURS, told: true }
    expect(next(stuck, { kind: 'overwrite', base: '"8"' }, at).delivery).toEqual({
      ...fresh,
      base: '"8"',
      nextTryAt: NOW
    })
    expect([isOpen({ state: 'conflict' }), isOpen({ state: 'done' }), isOpen({ state: 'cancelled' })]).toEqual([
      true,
      false,
      false
    ])
  })
})

const anyAnswer = fc
  .oneof(
    fc
      .constantFrom(OURS, 'b'.repeat(64), 'c'.repeat(64))
      .chain((sha) => fc.constantFrom('"7"', '"8"', '"9"').map((etag) => found(sha, etag))),
    fc.constant<Outcome>(nothing),
    fc.constantFrom('present', 'stored').map((kind) => ({ kind }) as Outcome),
    fc
      .constantFrom('changed', 'unauthorised', 'redirected', 'rejected', 'broken', 'unreachable', 'lost', 'odd')
      .map((kind) => ({ kind, message: say('legacy.sentence', { text: 'So it is.' }) }) as Outcome),
    fc
      .option(fc.integer({ min: 0, max: 1e12 }))
      .map((waitMs): Outcome => ({ kind: 'later', waitMs, message: say('legacy.sentence', { text: 'Later.' }) }))
  )
  .map((answer) => ({ answer }))

const event = fc.oneof(
  fc.constant<Event>({ kind: 'retry' }),
  fc.constantFrom('cancel' as const, 'supersede' as const).map((why): Event => ({ kind: 'take-back', why })),
  fc.constantFrom('"8"', null).map((base): Event => ({ kind: 'overwrite', base })),
  fc.constant<Event>({ kind: 'pause', problem: { code: 'refused', key: 'galley.stopped' } })
)
const anyEvent: fc.Arbitrary<Event & { waitForPerson: true; event: Event }> = event.map((one) => ({
  ...one,
  waitForPerson: true as const,
  event: one
}))
