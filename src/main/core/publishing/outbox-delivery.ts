import { heldUntil, type DeliveryRow, type OutboxRow } from '../store/outbox.ts'
import type { Delivery } from './outbox-machine.ts'

/** What the machine knows of a stored row. */
export function toDelivery(row: OutboxRow): Delivery {
  const { state, pending, base, previous, nextTryAt, told, tries, takeBack, problem } = row
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
    notBefore: notBefore === null ? null : Date.parse(notBefore),
    nextTryAt: nextTryAt === null ? null : Date.parse(nextTryAt)
  }
}

/** The part of the row that moves, as the machine left it. */
export function applyDelivery(row: OutboxRow, delivery: Delivery): DeliveryRow {
  const { state, pending, base, previous, told, tries, takeBack, problem, nextTryAt } = delivery
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
    nextTryAt: nextTryAt === null ? null : new Date(nextTryAt).toISOString()
  }
}
