import { describe, expect, it } from 'vitest'
import { LEAD } from '../../../src/main/core/publishing/handing-over.ts'
import {
  dueAt,
  isDue,
  type Action,
  type Delivery,
  type Event,
  type Next,
  type Outcome
} from '../../../src/main/core/publishing/delivery.ts'
import { next } from '../../../src/main/core/publishing/outbox-machine.ts'
import { STORY_STEP } from '../../../src/main/core/publishing/targets/target.ts'
import { say } from '../../../src/shared/words/message.ts'

const NOW = Date.UTC(2026, 2, 14, 9, 26, 53)
const MINUTE = 60_000
const HOUR = NOW + 90 * MINUTE
const LATER = HOUR + 60 * MINUTE
const PENDING = { key: STORY_STEP, name: 'article' } as const
const queued: Delivery = {
  state: 'waiting',
  pending: null,
  base: null,
  previous: null,
  notBefore: HOUR,
  firedBy: 'cms',
  handedOver: null,
  nextTryAt: null,
  told: false,
  tries: 0,
  takeBack: null,
  problem: null
}
const there: Delivery = {
  ...queued,
  state: 'handed-over',
  base: 'a',
  previous: 'ours',
  handedOver: HOUR,
  nextTryAt: null
}
const said = say('cms.cannotReach')
const found = (
  more: { serverTime?: number; publishesAt?: number; same?: boolean; token?: string; unfinished?: boolean } = {}
): Outcome => ({
  kind: 'found',
  same: more.same ?? true,
  unfinished: more.unfinished ?? false,
  proof: {
    token: more.token ?? 'a',
    fingerprint: more.same === false ? 'theirs' : 'ours',
    url: null,
    differences: [],
    serverTime: more.serverTime ?? NOW,
    publishesAt: more.publishesAt ?? null,
    publishedAt: null
  }
})
const absent: Outcome = { kind: 'absent', serverTime: NOW }
const stored: Outcome = { kind: 'stored' }

const on = (delivery: Delivery, event: Event, now = NOW): Next => next(delivery, event, { now, random: 0.5 })
const wake = (delivery: Delivery, now = NOW): Next => on(delivery, { kind: 'wake', paused: null }, now)
const answer = (delivery: Delivery, to: Action, outcome: Outcome, now = NOW): Next =>
  on(delivery, { kind: 'answer', to, answer: outcome }, now)
const nameOf = (action: Action): string =>
  action.do === 'look-up' ? action.why : action.do === 'step' ? action.step.act : action.do

/** From a wake on, with a driver whose one step is the story; what was asked, and where it came to. */
function play(delivery: Delivery, outcomes: readonly Outcome[], now = NOW): { delivery: Delivery; asked: string[] } {
  const left = [...outcomes]
  const asked: string[] = []
  let at = wake({ ...delivery, nextTryAt: null }, now)
  while (at.action) {
    const { action } = at
    if (action.do === 'plan') {
      at = on(at.delivery, { kind: 'planned', step: { ...PENDING, act: 'send', once: true } }, now)
      continue
    }
    asked.push(nameOf(action))
    const outcome = action.do === 'finish' ? ({ kind: 'written' } as const) : left.shift()
    if (!outcome) throw new Error(`No outcome for ${asked.join(', ')}`)
    at = answer(at.delivery, action, outcome, now)
  }
  expect(left).toEqual([])
  return { delivery: at.delivery, asked }
}

describe('a story whose hour the CMS keeps', () => {
  it('leaves at once, is read back, and is looked at when the hour has come', () => {
    const sent = play(queued, [absent, stored, found({ publishesAt: HOUR })])
    expect(sent.asked).toEqual(['ask-time', 'send', 'read-back'])
    expect(sent.delivery).toMatchObject({ state: 'handed-over', handedOver: HOUR, base: 'a', previous: 'ours' })
    expect(sent.delivery).toMatchObject({ pending: null, problem: null })
    // What an earlier request may still do there has been done by then.
    expect(dueAt(sent.delivery)).toBe(NOW + 2 * MINUTE)
    const first = play(sent.delivery, [found({ publishesAt: HOUR })], NOW + 2 * MINUTE)
    expect(dueAt(first.delivery)).toBe(NOW + 32 * MINUTE)
    const looked = play(first.delivery, [found({ publishesAt: HOUR })], NOW + 75 * MINUTE)
    expect(dueAt(looked.delivery)).toBe(HOUR + 15_000)
    expect(isDue(looked.delivery, HOUR + 14_999)).toBe(false)
    const live = play(looked.delivery, [found()], HOUR + 15_000)
    expect(live).toMatchObject({ asked: ['watch', 'finish'], delivery: { state: 'done', handedOver: null } })
  })

  it('is told in whole seconds, and never an earlier one', () => {
    const odd = { ...queued, notBefore: HOUR + 1 }
    const sent = play(odd, [absent, stored, found({ publishesAt: HOUR + 1000 })])
    expect(sent.delivery).toMatchObject({ state: 'handed-over', handedOver: HOUR + 1000 })
  })

  it.each([
    ['too near', HOUR - LEAD + 1, [], 'outbox.deskFiresNear'],
    ['a CMS without a clock', NOW, [{ kind: 'absent', serverTime: null } as const], 'outbox.deskFiresNoClock'],
    ['a clock that is ahead', NOW, [{ kind: 'absent', serverTime: NOW + 61_000 } as const], 'outbox.deskFiresClocks'],
    ['a clock that is behind', NOW, [{ kind: 'absent', serverTime: NOW - 61_000 } as const], 'outbox.deskFiresClocks']
  ])('%s: this machine fires, and that is said', (_what, now, outcomes, key) => {
    const { delivery } = play(queued, outcomes, now)
    expect(delivery).toMatchObject({ state: 'scheduled', firedBy: 'desk', handedOver: null, problem: { key } })
    expect(isDue(delivery, HOUR - 1)).toBe(false)
    expect(isDue(delivery, HOUR)).toBe(true)
  })

  it('just far enough ahead goes to the CMS', () => {
    expect(wake(queued, HOUR - LEAD).action).toEqual({ do: 'ask-time' })
  })

  it('whose hour has passed when the line is back goes out now, by this machine', () => {
    const { delivery, asked } = play(queued, [{ kind: 'absent', serverTime: HOUR }, stored, found()], HOUR)
    expect(asked).toEqual(['ask-time', 'send', 'read-back', 'finish'])
    expect(delivery).toMatchObject({ state: 'done', firedBy: 'desk' })
  })

  it('is not said to be on the CMS where nothing was sent, and is where it may have been', () => {
    expect(play(queued, [absent, { kind: 'unreachable', message: said }]).delivery).toMatchObject({ handedOver: null })
    const lost = play(queued, [absent, { kind: 'lost', message: said }]).delivery
    expect(lost).toMatchObject({ state: 'waiting', pending: PENDING, handedOver: HOUR })
    expect(play(lost, [found({ publishesAt: HOUR })]).delivery).toMatchObject({ state: 'handed-over' })
    const again = play(lost, [found({ same: false, unfinished: true }), stored, found({ publishesAt: HOUR })])
    expect(again.asked).toEqual(['unknown', 'send', 'read-back'])
    // By then it is too near: what is a draft stays one until the hour.
    const near = play(lost, [found({ same: false, unfinished: true })], HOUR - MINUTE)
    expect(near).toMatchObject({
      asked: ['unknown'],
      delivery: { state: 'scheduled', firedBy: 'desk', handedOver: null }
    })
    // It had arrived, and is left to the CMS, however near.
    expect(play(lost, [found({ publishesAt: HOUR })], HOUR - MINUTE).delivery).toMatchObject({ state: 'handed-over' })
  })
})

describe('what is moved after it was handed over', () => {
  const move = (notBefore: number | null): Delivery => on(there, { kind: 'release', notBefore }).delivery

  it('a later hour is told, after a look, and what it had is said until then', () => {
    const moved = move(LATER)
    expect(moved).toMatchObject({ state: 'waiting', pending: PENDING, handedOver: HOUR, notBefore: LATER })
    const { delivery, asked } = play(moved, [
      found({ publishesAt: HOUR }),
      stored,
      found({ publishesAt: LATER, token: 'b' })
    ])
    expect(asked).toEqual(['unknown', 'send', 'read-back'])
    expect(delivery).toMatchObject({ state: 'handed-over', handedOver: LATER, base: 'b' })
    const offline = play(moved, [{ kind: 'unreachable', message: said }]).delivery
    expect(offline).toMatchObject({ state: 'waiting', handedOver: HOUR, problem: { key: 'outbox.notReached' } })
    // Half way: the answer is lost, and what is there decides.
    const lost = play(moved, [found({ publishesAt: HOUR }), { kind: 'lost', message: said }]).delivery
    expect(play(lost, [found({ publishesAt: LATER, token: 'b' })]).asked).toEqual(['unknown'])
    expect(
      play(lost, [found({ publishesAt: HOUR }), stored, found({ publishesAt: LATER, token: 'b' })]).delivery
    ).toMatchObject({ state: 'handed-over', handedOver: LATER })
  })

  it('to an hour that is near: it is taken off the CMS, and this machine fires', () => {
    const moved = on(there, { kind: 'release', notBefore: HOUR + 2 * MINUTE }, HOUR - MINUTE).delivery
    const draft = found({ same: false, unfinished: true, token: 'c' })
    const { delivery, asked } = play(moved, [found({ publishesAt: HOUR }), stored, draft], HOUR - MINUTE)
    expect(asked).toEqual(['unknown', 'recall', 'recalled'])
    expect(delivery).toMatchObject({
      state: 'scheduled',
      firedBy: 'desk',
      handedOver: null,
      base: null,
      previous: null
    })
  })

  it('no hour any more: it goes out now', () => {
    const { delivery, asked } = play(move(null), [found({ publishesAt: HOUR }), stored, found({ token: 'b' })])
    expect(asked).toEqual(['unknown', 'send', 'read-back', 'finish'])
    expect(delivery.state).toBe('done')
  })

  it('a pause by hand does not keep it from being put right', () => {
    const problem = { code: 'cancelled', key: 'outbox.pausedByHand' } as const
    const moved = move(LATER)
    expect(on(moved, { kind: 'pause', problem }).delivery).toBe(moved)
    expect(on(moved, { kind: 'wake', paused: problem }).action).toEqual({ do: 'look-up', why: 'unknown' })
    expect(on(there, { kind: 'wake', paused: problem }).action).toEqual({ do: 'look-up', why: 'watch' })
  })

  it('what takes its place rests with a paused target, once the older one is called back', () => {
    const problem = { code: 'cancelled', key: 'outbox.pausedByHand' } as const
    const newer: Delivery = {
      ...queued,
      notBefore: null,
      firedBy: 'desk',
      base: 'a',
      previous: 'ours',
      handedOver: HOUR
    }
    const woken = on(newer, { kind: 'wake', paused: problem })
    expect(woken.action).toEqual({ do: 'recall' })
    const looking = answer(woken.delivery, { do: 'recall' }, stored)
    expect(looking.action).toEqual({ do: 'look-up', why: 'recalled' })
    const draft = found({ same: false, unfinished: true, token: 'c' })
    const { delivery, action } = answer(looking.delivery, { do: 'look-up', why: 'recalled' }, draft)
    expect(action).toBeNull()
    expect(delivery).toMatchObject({ state: 'waiting', handedOver: null, base: null, pending: null })
    expect(on(delivery, { kind: 'pause', problem }).delivery.state).toBe('paused')
  })
})

describe('what is taken back after it was handed over', () => {
  const cancel = on(there, { kind: 'take-back', why: 'cancel' }).delivery
  const supersede = on(there, { kind: 'take-back', why: 'supersede' }).delivery
  const draft = found({ same: false, unfinished: true, token: 'c' })

  it('is a draft on the CMS again, verified, before it counts as taken back', () => {
    expect(cancel).toMatchObject({ state: 'waiting', pending: PENDING, handedOver: HOUR })
    const { delivery, asked } = play(cancel, [found({ publishesAt: HOUR }), stored, draft])
    expect(asked).toEqual(['unknown', 'recall', 'recalled'])
    expect(delivery).toMatchObject({ state: 'cancelled', handedOver: null, problem: null })
  })

  it.each(['lost', 'unreachable', 'broken', 'unauthorised', 'rejected'] as const)(
    '%s: it stays open, and what the CMS will do is said',
    (kind) => {
      const { delivery } = play(cancel, [found({ publishesAt: HOUR }), { kind, message: said }])
      expect(delivery).toMatchObject({ takeBack: 'cancel', handedOver: HOUR })
      expect(['waiting', 'paused', 'refused']).toContain(delivery.state)
      expect(delivery.problem).not.toBeNull()
      const again = on(delivery, { kind: 'retry' }).delivery
      const rest = again.pending ? [found({ publishesAt: HOUR }), stored, draft] : [stored, draft]
      expect(play(again, rest).delivery.state).toBe('cancelled')
    }
  )

  it('is not said to go out by itself once there is a line', () => {
    const { problem } = play(cancel, [{ kind: 'unreachable', message: said }]).delivery
    expect(problem).toMatchObject({ key: 'outbox.takingBack', params: { said } })
  })

  it('a CMS that says yes and keeps the hour is asked again, and then a person', () => {
    let delivery = cancel
    for (let turn = 0; turn < 8 && delivery.state === 'waiting'; turn += 1) {
      const first = turn === 0 ? [found({ publishesAt: HOUR })] : []
      delivery = play(delivery, [...first, stored, found({ publishesAt: HOUR })], delivery.nextTryAt ?? NOW).delivery
    }
    expect(delivery).toMatchObject({
      state: 'conflict',
      handedOver: HOUR,
      problem: { key: 'outbox.notWhatWasApproved' }
    })
  })

  it('has gone out by then: it is live', () => {
    expect(play(cancel, [found()], HOUR).delivery.state).toBe('done')
    const between = play(cancel, [found({ publishesAt: HOUR }), { kind: 'changed', message: said }, found()], HOUR)
    expect(between.asked).toEqual(['unknown', 'recall', 'changed', 'finish'])
  })

  it('is somebody else’s by then: nothing is forced, and taking it back once more leaves it there, as is said', () => {
    const { delivery } = play(cancel, [found({ same: false, token: 'x', publishesAt: LATER })])
    expect(delivery).toMatchObject({ state: 'conflict', takeBack: null, handedOver: LATER })
    const left = on(delivery, { kind: 'take-back', why: 'cancel' }).delivery
    expect(left).toMatchObject({
      state: 'cancelled',
      problem: { key: 'outbox.leftScheduledThere', params: { at: LATER } }
    })
    expect(play(cancel, [absent]).delivery.state).toBe('cancelled')
  })

  it('for a newer version: the CMS keeps it until that goes on from there', () => {
    expect(supersede).toMatchObject({ state: 'waiting', pending: PENDING })
    const old = play(supersede, [found({ publishesAt: HOUR, token: 'b' })]).delivery
    expect(old).toMatchObject({ state: 'cancelled', base: 'b', previous: 'ours', handedOver: HOUR })
    const newer: Delivery = { ...queued, notBefore: LATER, base: 'b', previous: 'ours', handedOver: HOUR }
    const sent = play(newer, [absent, stored, found({ token: 'd', publishesAt: LATER })])
    expect(sent.delivery).toMatchObject({ state: 'handed-over', handedOver: LATER, base: 'd' })
    // One that this machine fires takes the older one off the CMS first, at once.
    const here: Delivery = { ...newer, state: 'scheduled', firedBy: 'desk' }
    expect([dueAt(here), isDue(here, NOW)]).toEqual([0, true])
    const called = play(here, [stored, draft])
    expect(called.asked).toEqual(['recall', 'recalled'])
    expect(called.delivery).toMatchObject({ state: 'scheduled', firedBy: 'desk', handedOver: null, base: null })
  })
})

describe('what this machine alone believes', () => {
  const newer: Delivery = { ...queued, notBefore: LATER, base: 'a', previous: 'ours', handedOver: HOUR }
  const at = (serverTime: number): Outcome => ({ kind: 'absent', serverTime })
  const draft = found({ same: false, unfinished: true, token: 'c' })

  it('that the hour has come is asked of the CMS, and what it has for an earlier one is taken off it', () => {
    const here: Delivery = { ...newer, state: 'waiting', firedBy: 'desk' }
    const { delivery, asked } = play(here, [at(LATER - 30_000), stored, draft], LATER + 1)
    expect(asked).toEqual(['ask-time', 'recall', 'recalled'])
    expect(delivery).toMatchObject({ state: 'scheduled', handedOver: null })
    expect(delivery.nextTryAt).toBeGreaterThan(LATER)
  })

  it('that the hour went by while a picture was sent, too', () => {
    const sending: Delivery = { ...queued, state: 'sending', tries: 1 }
    const step = { key: 'media:a', name: 'media', act: 'send', once: true } as const
    const then = answer(sending, { do: 'step', step }, stored, HOUR + 1)
    expect(then.action).toEqual({ do: 'ask-time' })
    const wrong = answer(then.delivery, { do: 'ask-time' }, at(NOW), HOUR + 1)
    expect(wrong.delivery).toMatchObject({ state: 'scheduled', firedBy: 'desk' })
    const right = answer(then.delivery, { do: 'ask-time' }, at(HOUR + 1), HOUR + 1)
    expect(right.action).toMatchObject({ do: 'plan' })
  })

  it('an earlier hour whose answer is lost is what the CMS may have', () => {
    const earlier: Delivery = { ...newer, notBefore: HOUR - 30 * MINUTE, handedOver: HOUR }
    const lost = play(earlier, [absent, { kind: 'lost', message: said }]).delivery
    expect(lost).toMatchObject({ state: 'waiting', handedOver: HOUR - 30 * MINUTE })
    const unsent = play(earlier, [absent, { kind: 'unreachable', message: said }]).delivery
    expect(unsent).toMatchObject({ state: 'waiting', handedOver: HOUR })
  })

  it('tries without a line are no proof that the CMS does not show what it took', () => {
    const long: Delivery = { ...queued, state: 'sending', tries: 40, handedOver: HOUR, pending: PENDING }
    const sent = answer(long, { do: 'step', step: { ...PENDING, act: 'send', once: true } }, stored)
    const cancelled = on(sent.delivery, { kind: 'take-back', why: 'cancel' }).delivery
    const back = answer(cancelled, { do: 'look-up', why: 'read-back' }, found({ publishesAt: HOUR }))
    expect(back.action).toEqual({ do: 'recall' })
    expect(back.delivery).toMatchObject({ state: 'sending', takeBack: 'cancel' })
  })

  it('ours put over what went public in the meantime is left to this machine', () => {
    const theirs = found({ same: false, token: 'a' })
    const isPublic: Outcome =
      theirs.kind === 'found' ? { ...theirs, proof: { ...theirs.proof, publishedAt: HOUR } } : theirs
    const no: Outcome = { kind: 'changed', message: said }
    const stopped = play(newer, [at(HOUR + MINUTE), no, isPublic], HOUR + MINUTE).delivery
    expect(stopped).toMatchObject({ state: 'conflict', handedOver: null })
    const ours = on(stopped, { kind: 'overwrite', base: 'a' }).delivery
    const { delivery } = play(ours, [at(HOUR + MINUTE), no, isPublic], HOUR + MINUTE)
    expect(delivery).toMatchObject({ state: 'scheduled', firedBy: 'desk', base: 'a' })
  })
})

describe('while the CMS has it', () => {
  it('no line and no answer changes nothing before the hour, and is said after it', () => {
    for (const kind of ['unreachable', 'lost', 'broken', 'odd', 'redirected', 'rejected', 'unauthorised'] as const) {
      const before = play(there, [{ kind, message: said }]).delivery
      expect(before).toMatchObject({ state: 'handed-over', handedOver: HOUR, problem: null })
      const after = play(there, [{ kind, message: said }], HOUR + MINUTE).delivery
      expect(after).toMatchObject({ state: 'handed-over', problem: { key: 'outbox.notSeenYet' } })
      expect((after.nextTryAt ?? 0) - HOUR).toBeGreaterThan(MINUTE)
    }
  })

  it('a CMS that is late is said to be, is looked at ever more rarely, and is live when it is', () => {
    const soon = play(there, [found({ publishesAt: HOUR })], HOUR + 20_000).delivery
    expect(soon).toMatchObject({ state: 'handed-over', problem: null })
    let delivery = soon
    let now = HOUR
    for (let turn = 0; turn < 10; turn += 1) {
      now = delivery.nextTryAt ?? now
      const then = play(delivery, [found({ publishesAt: HOUR, serverTime: now })], now).delivery
      expect((then.nextTryAt ?? 0) - now).toBeLessThanOrEqual(5 * MINUTE)
      delivery = then
    }
    expect(delivery).toMatchObject({ state: 'handed-over', problem: { key: 'outbox.siteIsLate' } })
    expect(play(delivery, [found()], now + 5 * MINUTE).delivery.state).toBe('done')
  })

  it.each([
    ['changed there', found({ same: false, token: 'x', publishesAt: HOUR }), 'outbox.changedThere', HOUR],
    ['made a draft there', found({ same: false, token: 'x' }), 'outbox.changedThere', null],
    ['another hour there', found({ token: 'x', publishesAt: LATER }), 'outbox.hourMovedThere', LATER],
    ['removed there', absent, 'outbox.removedThere', null]
  ] as const)('%s is said, and nothing is forced', (_what, outcome, key, handedOver) => {
    const { delivery, asked } = play(there, [outcome])
    expect(asked).toEqual(['watch'])
    expect(delivery).toMatchObject({ state: 'conflict', handedOver, problem: { key } })
  })

  it('what happens while it is looked at wins over the look', () => {
    const looking = wake(there)
    const cancelled = on(looking.delivery, { kind: 'take-back', why: 'cancel' }).delivery
    const then = answer(cancelled, { do: 'look-up', why: 'watch' }, found({ publishesAt: HOUR }))
    expect(then).toEqual({ delivery: cancelled, action: null })
  })
})
