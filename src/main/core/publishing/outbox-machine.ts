import { Message, say } from '../../../shared/words/message.ts'
import type { OutboxState } from '../../../shared/contract/publishing.ts'
import { clocksAgree } from './clocks.ts'
import { deskFires, hourTold, isLate, isTooNear, nextLook, saysDeskFires } from './handing-over.ts'
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
  /** Milliseconds UTC; nobody reads it before. Where this machine fires, not a byte leaves before. */
  readonly notBefore: number | null
  /** Who makes it public at that hour: the CMS, which gets it beforehand, or this machine. */
  readonly firedBy: FiredBy
  /**
   * The hour at which the CMS makes it public by itself, as it showed when it was last looked at, or was told first;
   * milliseconds UTC.
   */
  readonly handedOver: number | null
  readonly nextTryAt: number | null
  /** The CMS itself named `nextTryAt`. */
  readonly told: boolean
  readonly tries: number
  /** It is to be taken back: by a person, or because a newer version takes its place. */
  readonly takeBack: 'cancel' | 'supersede' | null
  readonly problem: WireError | null
}

export type FiredBy = 'cms' | 'desk'
export type PendingStep = Pick<Step, 'key' | 'name'>

export type Action =
  /** Ask the CMS for the time, which must agree that the hour has come. */
  | { readonly do: 'ask-time' }
  /** Ask the CMS for the time before anything is sent: a clock that differs is said, and holds nothing up. */
  | { readonly do: 'compare-clocks' }
  /** Ask the driver which step comes next. `missing`: the step that was looked for and is not there. */
  | { readonly do: 'plan'; readonly missing: string | null }
  | { readonly do: 'step'; readonly step: Step }
  /** The CMS is not to publish it by itself any more: it becomes the draft again that it was made as. */
  | { readonly do: 'recall' }
  /** What is there? After an unknown outcome, after "changed there", after all was sent; whether the CMS has fired. */
  | { readonly do: 'look-up'; readonly why: 'unknown' | 'changed' | 'read-back' | 'watch' }
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
  /** It is not public yet: the hour at which the CMS makes it so, milliseconds UTC. */
  readonly publishesAt: number | null
  /** Since when it is public by the CMS's own word, milliseconds UTC. */
  readonly publishedAt: number | null
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
      if (event.paused && !delivery.takeBack && delivery.handedOver === null)
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
      return delivery.handedOver === null ? Math.max(delivery.nextTryAt ?? 0, delivery.notBefore ?? 0) : 0
    case 'handed-over':
      return delivery.nextTryAt ?? 0
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
      if (delivery.handedOver !== null) return true
      return (delivery.notBefore ?? 0) <= now && passed(delivery.nextTryAt, now, TIME_CHECK)
    case 'handed-over':
      return passed(delivery.nextTryAt, now, LONGEST_TOLD_WAIT)
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
  if (delivery.state === 'handed-over' && !delivery.takeBack) {
    const tries = delivery.handedOver !== null && now < delivery.handedOver ? 0 : delivery.tries + 1
    return { delivery: { ...delivery, tries }, action: { do: 'look-up', why: 'watch' } }
  }
  const pending = delivery.state === 'handed-over' ? STORY : delivery.pending
  const known = pending ? { ...delivery, pending } : decided(delivery, now)
  if (!pending && !known.takeBack && waitsHere(known, now) && known.handedOver === null) {
    const why = saysDeskFires(known.problem) ? known.problem : null
    return { delivery: { ...known, state: 'scheduled', nextTryAt: null, told: false, problem: why }, action: null }
  }
  const started: Delivery = { ...known, state: 'sending', nextTryAt: null, told: false, tries: known.tries + 1 }
  if (pending) return { delivery: started, action: lookFor(pending) }
  if (started.takeBack) return endOrRecall(started)
  // The CMS has an earlier version, for an hour that holds no more.
  if (waitsHere(started, now)) return recalled(started)
  return { delivery: started, action: { do: started.notBefore === null ? 'compare-clocks' : 'ask-time' } }
}

/** Who fires, by what time it is: the CMS needs the story some time before its hour. */
function decided(delivery: Delivery, now: number): Delivery {
  const { firedBy, notBefore } = delivery
  if (firedBy === 'desk') return delivery
  if (notBefore === null || now >= notBefore) return { ...delivery, firedBy: 'desk' }
  return isTooNear(notBefore, now) ? { ...delivery, firedBy: 'desk', problem: deskFires('near') } : delivery
}

/** Its hour is ahead, and this machine fires. */
function waitsHere({ firedBy, notBefore }: Delivery, now: number): boolean {
  return firedBy === 'desk' && notBefore !== null && now < notBefore
}

/** To be taken back: at an end where nothing of it is on the CMS that would go public by itself. */
function endOrRecall(delivery: Delivery): Next {
  return delivery.handedOver === null ? { delivery: cancelled(delivery), action: null } : recalled(delivery)
}

function recalled(delivery: Delivery): Next {
  return { delivery: { ...delivery, pending: STORY }, action: { do: 'recall' } }
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
  if (delivery.takeBack) return endOrRecall(delivery)
  const known = decided(delivery, Math.max(now, theirs ?? now))
  const { notBefore } = known
  if (notBefore !== null && waitsHere(known, Math.min(now, theirs ?? now))) {
    if (known.handedOver !== null) return recalled(known)
    const nextTryAt = now < notBefore || theirs === null ? null : now + Math.min(notBefore - theirs, TIME_CHECK)
    const why = saysDeskFires(known.problem) ? known.problem : null
    return {
      delivery: { ...known, state: 'scheduled', nextTryAt, told: false, tries: 0, problem: why },
      action: null
    }
  }
  return { delivery: known, action: { do: 'plan', missing } }
}

function planned(delivery: Delivery, step: Step | null): Next {
  if (delivery.state !== 'sending') return { delivery, action: null }
  if (!step) return { delivery: { ...delivery, pending: STORY }, action: { do: 'look-up', why: 'read-back' } }
  const pending = step.act === 'send' && step.once ? { key: step.key, name: step.name } : null
  const isStory = step.act === 'send' && step.key === STORY_STEP
  const told = isStory && delivery.firedBy === 'cms' ? hourWanted(delivery) : null
  const handedOver = delivery.handedOver ?? told
  return { delivery: { ...delivery, pending, handedOver }, action: { do: 'step', step } }
}

/** At which the CMS is to fire, where it is to. */
function hourWanted({ notBefore }: Delivery): number | null {
  return notBefore === null ? null : hourTold(notBefore)
}

function answered(delivery: Delivery, to: Action, answer: Outcome, moment: Moment): Next {
  const isWatch = to.do === 'look-up' && to.why === 'watch'
  if (delivery.state === 'handed-over' && isWatch) return watched(delivery, answer, moment)
  if (delivery.state !== 'sending' || isWatch) return { delivery, action: null }
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
      if (unsent.takeBack && !unsent.pending && unsent.handedOver === null) return stop(cancelled(delivery))
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
    case 'recall':
      if (answer.kind === 'stored') return { delivery, action: { do: 'look-up', why: 'read-back' } }
      if (answer.kind === 'changed') return { delivery, action: { do: 'look-up', why: 'changed' } }
      return stop(strange(delivery, moment))
    case 'look-up':
      // Only "not there" says that nothing is there.
      if (answer.kind !== 'found' && answer.kind !== 'absent') return stop(strange(delivery, moment))
      return to.why === 'watch' ? { delivery, action: null } : lookedUp(delivery, to.why, answer, moment)
    case 'finish':
      return stop({ ...delivery, state: 'done', pending: null, problem: null, nextTryAt: null, handedOver: null })
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
  if (delivery.firedBy === 'cms' && delivery.notBefore !== null && moment.now < delivery.notBefore) {
    if (theirs !== null && clocksAgree(moment.now - theirs)) return onwards(delivery, moment.now, { theirs })
    const why = deskFires(theirs === null ? 'no-clock' : 'clocks')
    return onwards({ ...delivery, firedBy: 'desk', problem: why }, moment.now)
  }
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
type LookedWhy = 'unknown' | 'changed' | 'read-back'

function lookedUp(known: Delivery, why: LookedWhy, answer: LookUp, moment: Moment): Next {
  const delivery: Delivery = answer.kind === 'found' ? known : { ...known, handedOver: null }
  const found = answer.kind === 'found' ? answer : null
  const theirs = timeOf(answer)
  if (found?.same)
    return found.proof.publishesAt === null
      ? { delivery, action: { do: 'finish', proof: found.proof } }
      : stillAhead(delivery, why, found.proof, moment)
  if (found?.unfinished && delivery.handedOver !== null) {
    const back: Delivery = { ...delivery, base: null, previous: null, handedOver: null, pending: null }
    if (why === 'unknown' || back.takeBack || waitsHere(back, moment.now))
      return onwards(back, moment.now, { missing: STORY_STEP, theirs })
  }

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
  const publishesAt = delivery.handedOver === null ? null : (found?.proof.publishesAt ?? null)
  return stoppedBy(delivery, publishesAt, conflictProblem(delivery, why, found !== null))
}

/**
 * Somebody else's hand is in it: nothing is forced. What is to be taken back ends here, unless the CMS would publish it
 * all the same: that a person must know. `publishesAt`: when the CMS would publish what it has.
 */
function stoppedBy(delivery: Delivery, publishesAt: number | null, why: WireError): Next {
  const after: Delivery = { ...delivery, handedOver: publishesAt, pending: null, nextTryAt: null }
  if (after.takeBack === 'supersede' || (after.takeBack && publishesAt === null))
    return { delivery: cancelled(after), action: null }
  return { delivery: { ...after, state: 'conflict', takeBack: null, problem: why }, action: null }
}

/** As approved, and not public yet: the CMS has it for an hour. */
function stillAhead(delivery: Delivery, why: LookedWhy, proof: Proof, { now, random }: Moment): Next {
  const { publishesAt, token, fingerprint } = proof
  const wanted = hourWanted(delivery)
  const isOurs = publishesAt === wanted || publishesAt === delivery.handedOver || token === delivery.base
  if (!isOurs || publishesAt === null) return stoppedBy(delivery, publishesAt, hourMoved(publishesAt))
  const there: Delivery = { ...delivery, pending: null, base: token, previous: fingerprint, handedOver: publishesAt }
  if (there.takeBack === 'supersede') return { delivery: cancelled(there), action: null }
  if (!there.takeBack && publishesAt === wanted) {
    const nextTryAt = nextLook(publishesAt, now, 0, random)
    return {
      delivery: { ...there, state: 'handed-over', firedBy: 'cms', nextTryAt, told: false, tries: 0, problem: null },
      action: null
    }
  }
  if (why === 'unknown') return onwards(there, now)
  if (there.tries >= READ_BACK_LIMIT)
    return stoppedBy(there, publishesAt, problem('conflict', say('outbox.notWhatWasApproved')))
  if (why === 'changed') return onwards({ ...there, tries: there.tries + 1 }, now)
  const notYet = problem('unreachable', say('outbox.notShownYet'))
  return { delivery: wait(there, now + backoff(there.tries, random), notYet), action: null }
}

function hourMoved(publishesAt: number | null): WireError {
  return publishesAt === null
    ? problem('conflict', say('outbox.changedThere'))
    : problem('conflict', say('outbox.hourMovedThere', { at: publishesAt }))
}

/**
 * The CMS has it and fires by itself; what a look came to. No line and no answer changes nothing about that, and is said
 * once the hour has come.
 */
function watched(delivery: Delivery, answer: Outcome, { now, random }: Moment): Next {
  const hour = delivery.handedOver ?? now
  const nextTryAt = nextLook(hour, now, delivery.tries, random)
  if (answer.kind === 'found' && answer.same) {
    const { publishesAt, token, fingerprint } = answer.proof
    if (publishesAt === null)
      return {
        delivery: { ...delivery, state: 'sending', pending: STORY, nextTryAt: null },
        action: { do: 'finish', proof: answer.proof }
      }
    if (publishesAt !== hour) return stoppedBy(delivery, publishesAt, hourMoved(publishesAt))
    const why = isLate(hour, now) ? problem('unreachable', say('outbox.siteIsLate')) : null
    return { delivery: { ...delivery, base: token, previous: fingerprint, nextTryAt, problem: why }, action: null }
  }
  if (answer.kind === 'found' || answer.kind === 'absent') {
    const publishesAt = answer.kind === 'found' ? answer.proof.publishesAt : null
    const there = answer.kind === 'found'
    return stoppedBy(delivery, publishesAt, conflictProblem(delivery, 'changed', there))
  }
  const told = answer.kind === 'later' && answer.waitMs !== null ? now + Math.min(answer.waitMs, LONGEST_TOLD_WAIT) : 0
  const said =
    answer.kind === 'unreadable'
      ? answer.problem
      : 'message' in answer
        ? problem('unreachable', say('outbox.notSeenYet', { said: answer.message }))
        : problem('unreachable', say('outbox.unknownAnswer'))
  return {
    delivery: { ...delivery, nextTryAt: Math.max(nextTryAt, told), problem: now < hour ? null : said },
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

function conflictProblem(delivery: Delivery, why: LookedWhy, there: boolean): WireError {
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
  if (to.do === 'recall') return { ...delivery, pending: null }
  if (to.do !== 'step' || to.step.act !== 'send') return delivery
  // What the CMS never showed it has not got.
  return { ...delivery, pending: null, handedOver: delivery.base === null ? null : delivery.handedOver }
}

function wait(delivery: Delivery, until: number, why: WireError): Delivery {
  if (delivery.takeBack && !delivery.pending && delivery.handedOver === null) return cancelled(delivery)
  return { ...delivery, state: 'waiting', nextTryAt: Math.round(until), problem: takingBack(delivery, why) }
}

/** What goes out by itself when it is to go is not said of what is to be taken back. */
function takingBack({ takeBack, handedOver }: Delivery, why: WireError): WireError {
  const said = Message.safeParse(why.params?.['said'])
  return takeBack && handedOver !== null && said.success
    ? problem(why.code, say('outbox.takingBack', { said: said.data }))
    : why
}

/**
 * What already rests for a reason of its own keeps that reason, and what the CMS publishes by itself is on its way; a
 * time the CMS named is kept for whoever resumes.
 */
function paused(delivery: Delivery, why: WireError): Delivery {
  if ((delivery.state !== 'waiting' && delivery.state !== 'scheduled') || delivery.handedOver !== null) return delivery
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
    case 'handed-over':
      return { ...delivery, nextTryAt: now }
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
  if (!delivery.pending && delivery.handedOver === null) return cancelled(marked)
  if (delivery.state === 'conflict') {
    const left = problem('cancelled', say('outbox.leftScheduledThere', { at: delivery.handedOver ?? now }))
    return why === 'supersede' ? cancelled(marked) : { ...cancelled(marked), problem: left }
  }
  return { ...marked, state: 'waiting', pending: delivery.pending ?? STORY, nextTryAt: now, told: false }
}

/** What waits for the network waits for the hour now; what may be there already can only be looked up. */
function released(delivery: Delivery, notBefore: number | null, now: number): Delivery {
  if (!isOpen(delivery) || notBefore === delivery.notBefore) return delivery
  const moved: Delivery = { ...delivery, notBefore }
  // What the CMS has now decides what it is told.
  if (delivery.state === 'handed-over')
    return { ...moved, state: 'waiting', pending: STORY, nextTryAt: now, told: false, tries: 0, problem: null }
  if (delivery.state === 'scheduled') return { ...moved, nextTryAt: null, problem: null }
  const isHere = !delivery.pending && !delivery.takeBack && delivery.handedOver === null
  const holds = delivery.state === 'waiting' && isHere && waitsHere(moved, now)
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
