import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import { heldUntil, type DeliveryRow, type OutboxRow } from '../store/outbox.ts'
import type { StoredTarget } from '../store/targets.ts'
import type { Delivery, FiredBy } from './delivery.ts'

/** The part of a stored row that the machine knows. */
export function toDelivery(row: OutboxRow): Delivery {
  const { state, pending, base, previous, nextTryAt, told, tries, takeBack, problem, firedBy, handedOver } = row
  const notBefore = heldUntil(row)
  return {
    state,
    pending,
    base,
    previous,
    told,
    tries,
    takeBack,
    problem,
    firedBy,
    handedOver: handedOver === null ? null : Date.parse(handedOver),
    notBefore: notBefore === null ? null : Date.parse(notBefore),
    nextTryAt: nextTryAt === null ? null : Date.parse(nextTryAt),
    ...(row.purpose === 'publish' && row.receipt !== null && { seen: true })
  }
}

interface Beginning {
  readonly idempotencyKey: string
  readonly target: StoredTarget
  /** The receipt of what it replaces there. */
  readonly live: Receipt | undefined
  /** No reader gets it before this, UTC. */
  readonly notBefore: string | null
  /** The story's embargo. */
  readonly hold: Instant | null
  readonly firedBy: FiredBy
}

/** The initial delivery: at rest if its target is paused, otherwise waiting for its hour or its turn. */
export function firstDelivery({ idempotencyKey, target, live, notBefore, hold, firedBy }: Beginning): DeliveryRow {
  return {
    idempotencyKey,
    state: target.paused ? 'paused' : notBefore === null || firedBy === 'cms' ? 'waiting' : 'scheduled',
    pending: null,
    base: live?.etag || null,
    previous: live?.fingerprint ?? live?.sha256 ?? null,
    takeBack: null,
    nextTryAt: null,
    told: false,
    tries: 0,
    problem: target.paused,
    receipt: null,
    hold,
    keptRevision: null,
    firedBy,
    handedOver: null
  }
}

/** What the next version takes over from one that the CMS would publish by itself. */
export function handedOn({
  base,
  previous,
  handedOver
}: DeliveryRow): Pick<DeliveryRow, 'base' | 'previous' | 'handedOver'> {
  return { base, previous, handedOver }
}

/** The part of the row that changes, as the machine left it. */
export function applyDelivery(row: OutboxRow, delivery: Delivery): DeliveryRow {
  const { state, pending, base, previous, told, tries, takeBack, problem, nextTryAt, firedBy, handedOver } = delivery
  return {
    idempotencyKey: row.idempotencyKey,
    receipt: row.receipt,
    hold: row.hold,
    keptRevision: row.keptRevision,
    state,
    pending,
    base,
    previous,
    told,
    tries,
    takeBack,
    problem,
    firedBy,
    handedOver: handedOver === null ? null : new Date(handedOver).toISOString(),
    nextTryAt: nextTryAt === null ? null : new Date(nextTryAt).toISOString()
  }
}
