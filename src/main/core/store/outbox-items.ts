import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { storedMessage } from '../../../shared/rpc/errors.ts'
import { Message } from '../../../shared/words/message.ts'
import { embargoOf, heldUntil, listOpenOutboxOf, type OutboxRow } from './outbox.ts'
import { getLive } from './receipts.ts'
import { getReference } from './remote-references.ts'
import { sql, type ReadableDb } from './sql.ts'
import { targetName } from './targets.ts'

/** How the desk's copy compares with an approved version that has not arrived yet. */
export interface DeskCopy {
  /** Nothing was sent yet, the desk's copy says something else, and nobody has decided to leave that for later. */
  readonly behind: boolean
  /** Readers would see the same if the desk's copy were published. */
  readonly current: boolean
}

/** The row in the form of the contract. `stepLimit`: how many of the newest steps of a long journal are included. */
export function toOutboxItem(db: ReadableDb, row: OutboxRow, desk: DeskCopy, stepLimit = 200): OutboxItem {
  const steps = (
    stepLimit === 0
      ? []
      : db.all<{ at: string; step: string; outcome: string }>(
          sql`SELECT at, step, outcome FROM outbox_steps WHERE outbox_seq = ${row.seq} ORDER BY seq DESC LIMIT ${stepLimit}`
        )
  )
    .reverse()
    .map((step) => ({ ...step, outcome: storedMessage(step.outcome) }))
  return {
    id: row.id,
    storyId: row.storyId,
    headline: row.headline,
    targetId: row.targetId,
    targetName: targetName(db, row.targetId) ?? row.targetName,
    revision: row.revision,
    purpose: row.purpose,
    reason: row.reason,
    state: row.state,
    queuedAt: row.queuedAt,
    notBefore: heldUntil(row),
    planned: row.planned,
    embargo: embargoOf(row),
    ...desk,
    // Kept while paused, and for a late look after the end: no retry is due.
    nextTryAt: ['paused', 'done', 'cancelled'].includes(row.state) ? null : row.nextTryAt,
    tries: row.tries,
    pictures: { sent: picturesSent(db, row), of: row.media.length },
    newsletter: newsletterOf(db, row),
    problem: row.problem,
    receipt: receiptNow(db, row),
    firedBy: row.firedBy,
    handedOver: row.handedOver,
    steps
  }
}

/**
 * Its receipt, with what the CMS was found to show since by a later delivery, while nothing newer of ours is live there.
 */
function receiptNow(db: ReadableDb, { storyId, targetId, state, purpose, receipt }: OutboxRow): OutboxItem['receipt'] {
  if (!receipt || state !== 'done' || purpose !== 'publish') return receipt
  const live = getLive(db, storyId, targetId)?.receipt
  const isLast = live !== undefined && live.at === receipt.at && live.etag === receipt.etag
  return isLast && live.since !== undefined ? { ...receipt, since: live.since } : receipt
}

/** The newsletter that the first publication to a target, waiting or stopped, will also be sent as. */
export function newsletterWaiting(db: ReadableDb, storyId: string, targetId: string): string | undefined {
  return listOpenOutboxOf(db, storyId)
    .filter((row) => row.targetId === targetId && row.takeBack === null)
    .map((row) => newsletterOf(db, row))
    .findLast((newsletter) => newsletter !== null)
}

/**
 * The newsletter a delivery goes out as, according to its journal; only the first publication of a story to a target
 * has one. If the newsletter was refused, it goes out without one, because it would be refused again.
 */
function newsletterOf(db: ReadableDb, { seq, base, purpose, problem }: OutboxRow): string | null {
  if (base !== null || purpose !== 'publish') return null
  if (Message.safeParse(problem?.params?.['said']).data?.key === 'ghost.newsletterRefused') return null
  const step = db.get<{ outcome: string }>(
    sql`SELECT outcome FROM outbox_steps WHERE outbox_seq = ${seq} AND step = 'newsletter' ORDER BY seq LIMIT 1`
  )
  const named = step && storedMessage(step.outcome).params?.['newsletter']
  return typeof named === 'string' ? named : null
}

/** How many pictures of a delivery are known to have reached the CMS. */
function picturesSent(db: ReadableDb, { targetId, media, idempotencyKey, state, tries }: OutboxRow): number {
  if (state === 'done') return media.length
  if (tries === 0) return 0
  return media.filter((id) => getReference(db, targetId, `media:${id}`)?.confirmedBy === idempotencyKey).length
}
