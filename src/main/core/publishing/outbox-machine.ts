import { say, type Message } from '../../../shared/words/message.ts'
import type { OutboxState } from '../../../shared/contract/publishing.ts'
import { clocksAgree } from './clocks.ts'
import { unreachable } from '../../../shared/lib/assert.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { STORY_STEP, type Difference, type Step, type Trouble } from './targets/target.ts'

/**
 * How one approved story gets to one CMS exactly once, as a pure function: delivery × event → delivery + what to do
 * next. It knows no kind of CMS: which step comes next is the driver's to say, whether it may be taken is decided here.
 * The caller writes the delivery to disk before it does what comes next, so a process killed anywhere finds on disk
 * either "not sent" or "maybe sent". Maybe sent is never sent again before the CMS has been asked what it holds.
 */
export interface Delivery {
  readonly state: OutboxState
  /** The step of which nobody knows whether it took effect. */
  readonly pending: PendingStep | null
  /** What it replaces: change token and fingerprint of our last version there. Null token: the story is new there. */
  readonly base: string | null
  readonly previous: string | null
  /** Milliseconds UTC; not a byte leaves before. */
  readonly notBefore: number | null
  readonly nextTryAt: number | null
  /** The CMS itself named `nextTryAt`. */
  readonly told: boolean
  readonly tries: number
  /** It is to be taken back: by a person, or because a newer version takes its place. */
  readonly takeBack: 'cancel' | 'supersede' | null
  readonly problem: WireError | null
}

export type PendingStep = Pick<Step, 'key' | 'name'>

export type Action =
  /** Ask the CMS for the time, which must agree that the hour has come. */
  | { readonly do: 'ask-time' }
  /** Ask the CMS for the time before anything is sent: a clock that differs is said, and holds nothing up. */
  | { readonly do: 'compare-clocks' }
  /** Ask the driver which step comes next. `missing`: the step that was looked for and is not there. */
  | { readonly do: 'plan'; readonly missing: string | null }
  | { readonly do: 'step'; readonly step: Step }
  /** What is there? After an unknown outcome, after "changed there", after all was sent. */
  | { readonly do: 'look-up'; readonly why: 'unknown' | 'changed' | 'read-back' }
  /** Read back and as approved: write the receipt. */
  | { readonly do: 'finish'; readonly proof: Proof }

/** What the receipt will say. */
export interface Proof {
  readonly token: string
  readonly fingerprint: string
  readonly url: string | null
  readonly differences: readonly Difference[]
  /** What the CMS's clock said, milliseconds UTC. */
  readonly serverTime: number | null
}

/** What came of an action. */
export type Outcome =
  /** `same`: as approved, but for what the CMS did by itself. */
  | {
      readonly kind: 'found'
      readonly same: boolean
      readonly unfinished: boolean
      readonly proof: Proof
    }
  | { readonly kind: 'absent'; readonly serverTime: number | null }
  /** What the CMS's clock says; null where it does not say. */
  | { readonly kind: 'time'; readonly serverTime: number | null }
  | { readonly kind: 'present' }
  | { readonly kind: 'stored' }
  | Trouble
  /** The receipt is on disk. */
  | { readonly kind: 'written' }

export type Event =
  /** Due, or the loop looks whether it is; `paused`: its target is paused by hand, and nothing begins to leave. */
  | { readonly kind: 'wake'; readonly paused: WireError | null }
  /** The driver's word; null: everything has been sent. */
  | { readonly kind: 'planned'; readonly step: Step | null }
  | { readonly kind: 'answer'; readonly to: Action; readonly answer: Outcome }
  /** A person has seen to it, or the network is back. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'take-back'; readonly why: 'cancel' | 'supersede' }
  /** A person has seen both versions and wants ours; `base` null where nothing is there. */
  | { readonly kind: 'overwrite'; readonly base: string | null }
  /** The story's embargo was moved, set or taken off since it was approved; what holds now. */
  | { readonly kind: 'release'; readonly notBefore: number | null }
  /** The target was stopped for all of its stories. */
  | { readonly kind: 'pause'; readonly problem: WireError }

export interface Moment {
  /** Milliseconds UTC. */
  readonly now: number
  /** From 0 up to 1, for the jitter. */
  readonly random: number
}

export interface Next {
  readonly delivery: Delivery
  /** Null: nothing until the next event. */
  readonly action: Action | null
}

const STORY: PendingStep = { key: STORY_STEP, name: 'article' }

/** Waiting doubles from here … */
const FIRST_WAIT = 2_000
/** … up to here. */
const LONGEST_WAIT = 5 * 60_000
/** While there is no network: looked at this often. */
const OFFLINE_WAIT = 15_000
/** A wait the CMS asks for is believed up to here; a wait longer than this after a restart means that a clock moved. */
export const LONGEST_TOLD_WAIT = 24 * 60 * 60_000
/** How often a CMS whose clock is behind ours is asked again whether the hour has come. */
const TIME_CHECK = 5 * 60_000
/** So often a CMS may say "stored" and not show it before a person is asked. */
const READ_BACK_LIMIT = 5

export function next(delivery: Delivery, event: Event, moment: Moment): Next {
  switch (event.kind) {
    case 'wake':
      // What is taken back is still looked for: that only asks the CMS.
      if (event.paused && !delivery.takeBack)
        return { delivery: paused(interrupted(delivery), event.paused), action: null }
      return isDue(delivery, moment.now) ? begin(delivery, moment.now) : { delivery, action: null }
    case 'planned':
      return planned(delivery, event.step)
    case 'answer':
      return answered(delivery, event.to, event.answer, moment)
    case 'retry':
      return { delivery: retried(delivery, moment.now), action: null }
    case 'take-back':
      return { delivery: takenBack(delivery, event.why, moment.now), action: null }
    case 'overwrite':
      return { delivery: overwritten(delivery, event.base, moment.now), action: null }
    case 'release':
      return { delivery: released(delivery, event.notBefore, moment.now), action: null }
    case 'pause':
      return { delivery: paused(delivery, event.problem), action: null }
    default:
      return unreachable(event)
  }
}

/** When the loop has to look again; null when only a person or an answer moves it on. */
export function dueAt(delivery: Delivery): number | null {
  switch (delivery.state) {
    case 'waiting':
      return delivery.nextTryAt ?? 0
    case 'scheduled':
      return Math.max(delivery.nextTryAt ?? 0, delivery.notBefore ?? 0)
    // Under way in a process that is gone.
    case 'sending':
      return 0
    default:
      return null
  }
}

export function isDue(delivery: Delivery, now: number): boolean {
  switch (delivery.state) {
    // A wait longer than any that is ever made means that the clock went back meanwhile.
    case 'waiting':
      return passed(delivery.nextTryAt, now, LONGEST_TOLD_WAIT)
    case 'scheduled':
      return (delivery.notBefore ?? 0) <= now && passed(delivery.nextTryAt, now, TIME_CHECK)
    case 'sending':
      return true
    default:
      return false
  }
}

export function isOpen(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state !== 'done' && delivery.state !== 'cancelled'
}

function passed(at: number | null, now: number, longest: number): boolean {
  return at === null || at <= now || at - now > longest + 60_000
}

function begin(delivery: Delivery, now: number): Next {
  if (!delivery.pending && !delivery.takeBack && delivery.notBefore !== null && now < delivery.notBefore) {
    return { delivery: { ...delivery, state: 'scheduled', nextTryAt: null, told: false, problem: null }, action: null }
  }
  const started: Delivery = { ...delivery, state: 'sending', nextTryAt: null, told: false, tries: delivery.tries + 1 }
  if (started.pending) return { delivery: started, action: lookFor(started.pending) }
  if (started.takeBack) return { delivery: cancelled(started), action: null }
  return { delivery: started, action: { do: started.notBefore === null ? 'compare-clocks' : 'ask-time' } }
}

/**
 * How a step of unknown outcome is looked for: the story by what the CMS shows of it, anything else by its own search.
 */
function lookFor(pending: PendingStep): Action {
  if (pending.key === STORY_STEP) return { do: 'look-up', why: 'unknown' }
  return { do: 'step', step: { ...pending, act: 'find', once: false } }
}

/**
 * To the next step, unless the story is taken back. The hour may have been moved since this sending began, so it is
 * looked at before each; `missing`: what was looked for and is not there; `theirs`: what the CMS's clock says, where it
 * was just asked.
 */
function onwards(
  delivery: Delivery,
  now: number,
  { missing = null, theirs = null }: { readonly missing?: string | null; readonly theirs?: number | null } = {}
): Next {
  if (delivery.takeBack) return { delivery: cancelled(delivery), action: null }
  const { notBefore } = delivery
  if (notBefore !== null && Math.min(now, theirs ?? now) < notBefore) {
    const nextTryAt = now < notBefore || theirs === null ? null : now + Math.min(notBefore - theirs, TIME_CHECK)
    return {
      delivery: { ...delivery, state: 'scheduled', nextTryAt, told: false, tries: 0, problem: null },
      action: null
    }
  }
  return { delivery, action: { do: 'plan', missing } }
}

function planned(delivery: Delivery, step: Step | null): Next {
  if (delivery.state !== 'sending') return { delivery, action: null }
  if (!step) return { delivery: { ...delivery, pending: STORY }, action: { do: 'look-up', why: 'read-back' } }
  const pending = step.act === 'send' && step.once ? { key: step.key, name: step.name } : null
  return { delivery: { ...delivery, pending }, action: { do: 'step', step } }
}

function answered(delivery: Delivery, to: Action, answer: Outcome, moment: Moment): Next {
  if (delivery.state !== 'sending') return { delivery, action: null }
  const stop = (stopped: Delivery): Next => ({ delivery: stopped, action: null })

  // What keeps a story waiting or stops it is the same at every step; only what may be there by now differs.
  switch (answer.kind) {
    case 'unreachable': {
      const until = moment.now + OFFLINE_WAIT * (0.8 + 0.4 * moment.random)
      return stop(
        wait(notSent(delivery, to), until, problem('unreachable', say('outbox.notReached', { said: answer.message })))
      )
    }
    case 'later': {
      const told = answer.waitMs !== null
      const ms =
        answer.waitMs === null ? backoff(delivery.tries, moment.random) : Math.min(answer.waitMs, LONGEST_TOLD_WAIT)
      return stop({
        ...wait(delivery, moment.now + ms, problem('busy', say('outbox.later', { said: answer.message }))),
        told
      })
    }
    case 'broken':
    case 'lost':
    case 'odd': {
      const why = delivery.pending ? 'outbox.lookedUpFirst' : 'outbox.later'
      return stop(
        wait(
          delivery,
          moment.now + backoff(delivery.tries, moment.random),
          problem('unreachable', say(why, { said: answer.message }))
        )
      )
    }
    case 'unauthorised': {
      const why = problem('refused', say('outbox.unauthorised', { said: answer.message }))
      return stop({ ...notSent(delivery, to), state: 'paused', problem: why })
    }
    case 'redirected': {
      // Whoever redirects may have stored it all the same: a retry looks first.
      const why = problem('refused', say('outbox.redirected', { said: answer.message }))
      return stop({ ...delivery, state: 'refused', problem: why })
    }
    case 'rejected': {
      if (to.do === 'step' && to.step.act === 'find') break
      const unsent = notSent(delivery, to)
      if (unsent.takeBack && !unsent.pending) return stop(cancelled(delivery))
      const why = problem('refused', say('outbox.rejected', { said: answer.message }))
      return stop({ ...unsent, state: 'refused', problem: why })
    }
    case 'unreadable':
      return stop({ ...notSent(delivery, to), state: 'refused', problem: answer.problem })
    default:
  }

  switch (to.do) {
    case 'ask-time':
      return toldTheTime(delivery, answer, moment)
    case 'compare-clocks':
      return onwards(delivery, moment.now)
    case 'plan':
      return { delivery, action: null }
    case 'step':
      return stepped(delivery, to.step, answer, moment)
    case 'look-up':
      // Only "not there" says that nothing is there.
      if (answer.kind !== 'found' && answer.kind !== 'absent') return stop(strange(delivery, moment))
      return lookedUp(delivery, to.why, answer, moment)
    case 'finish':
      return stop({ ...delivery, state: 'done', pending: null, problem: null, nextTryAt: null })
    default:
      return unreachable(to)
  }
}

function stepped(delivery: Delivery, step: Step, answer: Outcome, moment: Moment): Next {
  if (step.act === 'find') {
    const settled: Delivery = { ...delivery, pending: null }
    if (answer.kind === 'present') return onwards(settled, moment.now)
    if (answer.kind === 'absent' || answer.kind === 'rejected')
      return onwards(settled, moment.now, { missing: step.key })
  } else {
    if (answer.kind === 'stored') {
      if (step.key !== STORY_STEP) return onwards({ ...delivery, pending: null }, moment.now)
      return { delivery: { ...delivery, pending: STORY }, action: { do: 'look-up', why: 'read-back' } }
    }
    if (answer.kind === 'changed') {
      if (step.key === STORY_STEP) return { delivery, action: { do: 'look-up', why: 'changed' } }
      const stopped = problem('refused', say('outbox.partRefused', { said: answer.message }))
      return { delivery: { ...delivery, pending: null, state: 'refused', problem: stopped }, action: null }
    }
  }
  return { delivery: strange(delivery, moment), action: null }
}

/** An answer that says nothing about what was asked. */
function strange(delivery: Delivery, { now, random }: Moment): Delivery {
  const why = problem('unreachable', say('outbox.unknownAnswer'))
  return wait(delivery, now + backoff(delivery.tries, random), why)
}

function toldTheTime(delivery: Delivery, answer: Outcome, moment: Moment): Next {
  const theirs = timeOf(answer)
  if (theirs === null) {
    const why = problem('refused', say('outbox.noClock'))
    return { delivery: { ...delivery, state: 'refused', problem: why }, action: null }
  }
  if (delivery.notBefore === null || theirs >= delivery.notBefore) return onwards(delivery, moment.now, { theirs })
  const ahead = moment.now - theirs
  const nextTryAt = moment.now + Math.min(delivery.notBefore - theirs, TIME_CHECK)
  const why = clocksAgree(ahead)
    ? null
    : problem('refused', say('outbox.clockAhead', { minutes: Math.round(ahead / 60_000) }))
  return { delivery: { ...delivery, state: 'scheduled', nextTryAt, tries: 0, problem: why }, action: null }
}

/** What the CMS's clock said with an answer. */
function timeOf(answer: Outcome): number | null {
  if (answer.kind === 'found') return answer.proof.serverTime
  return answer.kind === 'absent' ? answer.serverTime : null
}

type LookUp = Extract<Outcome, { kind: 'found' | 'absent' }>

function lookedUp(delivery: Delivery, why: 'unknown' | 'changed' | 'read-back', answer: LookUp, moment: Moment): Next {
  const found = answer.kind === 'found' ? answer : null
  const theirs = timeOf(answer)
  if (found?.same) return { delivery, action: { do: 'finish', proof: found.proof } }

  if (stillToReplace(delivery, found)) {
    const again: Delivery = { ...delivery, pending: null }
    if (why === 'unknown') return onwards(again, moment.now, { missing: STORY_STEP, theirs })
    if (why === 'changed' && found && found.proof.token !== delivery.base && delivery.tries < READ_BACK_LIMIT) {
      // The same words under another change token: nobody's work is overwritten. Counted, for a CMS may give a new one
      // with every answer.
      const base = found.unfinished ? delivery.base : found.proof.token
      return onwards({ ...again, base, tries: delivery.tries + 1 }, moment.now, { missing: STORY_STEP, theirs })
    }
    if (why === 'read-back' && delivery.tries < READ_BACK_LIMIT) {
      const notYet = problem('unreachable', say('outbox.notShownYet'))
      return { delivery: wait(delivery, moment.now + backoff(delivery.tries, moment.random), notYet), action: null }
    }
  }
  if (delivery.takeBack) return { delivery: cancelled(delivery), action: null }
  return {
    delivery: {
      ...delivery,
      state: 'conflict',
      pending: null,
      problem: conflictProblem(delivery, why, found !== null)
    },
    action: null
  }
}

/**
 * Nothing finished of ours has arrived: the place is empty for a new story, or holds our own draft, or what ours
 * replaces.
 */
function stillToReplace(delivery: Delivery, found: Extract<Outcome, { kind: 'found' }> | null): boolean {
  if (!found) return delivery.base === null
  if (found.unfinished) return true
  return (
    delivery.base !== null && (found.proof.token === delivery.base || found.proof.fingerprint === delivery.previous)
  )
}

function conflictProblem(delivery: Delivery, why: 'unknown' | 'changed' | 'read-back', there: boolean): WireError {
  if (!there) {
    return delivery.base === null
      ? problem('conflict', say('outbox.saysButDoesNotShow'))
      : problem('conflict', say('outbox.removedThere'))
  }
  if (why === 'read-back') return problem('conflict', say('outbox.notWhatWasApproved'))
  return delivery.base === null
    ? problem('conflict', say('outbox.anotherVersion'))
    : problem('conflict', say('outbox.changedThere'))
}

/** A plain no to our sending means it is not there; whatever was unknown before was looked up first. */
function notSent(delivery: Delivery, to: Action): Delivery {
  return to.do === 'step' && to.step.act === 'send' ? { ...delivery, pending: null } : delivery
}

function wait(delivery: Delivery, until: number, why: WireError): Delivery {
  if (delivery.takeBack && !delivery.pending) return cancelled(delivery)
  return { ...delivery, state: 'waiting', nextTryAt: Math.round(until), problem: why }
}

/** What already rests for a reason of its own keeps that reason; a time the CMS named is kept for whoever resumes. */
function paused(delivery: Delivery, why: WireError): Delivery {
  if (delivery.state !== 'waiting' && delivery.state !== 'scheduled') return delivery
  return { ...delivery, state: 'paused', nextTryAt: delivery.told ? delivery.nextTryAt : null, problem: why }
}

/** As a process that is gone left it, for one that must not go on with it: nothing is under way any more. */
function interrupted(delivery: Delivery): Delivery {
  return delivery.state === 'sending' ? { ...delivery, state: 'waiting', nextTryAt: null, told: false } : delivery
}

function cancelled(delivery: Delivery): Delivery {
  const superseded = problem('cancelled', say('outbox.superseded'))
  return {
    ...delivery,
    state: 'cancelled',
    nextTryAt: null,
    pending: null,
    problem: delivery.takeBack === 'supersede' ? superseded : null
  }
}

function retried(delivery: Delivery, now: number): Delivery {
  const again: Delivery = { ...delivery, state: 'waiting', nextTryAt: now, told: false, tries: 0, problem: null }
  switch (delivery.state) {
    // A time the CMS named is kept, whoever is in a hurry.
    case 'waiting':
      return delivery.told ? delivery : { ...delivery, nextTryAt: now }
    case 'paused':
      return delivery.told && delivery.nextTryAt !== null
        ? { ...again, nextTryAt: delivery.nextTryAt, told: true, tries: delivery.tries }
        : again
    case 'refused':
      return again
    // What is there now decides, not what was there then.
    case 'conflict':
      return { ...again, pending: STORY }
    default:
      return delivery
  }
}

function takenBack(delivery: Delivery, why: 'cancel' | 'supersede', now: number): Delivery {
  if (!isOpen(delivery)) return delivery
  const marked: Delivery = { ...delivery, takeBack: why }
  if (delivery.state === 'sending') return marked
  if (!delivery.pending) return cancelled(marked)
  return { ...marked, state: 'waiting', nextTryAt: now, told: false }
}

/** What waits for the network waits for the hour now; what may be there already can only be looked up. */
function released(delivery: Delivery, notBefore: number | null, now: number): Delivery {
  if (!isOpen(delivery) || notBefore === delivery.notBefore) return delivery
  const moved: Delivery = { ...delivery, notBefore }
  if (delivery.state === 'scheduled') return { ...moved, nextTryAt: null, problem: null }
  const holds =
    delivery.state === 'waiting' && !delivery.pending && !delivery.takeBack && notBefore !== null && now < notBefore
  return holds ? { ...moved, state: 'scheduled', nextTryAt: null, told: false, problem: null } : moved
}

function overwritten(delivery: Delivery, base: string | null, now: number): Delivery {
  if (delivery.state !== 'conflict') return delivery
  return {
    ...delivery,
    state: 'waiting',
    base,
    previous: null,
    pending: null,
    nextTryAt: now,
    told: false,
    tries: 0,
    problem: null
  }
}

/** 2 s, 4 s, 8 s … 5 min, each give or take a fifth so that many laptops do not come back at one moment. */
function backoff(tries: number, random: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(Math.max(tries - 1, 0), 20)) * (0.8 + 0.4 * random)
}

function problem(code: WireError['code'], said: Message): WireError {
  return { code, ...said }
}
