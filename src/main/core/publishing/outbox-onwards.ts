import { Message, say } from '../../../shared/words/message.ts'
import { deskFires, isTooNear, saysDeskFires } from './handing-over.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { STORY, TIME_CHECK, waitsHere, type Delivery, type Outcome, type Moment, type Next } from './delivery.ts'

/**
 * Moves to the next step, unless the story is taken back. The hour may have been moved since sending began, so it is
 * checked before each step. `missing`: what was looked for and is not there; `theirs`: the CMS's clock, if it was just
 * asked.
 */
export function onwards(
  delivery: Delivery,
  now: number,
  { missing = null, theirs = null }: { readonly missing?: string | null; readonly theirs?: number | null } = {}
): Next {
  if (delivery.takeBack) return endOrRecall(delivery)
  const known = decided(delivery, Math.max(now, theirs ?? now))
  const { notBefore } = known
  // Its hour has passed only by this machine's clock, which may be wrong.
  if (notBefore !== null && theirs === null && delivery.firedBy === 'cms' && now >= notBefore)
    return { delivery: { ...known, pending: null }, action: { do: 'ask-time' } }
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

/** Decides who publishes it, depending on the time: the CMS needs the story some time before its hour. */
export function decided(delivery: Delivery, now: number): Delivery {
  const { firedBy, notBefore } = delivery
  if (firedBy === 'desk') return delivery
  if (notBefore === null || now >= notBefore) return { ...delivery, firedBy: 'desk' }
  return isTooNear(notBefore, now) ? { ...delivery, firedBy: 'desk', problem: deskFires('near') } : delivery
}

/** To be taken back: ends here if nothing of it on the CMS would become public by itself. */
export function endOrRecall(delivery: Delivery): Next {
  return delivery.handedOver === null ? { delivery: cancelled(delivery), action: null } : recalled(delivery)
}

/** Makes the CMS forget the hour it was told. */
export function recalled(delivery: Delivery): Next {
  return { delivery: { ...delivery, pending: STORY }, action: { do: 'recall' } }
}

/** The CMS's time as given in a reply. */
export function timeOf(answer: Outcome): number | null {
  if (answer.kind === 'found') return answer.proof.serverTime
  return answer.kind === 'absent' ? answer.serverTime : null
}

/** Rests until a given time for a reason; if it is to be taken back and is not there, it ends instead. */
export function wait(delivery: Delivery, until: number, why: WireError): Delivery {
  if (delivery.takeBack && !delivery.pending && delivery.handedOver === null) return cancelled(delivery)
  return { ...delivery, state: 'waiting', nextTryAt: Math.round(until), problem: takingBack(delivery, why) }
}

/** A problem that says it will be sent later would be wrong for something being taken back. */
function takingBack({ takeBack, handedOver }: Delivery, why: WireError): WireError {
  const said = Message.safeParse(why.params?.['said'])
  return takeBack && handedOver !== null && said.success
    ? problem(why.code, say('outbox.takingBack', { said: said.data }))
    : why
}

/** A reply that says nothing about what was asked. */
export function strange(delivery: Delivery, { now, random }: Moment): Delivery {
  const why = problem('unreachable', say('outbox.unknownAnswer'))
  return wait(delivery, now + backoff(delivery.tries, random), why)
}

/** Ended, with nothing of it on the CMS. What was live there is not called taken back. */
export function cancelled(delivery: Delivery): Delivery {
  const superseded = problem('cancelled', say('outbox.superseded'))
  return {
    ...delivery,
    state: delivery.seen ? 'done' : 'cancelled',
    nextTryAt: null,
    pending: null,
    problem: delivery.takeBack === 'supersede' && !delivery.seen ? superseded : null
  }
}

/** How often a CMS may say "stored" without showing it before a person is asked. */
export const READ_BACK_LIMIT = 5
/** Waits double from this, in ms, … */
const FIRST_WAIT = 2_000
/** … up to this. */
const LONGEST_WAIT = 5 * 60_000

/** 2 s, 4 s, 8 s … 5 min, each varied by a fifth, so that many laptops do not come back at the same moment. */
export function backoff(tries: number, random: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(Math.max(tries - 1, 0), 20)) * (0.8 + 0.4 * random)
}

/** A message as the problem with which a delivery rests. */
export function problem(code: WireError['code'], said: Message): WireError {
  return { code, ...said }
}
