import type { LookDue } from '../store/late-looks.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { dueAt, isDue, isLookDue } from './delivery.ts'
import { rests } from './late-request.ts'
import { toDelivery } from './outbox-delivery.ts'

/** All that concerns one story on one CMS: one delivery, or one look, at a time. */
export function laneOf({ storyId, targetId }: Pick<OutboxRow, 'storyId' | 'targetId'>): string {
  return `${storyId} ${targetId}`
}

export interface Queue {
  /** Every open delivery, in order of approval. */
  readonly open: readonly OutboxRow[]
  /** Ended deliveries that are to be looked at once more, the next first. */
  readonly looks: readonly LookDue[]
  /** Lanes in which something is under way. */
  readonly busy: ReadonlySet<string>
}

export interface Turns {
  /** What may begin now, in this order. At most one in each lane. */
  readonly deliveries: readonly OutboxRow[]
  readonly looks: readonly LookDue[]
  /** When the next one that has to wait for its time may begin, milliseconds UTC; null if there is none. */
  readonly next: number | null
}

/**
 * Whose turn it is. Versions of one story reach a CMS in the order in which they were approved. One in conflict waits
 * for a person, and does not keep a later one from its hour; nor does one that waits for its hour delay a late look.
 */
export function turns({ open, looks, busy }: Queue, now: number): Turns {
  const taken = new Set(busy)
  const earlier = new Set<string>()
  const acting = new Set<string>()
  const deliveries: OutboxRow[] = []
  const due: LookDue[] = []
  let next = Number.POSITIVE_INFINITY
  const later = (at: number | null): void => {
    if (at !== null && at > now) next = Math.min(next, at)
  }
  for (const row of open) {
    const lane = laneOf(row)
    const isFirst = !earlier.has(lane) && !taken.has(lane)
    if (row.state !== 'conflict') earlier.add(lane)
    if (!rests(row, now)) acting.add(lane)
    if (!isFirst) continue
    const delivery = toDelivery(row)
    if (isDue(delivery, now)) {
      deliveries.push(row)
      taken.add(lane)
    } else later(dueAt(delivery))
  }
  for (const look of looks) {
    const lane = laneOf(look)
    if (acting.has(lane) || taken.has(lane)) continue
    const at = Date.parse(look.nextTryAt)
    if (isLookDue(at, now)) {
      due.push(look)
      taken.add(lane)
    } else later(at)
  }
  return { deliveries, looks: due, next: next === Number.POSITIVE_INFINITY ? null : next }
}
