import type { WireError } from '../../../shared/rpc/errors.ts'
import type { Delivery, Moment } from './delivery.ts'
import { next } from './outbox-machine.ts'
import { isByHand } from './targets/targets.ts'

/**
 * While a person has paused its target, a delivery waiting for a retry or its hour rests. One being taken back is still
 * looked up: that only asks the CMS, and settles what is uncertain.
 */
export function held(delivery: Delivery, paused: WireError | null, moment: Moment): Delivery {
  if (!paused || !isByHand(paused) || delivery.takeBack) return delivery
  return next(delivery, { kind: 'pause', problem: paused }, moment).delivery
}
