import { heldUntil, type DeliveryRow, type OutboxRow } from '../store/outbox.ts'
import type { Delivery } from './outbox-machine.ts'

/** What the machine knows of a stored row. */
export function toDelivery(row: OutboxRow): Delivery {
  const { state, maybeSent, mediaDone, media, sha256, etag, previous, nextTryAt, told, tries, withdraw, problem } = row
  const notBefore = heldUntil(row)
  return {
    state,
    maybeSent,
    mediaDone,
    mediaTotal: media.length,
    sha256,
    etag,
    previous,
    told,
    tries,
    withdraw,
    problem,
    notBefore: notBefore === null ? null : Date.parse(notBefore),
    nextTryAt: nextTryAt === null ? null : Date.parse(nextTryAt)
  }
}

/** The part of the row that moves, as the machine left it. */
export function applyDelivery(row: OutboxRow, delivery: Delivery): DeliveryRow {
  const { state, maybeSent, mediaDone, etag, previous, told, tries, withdraw, problem, nextTryAt } = delivery
  return {
    idempotencyKey: row.idempotencyKey,
    receipt: row.receipt,
    hold: row.hold,
    keptRevision: row.keptRevision,
    state,
    maybeSent,
    mediaDone,
    etag,
    previous,
    told,
    tries,
    withdraw,
    problem,
    nextTryAt: nextTryAt === null ? null : new Date(nextTryAt).toISOString()
  }
}
