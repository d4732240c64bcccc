import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { storedMessage } from '../../../shared/rpc/errors.ts'
import { Message } from '../../../shared/words/message.ts'
import { embargoOf, heldUntil, listOpenOutboxOf, type OutboxRow } from './outbox.ts'
import { getReference } from './remote-references.ts'
import { sql, type ReadableDb } from './sql.ts'

/** How an approved version that has not arrived stands to the desk's copy. */
export interface DeskCopy {
  /** Nothing of it was sent, and the desk's copy says something else that nobody has decided to leave for later. */
  readonly behind: boolean
  /** Readers would get the same of the desk's copy. */
  readonly current: boolean
}

/** The row as the contract shows it. `stepLimit`: the newest of a long journal. */
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
    targetName: row.targetName,
    revision: row.revision,
    purpose: row.purpose,
    reason: row.reason,
    state: row.state,
    queuedAt: row.queuedAt,
    notBefore: heldUntil(row),
    planned: row.planned,
    embargo: embargoOf(row),
    ...desk,
    // Kept while it rests, and due for nobody.
    nextTryAt: row.state === 'paused' ? null : row.nextTryAt,
    tries: row.tries,
    pictures: { sent: picturesSent(db, row), of: row.media.length },
    newsletter: newsletterOf(db, row),
    problem: row.problem,
    receipt: row.receipt,
    firedBy: row.firedBy,
    handedOver: row.handedOver,
    steps
  }
}

/** The newsletter that the first publication on its way to a target, or stopped on it, is to go out as too. */
export function newsletterWaiting(db: ReadableDb, storyId: string, targetId: string): string | undefined {
  return listOpenOutboxOf(db, storyId)
    .filter((row) => row.targetId === targetId && row.takeBack === null)
    .map((row) => newsletterOf(db, row))
    .findLast((newsletter) => newsletter !== null)
}

/**
 * The newsletter a delivery goes out as, by its journal; only what is published there for the first time has one. One
 * that was refused for it goes out as none: what is published in its place would be refused again.
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

/** How many pictures of a delivery are known to have arrived for it. */
function picturesSent(db: ReadableDb, { targetId, media, idempotencyKey, state, tries }: OutboxRow): number {
  if (state === 'done') return media.length
  if (tries === 0) return 0
  return media.filter((id) => getReference(db, targetId, `media:${id}`)?.confirmedBy === idempotencyKey).length
}
