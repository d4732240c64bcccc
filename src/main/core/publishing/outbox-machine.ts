import { tellsOfCertificate } from '../../../shared/words/tells-of-certificate.ts'
import { say } from '../../../shared/words/message.ts'
import { clocksAgree } from './clocks.ts'
import { deskFires, saysDeskFires } from './handing-over.ts'
import { unreachable } from '../../../shared/lib/assert.ts'
import { STORY_STEP, type Step } from './targets/target.ts'
import {
  LONGEST_TOLD_WAIT,
  STORY,
  TIME_CHECK,
  hourWanted,
  isDue,
  isOpen,
  waitsHere,
  type Delivery,
  type PendingStep,
  type Action,
  type Outcome,
  type Event,
  type Moment,
  type Next
} from './delivery.ts'
import { interrupted, overwritten, paused, released, retried, takenBack } from './outbox-asked.ts'
import {
  backoff,
  cancelled,
  decided,
  endOrRecall,
  onwards,
  problem,
  recalled,
  strange,
  timeOf,
  wait
} from './outbox-onwards.ts'
import { lookedUp, watched } from './outbox-look-up.ts'

/** How often to try while there is no network, in ms. */
const OFFLINE_WAIT = 15_000

/**
 * How one approved story gets to one CMS exactly once, as a pure function: delivery × event → delivery + what to do
 * next. It knows no kind of CMS: the driver determines the next step, and whether it may be taken is decided here. The
 * caller writes the delivery to disk before doing what comes next, so a process killed at any point leaves either "not
 * sent" or "maybe sent" on disk. A "maybe sent" is never sent again before the CMS has been asked what it has.
 */
export function next(delivery: Delivery, event: Event, moment: Moment): Next {
  switch (event.kind) {
    case 'wake':
      // A delivery being taken back is still looked up: that only asks the CMS.
      if (event.paused && !delivery.takeBack && delivery.handedOver === null)
        return { delivery: paused(interrupted(delivery), event.paused), action: null }
      return isOpen(delivery) && isDue(delivery, moment.now)
        ? begin(delivery, moment.now, event.paused !== null)
        : { delivery, action: null }
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

/** `isPaused`: nothing new may leave; what the CMS would publish by itself is handled anyway. */
function begin(delivery: Delivery, now: number, isPaused: boolean): Next {
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
  // The CMS has an earlier version, for an hour that no longer applies.
  if (waitsHere(started, now) || (isPaused && started.handedOver !== null)) return recalled(started)
  return { delivery: started, action: { do: started.notBefore === null ? 'compare-clocks' : 'ask-time' } }
}

/**
 * How a step of unknown outcome is looked for: the story by what the CMS shows, anything else by a search of its own.
 */
function lookFor(pending: PendingStep): Action {
  if (pending.key === STORY_STEP) return { do: 'look-up', why: 'unknown' }
  return { do: 'step', step: { ...pending, act: 'find', once: false } }
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

function answered(delivery: Delivery, to: Action, answer: Outcome, moment: Moment): Next {
  const isWatch = to.do === 'look-up' && to.why === 'watch'
  if (delivery.state === 'handed-over' && isWatch) return watched(delivery, answer, moment)
  if (delivery.state !== 'sending' || isWatch) return { delivery, action: null }
  const stop = (stopped: Delivery): Next => ({ delivery: stopped, action: null })

  // What delays or stops a story is the same at every step; only what may already be there differs.
  switch (answer.kind) {
    case 'unreachable': {
      const until = moment.now + OFFLINE_WAIT * (0.8 + 0.4 * moment.random)
      const why = tellsOfCertificate(answer.message) ? 'outbox.notTrusted' : 'outbox.notReached'
      return stop(wait(notSent(delivery, to), until, problem('unreachable', say(why, { said: answer.message }))))
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
          maybeTold(delivery, to),
          moment.now + backoff(delivery.tries, moment.random),
          problem('unreachable', say(why, { said: answer.message }))
        )
      )
    }
    case 'no-client':
      return stop({ ...notSent(delivery, to), state: 'paused', problem: problem('refused', answer.message) })
    case 'unauthorised': {
      const why = problem('refused', say('outbox.unauthorised', { said: answer.message }))
      return stop({ ...notSent(delivery, to), state: 'paused', problem: why })
    }
    case 'distrusted': {
      const why = problem('refused', say('outbox.distrusted', { said: answer.message }))
      return stop({ ...notSent(delivery, to), state: 'paused', problem: why })
    }
    case 'redirected': {
      // A server that redirects may have stored it anyway: a retry looks first.
      const why = problem('refused', say('outbox.redirected', { said: answer.message }))
      return stop({ ...maybeTold(delivery, to), state: 'refused', problem: why })
    }
    case 'rejected': {
      if (to.do === 'step' && to.step.act === 'find') break
      const unsent = notSent(delivery, to)
      if (unsent.takeBack && !unsent.pending && unsent.handedOver === null) return stop(cancelled(delivery))
      if (isTooEarlyThere(unsent) && to.do === 'step') return recalled(unsent)
      const why = problem('refused', say('outbox.rejected', { said: answer.message }))
      return stop({ ...unsent, state: 'refused', problem: why })
    }
    case 'unreadable': {
      const unsent = notSent(delivery, to)
      if (isTooEarlyThere(unsent) && to.do !== 'recall' && to.do !== 'look-up') return recalled(unsent)
      return stop({ ...unsent, state: 'refused', problem: answer.problem })
    }
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
      if (answer.kind === 'stored') return { delivery: taken(delivery), action: { do: 'look-up', why: 'recalled' } }
      if (answer.kind === 'changed') return { delivery, action: { do: 'look-up', why: 'changed' } }
      return stop(strange(delivery, moment))
    case 'look-up':
      // Only "not there" proves that nothing is there.
      if (answer.kind !== 'found' && answer.kind !== 'absent') return stop(strange(delivery, moment))
      return to.why === 'watch' ? { delivery, action: null } : lookedUp(delivery, to.why, answer, moment)
    case 'finish':
      // Whoever took it back came too late: it is there as it was approved, and no longer to be taken back.
      return stop({
        ...delivery,
        state: 'done',
        takeBack: null,
        pending: null,
        problem: null,
        nextTryAt: null,
        handedOver: null
      })
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
      return { delivery: taken({ ...delivery, pending: STORY }), action: { do: 'look-up', why: 'read-back' } }
    }
    if (answer.kind === 'changed') {
      if (step.key === STORY_STEP) return { delivery, action: { do: 'look-up', why: 'changed' } }
      const stopped = problem('refused', say('outbox.partRefused', { said: answer.message }))
      return { delivery: { ...delivery, pending: null, state: 'refused', problem: stopped }, action: null }
    }
  }
  return { delivery: strange(delivery, moment), action: null }
}

/** It was accepted; tries that did not reach the CMS do not count towards whether it shows what it accepted. */
function taken(delivery: Delivery): Delivery {
  return delivery.problem?.key === 'outbox.notShownYet' ? delivery : { ...delivery, tries: 1 }
}

/** It is unknown whether an hour that was sent has arrived: the CMS may publish at the earlier of the two. */
function maybeTold(delivery: Delivery, to: Action): Delivery {
  const wanted = hourWanted(delivery)
  const isStory = to.do === 'step' && to.step.act === 'send' && to.step.key === STORY_STEP
  if (!isStory || delivery.firedBy !== 'cms' || wanted === null || delivery.handedOver === null) return delivery
  return { ...delivery, handedOver: Math.min(wanted, delivery.handedOver) }
}

/** The CMS would publish what it has before the hour that now applies. */
function isTooEarlyThere({ takeBack, handedOver, notBefore }: Delivery): boolean {
  return !takeBack && handedOver !== null && notBefore !== null && handedOver < notBefore
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
  if (delivery.handedOver !== null) return recalled(delivery)
  const ahead = moment.now - theirs
  const nextTryAt = moment.now + Math.min(delivery.notBefore - theirs, TIME_CHECK)
  const why = clocksAgree(ahead)
    ? null
    : problem('refused', say('outbox.clockAhead', { minutes: Math.round(ahead / 60_000) }))
  return { delivery: { ...delivery, state: 'scheduled', nextTryAt, tries: 0, problem: why }, action: null }
}

/** A clear refusal of our request means that it is not there; whatever was unknown before was looked up first. */
function notSent(delivery: Delivery, to: Action): Delivery {
  if (to.do === 'recall') return { ...delivery, pending: null }
  if (to.do !== 'step' || to.step.act !== 'send') return delivery
  // The CMS does not have what it never showed.
  return { ...delivery, pending: null, handedOver: delivery.base === null ? null : delivery.handedOver }
}
