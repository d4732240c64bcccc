import { say } from '../../../shared/words/message.ts'
import { firstLook, isLate, nextLook } from './handing-over.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { STORY_STEP } from './targets/target.ts'
import {
  LONGEST_TOLD_WAIT,
  STORY,
  hourWanted,
  waitsHere,
  type Delivery,
  type Event,
  type LookedWhy,
  type Proof,
  type Outcome,
  type Moment,
  type Next
} from './delivery.ts'
import { READ_BACK_LIMIT, backoff, cancelled, onwards, problem, timeOf, wait } from './outbox-onwards.ts'

type LookUp = Extract<Outcome, { kind: 'found' | 'absent' }>

export function lookedUp(known: Delivery, why: LookedWhy, answer: LookUp, moment: Moment): Next {
  const delivery: Delivery = answer.kind === 'found' ? known : { ...known, handedOver: null }
  const found = answer.kind === 'found' ? answer : null
  const theirs = timeOf(answer)
  if (found?.same)
    return found.proof.publishesAt === null
      ? { delivery, action: { do: 'finish', proof: found.proof } }
      : stillAhead(delivery, why, found.proof, moment)
  if (found?.unfinished && delivery.handedOver !== null) {
    const back: Delivery = { ...delivery, base: null, previous: null, handedOver: null, pending: null }
    if (why === 'unknown' || back.takeBack || waitsHere(back, Math.min(moment.now, theirs ?? moment.now)))
      return onwards(back, moment.now, { missing: STORY_STEP, theirs })
    // It starts again, unless something stops it.
    if (why === 'recalled')
      return { delivery: { ...back, state: 'waiting', nextTryAt: moment.now, problem: null }, action: null }
  }

  if (stillToReplace(delivery, found)) {
    const again: Delivery = { ...delivery, pending: null }
    if (why === 'unknown') return onwards(again, moment.now, { missing: STORY_STEP, theirs })
    // A person put ours over it, and it is public: scheduling it would take it away from its readers.
    if (why === 'changed' && found?.proof.publishedAt && delivery.firedBy === 'cms' && delivery.previous === null)
      return onwards({ ...again, firedBy: 'desk', handedOver: null }, moment.now, { missing: STORY_STEP, theirs })
    if (why === 'changed' && found && found.proof.token !== delivery.base && delivery.tries < READ_BACK_LIMIT) {
      // The same text under another change token: nobody's work is overwritten. Tries are counted, because a CMS may
      // give a new token with every reply.
      const base = found.unfinished ? delivery.base : found.proof.token
      return onwards({ ...again, base, tries: delivery.tries + 1 }, moment.now, { missing: STORY_STEP, theirs })
    }
    if ((why === 'read-back' || why === 'recalled') && delivery.tries < READ_BACK_LIMIT) {
      const notYet = problem('unreachable', say('outbox.notShownYet'))
      return { delivery: wait(delivery, moment.now + backoff(delivery.tries, moment.random), notYet), action: null }
    }
  }
  const publishesAt = delivery.handedOver === null ? null : (found?.proof.publishesAt ?? null)
  // A live one that is being taken back leaves what was found: the looks after its end are for anything else.
  const left = delivery.takeBack && delivery.seen ? { base: found?.proof.token ?? null, previous: null } : {}
  return stoppedBy({ ...delivery, ...left }, publishesAt, conflictProblem(delivery, why, found !== null))
}

/**
 * Somebody else has changed it: nothing is forced. A delivery being taken back ends here, unless the CMS would publish
 * it anyway, which a person must know. `publishesAt`: when the CMS would publish what it has.
 */
function stoppedBy(delivery: Delivery, publishesAt: number | null, why: WireError): Next {
  const after: Delivery = { ...delivery, handedOver: publishesAt, pending: null, nextTryAt: null }
  if (after.takeBack === 'supersede' || (after.takeBack && publishesAt === null))
    return { delivery: cancelled(after), action: null }
  return { delivery: { ...after, state: 'conflict', takeBack: null, problem: why }, action: null }
}

/** As approved and not public yet: the CMS has it scheduled. */
function stillAhead(delivery: Delivery, why: LookedWhy, proof: Proof, { now, random }: Moment): Next {
  const { publishesAt, token, fingerprint } = proof
  const wanted = hourWanted(delivery)
  const isOurs = publishesAt === wanted || publishesAt === delivery.handedOver || token === delivery.base
  if (!isOurs || publishesAt === null) return stoppedBy(delivery, publishesAt, hourMoved(publishesAt))
  const there: Delivery = { ...delivery, pending: null, base: token, previous: fingerprint, handedOver: publishesAt }
  if (there.takeBack === 'supersede') return { delivery: cancelled(there), action: null }
  if (!there.takeBack && publishesAt === wanted) {
    const nextTryAt = firstLook(publishesAt, now, random)
    return {
      delivery: { ...there, state: 'handed-over', firedBy: 'cms', nextTryAt, told: false, tries: 0, problem: null },
      action: null
    }
  }
  // It is scheduled as requested, and was taken back meanwhile or before.
  if (why === 'unknown' || (why === 'read-back' && there.takeBack))
    return onwards(there, now, { theirs: proof.serverTime })
  if (there.tries >= READ_BACK_LIMIT)
    return stoppedBy(there, publishesAt, problem('conflict', say('outbox.notWhatWasApproved')))
  if (why === 'changed') return onwards({ ...there, tries: there.tries + 1 }, now, { theirs: proof.serverTime })
  const notYet = problem('unreachable', say('outbox.notShownYet'))
  return { delivery: wait(there, now + backoff(there.tries, random), notYet), action: null }
}

export function hourMoved(publishesAt: number | null): WireError {
  return publishesAt === null
    ? problem('conflict', say('outbox.changedThere'))
    : problem('conflict', say('outbox.hourMovedThere', { at: publishesAt }))
}

/**
 * The CMS has it and publishes it by itself; handles the result of a look. If the CMS cannot be reached, nothing
 * changes, and that is only reported once the hour has come.
 */
export function watched(delivery: Delivery, answer: Outcome, { now, random }: Moment): Next {
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
    // By the CMS's own clock, because this machine's may be wrong.
    const why = isLate(hour, answer.proof.serverTime ?? now) ? problem('unreachable', say('outbox.siteIsLate')) : null
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

/** True if a look found something that is neither ours nor what ours was to replace. */
export function metAnother(before: Delivery, event: Event): boolean {
  if (event.kind !== 'answer' || event.to.do !== 'look-up') return false
  const { answer } = event
  if (answer.kind === 'absent') return !stillToReplace(before, null)
  return answer.kind === 'found' && !answer.same && !stillToReplace(before, answer)
}

/**
 * Nothing finished of ours has arrived: the place is empty for a new story, or has our own draft, or what ours
 * replaces.
 */
export function stillToReplace(delivery: Delivery, found: Extract<Outcome, { kind: 'found' }> | null): boolean {
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
