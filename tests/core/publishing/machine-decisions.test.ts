import { describe, expect, it } from 'vitest'
import type { Action, Delivery, Outcome } from '../../../src/main/core/publishing/delivery.ts'
import { next } from '../../../src/main/core/publishing/outbox-machine.ts'
import { STORY_STEP } from '../../../src/main/core/publishing/targets/target.ts'
import { say } from '../../../src/shared/words/message.ts'

/** Single decisions of the outbox, one event each: the tests of whole deliveries cannot tell what comes to the same end. */

const NOW = Date.UTC(2026, 2, 14, 9, 26, 53)
const MINUTE = 60_000
const STORY = { key: STORY_STEP, name: 'article' } as const
const sending: Delivery = {
  state: 'sending',
  pending: STORY,
  base: null,
  previous: null,
  notBefore: null,
  firedBy: 'desk',
  handedOver: null,
  nextTryAt: null,
  told: false,
  tries: 1,
  takeBack: null,
  problem: null
}
const update: Delivery = { ...sending, base: '"1"', previous: 'before' }
const found = (
  token: string,
  fingerprint: string,
  more: { unfinished?: boolean; serverTime?: number } = {}
): Outcome => ({
  kind: 'found',
  same: false,
  unfinished: more.unfinished ?? false,
  proof: {
    token,
    fingerprint,
    url: null,
    differences: [],
    serverTime: more.serverTime ?? NOW,
    publishesAt: null,
    publishedAt: null
  }
})
const absent: Outcome = { kind: 'absent', serverTime: NOW }
const answer = (delivery: Delivery, to: Action, outcome: Outcome, random = 0.5) =>
  next(delivery, { kind: 'answer', to, answer: outcome }, { now: NOW, random })
const lookUp = (why: 'unknown' | 'changed' | 'read-back') => ({ do: 'look-up', why }) as const

describe('what was looked up and is not what was approved', () => {
  it.each([
    // Nothing of ours has arrived, and nobody else's is in the way: it is sent.
    ['new, nothing there', sending, absent, { do: 'plan', missing: STORY_STEP }],
    ['new, our own draft', sending, found('"d"', 'draft', { unfinished: true }), { do: 'plan', missing: STORY_STEP }],
    ['an update, the version it replaces', update, found('"1"', 'other'), { do: 'plan', missing: STORY_STEP }],
    ['an update, its words under another token', update, found('"2"', 'before'), { do: 'plan', missing: STORY_STEP }],
    // Somebody's work, or none: a person is asked.
    ['new, somebody’s version', sending, found('"x"', 'theirs'), 'outbox.anotherVersion'],
    ['an update, somebody’s version', update, found('"2"', 'theirs'), 'outbox.changedThere'],
    ['an update, nothing there', update, absent, 'outbox.removedThere']
  ] as const)('after an unknown outcome: %s', (_what, delivery, outcome, expected) => {
    const then = answer(delivery, lookUp('unknown'), outcome)
    if (typeof expected !== 'string') {
      expect(then).toMatchObject({ delivery: { state: 'sending', pending: null, tries: 1 }, action: expected })
      return
    }
    expect(then.action).toBeNull()
    expect(then.delivery).toMatchObject({
      state: 'conflict',
      pending: null,
      problem: { code: 'conflict', key: expected }
    })
  })

  it('after “changed”: the same words under a new token are gone over, counted, and with the new token', () => {
    const then = answer(update, lookUp('changed'), found('"2"', 'before'))
    expect(then).toMatchObject({
      delivery: { state: 'sending', base: '"2"', tries: 2, pending: null },
      action: { do: 'plan', missing: STORY_STEP }
    })
    const draft = answer(update, lookUp('changed'), found('"2"', 'draft', { unfinished: true }))
    expect(draft.delivery).toMatchObject({ state: 'sending', base: '"1"', tries: 2 })
  })

  it.each([
    ['nothing there', absent, 'outbox.removedThere'],
    ['the token it was sent with', found('"1"', 'before'), 'outbox.changedThere'],
    ['somebody’s version', found('"2"', 'theirs'), 'outbox.changedThere']
  ])('after “changed” with %s a person is asked', (_what, outcome, key) => {
    expect(answer(update, lookUp('changed'), outcome).delivery).toMatchObject({ state: 'conflict', problem: { key } })
  })

  it('after “changed” five times a person is asked, not four', () => {
    const again = (tries: number) => answer({ ...update, tries }, lookUp('changed'), found('"2"', 'before')).delivery
    expect(again(4)).toMatchObject({ state: 'sending' })
    expect(again(5)).toMatchObject({ state: 'conflict' })
  })

  it.each([
    ['a new story that is not shown', sending, absent, 'outbox.saysButDoesNotShow'],
    ['an update of which the old version is shown', update, found('"1"', 'before'), 'outbox.notWhatWasApproved']
  ] as const)(
    'when read back, %s is looked at again four times, and then a person is asked',
    (_what, delivery, outcome, key) => {
      const then = answer({ ...delivery, tries: 4 }, lookUp('read-back'), outcome)
      expect(then.delivery).toMatchObject({ state: 'waiting', pending: STORY, problem: { key: 'outbox.notShownYet' } })
      expect(then.delivery.nextTryAt).toBe(NOW + 16_000)
      const last = answer({ ...delivery, tries: 5 }, lookUp('read-back'), outcome)
      expect(last.delivery).toMatchObject({ state: 'conflict', problem: { key } })
    }
  )

  it('when read back as something else a person is asked at once', () => {
    for (const delivery of [sending, update])
      expect(answer(delivery, lookUp('read-back'), found('"9"', 'theirs')).delivery).toMatchObject({
        state: 'conflict',
        problem: { key: 'outbox.notWhatWasApproved' }
      })
  })

  it('what a person leaves as it is there ends as what it was: taken back only if it was never seen live', () => {
    const leave = (delivery: Delivery): Delivery =>
      next({ ...delivery, state: 'conflict' }, { kind: 'take-back', why: 'cancel' }, { now: NOW, random: 0.5 }).delivery
    const met = { code: 'conflict', key: 'outbox.publicAllTheSame' } as const
    expect(leave({ ...update, pending: null, problem: met })).toMatchObject({ state: 'cancelled', problem: null })
    const seen = leave({ ...update, pending: null, problem: met, seen: true })
    expect(seen).toMatchObject({ state: 'done', nextTryAt: null, problem: null })
    const again = leave({ ...update, pending: null, problem: { ...met, key: 'outbox.publicAgain' } })
    expect(again).toMatchObject({ state: 'cancelled', problem: { key: 'outbox.leftPublic' } })
  })

  it('what was seen live ends as live, wherever it is taken back', () => {
    const live: Delivery = { ...update, seen: true, takeBack: 'cancel' }
    const asked = { kind: 'take-back', why: 'cancel' } as const
    const waiting: Delivery = { ...live, state: 'waiting', pending: null, takeBack: null }
    const ends: Record<string, Delivery> = {
      'before it went over theirs': next(waiting, asked, { now: NOW, random: 0.5 }).delivery,
      'while the site could not be reached': answer(
        { ...live, pending: null },
        { do: 'plan', missing: null },
        { kind: 'unreachable', message: say('cms.unknownAnswer') }
      ).delivery,
      'and was looked up and changed': answer(live, lookUp('unknown'), found('"9"', 'theirs')).delivery,
      'and was looked up and as it was': answer(live, lookUp('unknown'), found('"1"', 'other')).delivery,
      'and was refused': answer(
        { ...live, pending: null },
        { do: 'compare-clocks' },
        { kind: 'rejected', message: say('cms.unknownAnswer') }
      ).delivery,
      'for a newer version': next(
        { ...waiting, state: 'conflict' },
        { ...asked, why: 'supersede' },
        { now: NOW, random: 0.5 }
      ).delivery
    }
    for (const [way, delivery] of Object.entries(ends))
      expect(delivery, way).toMatchObject({ state: 'done', nextTryAt: null, problem: null })
  })

  it('what was taken back meanwhile is no conflict', () => {
    for (const takeBack of ['cancel', 'supersede'] as const) {
      const then = answer({ ...update, takeBack }, lookUp('unknown'), found('"2"', 'theirs'))
      expect(then.delivery).toMatchObject({ state: 'cancelled', pending: null })
      expect(then.delivery.problem === null).toBe(takeBack === 'cancel')
    }
  })
})

describe('the hour', () => {
  const hour = NOW + 30 * MINUTE
  const held = { ...sending, pending: null, notBefore: hour }
  const due = (delivery: Delivery, at: number) =>
    next(delivery, { kind: 'wake', paused: null }, { now: at, random: 0.5 })

  it('is waited for to the millisecond, and asked of the CMS then', () => {
    const waiting: Delivery = { ...held, state: 'waiting', tries: 0 }
    expect(due(waiting, hour - 1)).toEqual({ delivery: { ...waiting, state: 'scheduled', tries: 0 }, action: null })
    expect(due(waiting, hour)).toMatchObject({ delivery: { state: 'sending', tries: 1 }, action: { do: 'ask-time' } })
    expect(due({ ...waiting, notBefore: null }, hour)).toMatchObject({ action: { do: 'compare-clocks' } })
  })

  it('that was moved ahead while a delivery was under way holds before the next step', () => {
    const then = answer(
      held,
      { do: 'step', step: { key: 'media:1', name: 'media', act: 'find', once: false } },
      {
        kind: 'present'
      }
    )
    expect(then).toMatchObject({
      delivery: { state: 'scheduled', nextTryAt: null, tries: 0, told: false },
      action: null
    })
  })

  it('has come when the CMS’s clock says so, too; else it is asked again within five minutes', () => {
    const past = { ...held, notBefore: NOW - MINUTE, pending: STORY }
    const at = (theirs: number) => answer(past, lookUp('unknown'), { kind: 'absent', serverTime: theirs })
    expect(at(NOW - MINUTE)).toMatchObject({ delivery: { state: 'sending' }, action: { do: 'plan' } })
    expect(at(NOW - MINUTE - 1)).toMatchObject({ delivery: { state: 'scheduled', nextTryAt: NOW + 1 }, action: null })
    expect(at(NOW - 3 * MINUTE).delivery.nextTryAt).toBe(NOW + 2 * MINUTE)
    expect(at(NOW - 60 * MINUTE).delivery.nextTryAt).toBe(NOW + 5 * MINUTE)
    expect(answer(past, lookUp('unknown'), { kind: 'absent', serverTime: null })).toMatchObject({
      action: { do: 'plan' }
    })
  })
})

describe('trouble on the way', () => {
  const step = (act: 'find' | 'send') => ({ do: 'step', step: { ...STORY, act, once: true } }) as const
  const said = say('cms.cannotReach')

  it('no line: asked again in a quarter of a minute, give or take a fifth, and nothing was sent', () => {
    const at = (random: number) =>
      answer(sending, step('send'), { kind: 'unreachable', message: said }, random).delivery
    expect(at(0).nextTryAt).toBe(NOW + 12_000)
    expect(at(0.5).nextTryAt).toBe(NOW + 15_000)
    expect(at(1).nextTryAt).toBe(NOW + 18_000)
    expect(at(0.5)).toMatchObject({ state: 'waiting', pending: null })
  })

  it.each(['lost', 'broken', 'odd'] as const)(
    '%s: what may have arrived is looked up first, and that is said',
    (kind) => {
      const outcome = { kind, message: said } as Outcome
      expect(answer(sending, step('send'), outcome).delivery).toMatchObject({
        state: 'waiting',
        pending: STORY,
        problem: { key: 'outbox.lookedUpFirst' }
      })
      expect(answer({ ...sending, pending: null }, step('find'), outcome).delivery).toMatchObject({
        state: 'waiting',
        pending: null,
        problem: { key: 'outbox.later' }
      })
    }
  )

  it('refused: a story that is taken back is gone, another waits for a person', () => {
    const rejected: Outcome = { kind: 'rejected', message: said }
    expect(answer(sending, step('send'), rejected).delivery).toMatchObject({
      state: 'refused',
      pending: null,
      problem: { key: 'outbox.rejected' }
    })
    expect(answer({ ...sending, takeBack: 'cancel' }, step('send'), rejected).delivery).toMatchObject({
      state: 'cancelled'
    })
  })

  it('a key that is wrong stops the target, and what was not sent is not looked for', () => {
    const outcome = { kind: 'unauthorised', message: said } as Outcome
    expect(answer(sending, step('send'), outcome).delivery).toMatchObject({ state: 'paused', pending: null })
  })
})
