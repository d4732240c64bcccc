import type { Receipt } from '../../../shared/contract/outbox.ts'
import { addStep, getOutbox, listOpenOutboxOf, updateDelivery, type OutboxRow } from '../store/outbox.ts'
import { lastPublished } from '../store/late-looks.ts'
import { deleteReference, putReference } from '../store/remote-references.ts'
import type { ReadableDb, WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { isTakenOver, lookedAgain, nextLateLook } from './late-request.ts'
import { STORY, type Delivery, type Moment, type Proof } from './delivery.ts'
import type { Done } from './outbox-answer.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import { next } from './outbox-machine.ts'
import { outcomeOf } from './outbox-steps.ts'
import type { Since } from './since.ts'
import { receiptOf } from './receipt.ts'
import { sinceOf } from './seen-there.ts'
import type { TargetsService } from './targets/targets.ts'

interface Options {
  readonly store: Store
  readonly targets: TargetsService
  readonly finish: (row: OutboxRow, receipt: Receipt, also: (db: WritableDb) => void) => void
  readonly metAnother: (row: OutboxRow, since: Since | null, also: (db: WritableDb) => void) => void
}

/**
 * Records the result of a late look at a finished delivery, in one transaction. If the look found something unexpected,
 * it reopens the delivery, which then needs a person or is called back. True if that changed what windows show.
 */
export function recordLateLook(
  { store, targets, ...options }: Options,
  id: string,
  done: Done | null,
  moment: Moment
): boolean {
  const row = store.read((db) => getOutbox(db, id))
  if (!row || row.nextTryAt === null) return false
  const before = toDelivery(row)
  const put = (nextTryAt: number | null): void =>
    store.write('late look', (db) => updateDelivery(db, row.seq, applyDelivery(row, { ...before, nextTryAt })))
  // Without the target nobody can look.
  if (!done || store.read((db) => isTakenOver(db, row, moment.now)) || !targets.find(row.targetId)) {
    put(null)
    return false
  }
  const answer = done.outcome
  const since = sinceOf(targets, row, answer)
  const look = lookedAgain(before, row.purpose, { answer, isPublic: since === 'changed' }, moment)
  if (look.kind === 'unseen') put(look.again)
  if (look.kind === 'expected') put(store.read((db) => nextLateLook(db, row, before, moment.now)))
  if (look.kind === 'unseen' || look.kind === 'expected') return false

  const known =
    look.kind === 'stopped' && row.receipt && !row.receipt.withdrawn ? { ...row.receipt, since } : row.receipt
  const after: OutboxRow = { ...row, ...applyDelivery(row, measured(look.delivery, row.receipt)), receipt: known }
  const write = (db: WritableDb): void => {
    updateDelivery(db, row.seq, after)
    for (const one of done.learned)
      putReference(db, { ...one, targetId: row.targetId, confirmedBy: row.idempotencyKey })
    if (done.gone) deleteReference(db, row.targetId, done.gone)
    addStep(db, row.seq, new Date(moment.now).toISOString(), 'look-up', outcomeOf(answer))
  }
  const proof = answer.kind === 'found' ? answer.proof : null
  if (look.kind === 'recall') store.write('late look', write)
  else if (proof && look.public === 'ours') {
    const receipt = receiptOf(row, proof, moment.now)
    options.finish({ ...after, receipt }, receipt, (db) => {
      write(db)
      updateDelivery(db, row.seq, { ...after, receipt })
    })
  } else if (proof && look.public === 'withdrawn') {
    const last = store.read((db) => lastPublished(db, row))
    options.finish(
      { ...after, revision: last?.revision ?? row.revision },
      liveAgain(row, last, proof, moment.now),
      write
    )
  } else options.metAnother(after, since, write)
  return true
}

/** The person compares with, and may replace, the version that was read back. */
function measured(delivery: Delivery, receipt: Receipt | null): Delivery {
  if (!receipt || receipt.withdrawn) return delivery
  return { ...delivery, base: receipt.etag, previous: receipt.fingerprint ?? receipt.sha256 }
}

/** The receipt for a withdrawn story that readers see again, or for another version that took its place. */
function liveAgain(row: OutboxRow, last: OutboxRow | undefined, proof: Proof, now: number): Receipt {
  const known = last?.receipt
  const { since: _, ...receipt } = known ?? receiptOf({ ...row, purpose: 'publish' }, proof, now)
  const isSame = known?.fingerprint === proof.fingerprint
  return { ...receipt, etag: proof.token, url: proof.url, ...(!isSame && { since: 'changed' as const }) }
}

/**
 * The delivery with the hour that the CMS keeps for an earlier version in conflict, which it replaces. It looks at what
 * is there before it sends anything, and tells that hour until the CMS no longer has it.
 */
export function withHourBefore(db: ReadableDb, row: OutboxRow, delivery: Delivery): Delivery {
  if (delivery.pending || delivery.handedOver !== null) return delivery
  const last = listEarlier(db, row).findLast(({ handedOver }) => handedOver !== null)
  if (!last) return delivery
  const { base, previous, handedOver } = toDelivery(last)
  return { ...delivery, ...(delivery.base === null && { base, previous }), handedOver, pending: STORY }
}

/**
 * Ends what a look reopened before this delivery, which was approved later and goes out instead: in conflict, or sent
 * on its way again by a person since this one began, with nothing of it sent. An hour that the CMS has is not forgotten
 * with it: `withHourBefore` comes first. Returns the ids.
 */
export function endEarlier(db: WritableDb, row: OutboxRow, moment: Moment): string[] {
  const earlier = listEarlier(db, row).filter((one) => one.handedOver === null || row.handedOver !== null)
  for (const one of earlier) {
    const rests: Delivery = { ...toDelivery(one), pending: null, handedOver: null }
    const { delivery } = next(rests, { kind: 'take-back', why: 'supersede' }, moment)
    updateDelivery(db, one.seq, applyDelivery(one, delivery))
  }
  return earlier.map(({ id }) => id)
}

function listEarlier(db: ReadableDb, { seq, storyId, targetId }: OutboxRow): OutboxRow[] {
  return listOpenOutboxOf(db, storyId).filter((row) => row.targetId === targetId && row.seq < seq)
}
