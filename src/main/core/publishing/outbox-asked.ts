import { say } from '../../../shared/words/message.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { STORY, isOpen, waitsHere, type Delivery } from './delivery.ts'
import { cancelled, problem } from './outbox-onwards.ts'

/** A person has dealt with it, or the network is back: it is tried at once. */
export function retried(delivery: Delivery, now: number): Delivery {
  const again: Delivery = { ...delivery, state: 'waiting', nextTryAt: now, told: false, tries: 0, problem: null }
  switch (delivery.state) {
    // A time specified by the CMS is kept, however urgent it is.
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
    // What is there now counts, not what was there then.
    case 'conflict':
      return { ...again, pending: STORY }
    default:
      return delivery
  }
}

/** Taken back, by a person or for a newer version. What may be there already is looked up first. */
export function takenBack(delivery: Delivery, why: 'cancel' | 'supersede', now: number): Delivery {
  if (!isOpen(delivery)) return delivery
  const marked: Delivery = { ...delivery, takeBack: why }
  if (delivery.state === 'sending') return marked
  if (delivery.state === 'conflict') return why === 'supersede' ? cancelled(marked) : left(marked)
  if (!delivery.pending && delivery.handedOver === null) return cancelled(marked)
  return { ...marked, state: 'waiting', pending: delivery.pending ?? STORY, nextTryAt: now, told: false }
}

/** A person has seen what is there, and leaves it. */
function left(delivery: Delivery): Delivery {
  const { handedOver, problem: met } = delivery
  const said =
    handedOver !== null
      ? say('outbox.leftScheduledThere', { at: handedOver })
      : met?.key === 'outbox.publicAgain'
        ? say('outbox.leftPublic')
        : null
  return { ...cancelled(delivery), problem: said && problem('cancelled', said) }
}

/** What waits for the network now waits for the hour; what may already be there can only be looked up. */
export function released(delivery: Delivery, notBefore: number | null, now: number): Delivery {
  if (!isOpen(delivery) || notBefore === delivery.notBefore) return delivery
  const moved: Delivery = { ...delivery, notBefore }
  // What the CMS has at present determines what it is told; that the delivery was stopped does not stop the CMS.
  const rests = delivery.state === 'paused' || delivery.state === 'refused'
  if (delivery.state === 'handed-over' || (rests && !delivery.takeBack && delivery.handedOver !== null))
    return { ...moved, state: 'waiting', pending: STORY, nextTryAt: now, told: false, tries: 0, problem: null }
  if (delivery.state === 'scheduled') return { ...moved, nextTryAt: null, problem: null }
  const isHere = !delivery.pending && !delivery.takeBack && delivery.handedOver === null
  const holds = delivery.state === 'waiting' && isHere && waitsHere(moved, now)
  return holds ? { ...moved, state: 'scheduled', nextTryAt: null, told: false, problem: null } : moved
}

/** A person wants ours to replace what is there. */
export function overwritten(delivery: Delivery, base: string | null, now: number): Delivery {
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

/**
 * A delivery already at rest for another reason keeps that reason, and one the CMS publishes by itself is under way; a
 * time specified by the CMS is kept for when it is resumed.
 */
export function paused(delivery: Delivery, why: WireError): Delivery {
  if ((delivery.state !== 'waiting' && delivery.state !== 'scheduled') || delivery.handedOver !== null) return delivery
  return { ...delivery, state: 'paused', nextTryAt: delivery.told ? delivery.nextTryAt : null, problem: why }
}

/** The delivery as a killed process left it, if it must not continue: nothing is under way any more. */
export function interrupted(delivery: Delivery): Delivery {
  return delivery.state === 'sending' ? { ...delivery, state: 'waiting', nextTryAt: null, told: false } : delivery
}
