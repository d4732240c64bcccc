import type { WireError } from '../../../shared/rpc/errors.ts'
import type { Delivery, Moment } from './delivery.ts'
import { next } from './outbox-machine.ts'
import { isByHand } from './targets/targets.ts'

/**
 * What would wait for its next try or its hour rests instead while its target is paused by hand. What is taken back is
 * still looked for: that only asks the CMS, and ends what hangs in between.
 */
export function held(delivery: Delivery, paused: WireError | null, moment: Moment): Delivery {
  if (!paused || !isByHand(paused) || delivery.takeBack) return delivery
  return next(delivery, { kind: 'pause', problem: paused }, moment).delivery
}
