import { targetKind } from '../../../shared/publishing/targets/index.ts'
import type { Receipt } from '../../../shared/contract/outbox.ts'
import { hasStep, listOutbox, revisionAhead, type OutboxRow } from '../store/outbox.ts'
import { getReference } from '../store/remote-references.ts'
import type { Store } from '../store/store.ts'
import type { Outcome } from './delivery.ts'
import { storyReference } from './outbox-job.ts'
import { UNKNOWN_OUTCOMES } from './outbox-steps.ts'
import type { Since } from './since.ts'
import { receiptOfChanged } from './receipt.ts'
import type { TargetsService } from './targets/targets.ts'

/** What readers have there. Only a CMS that has drafts of its own says that they do not see what is there. */
export function sinceOf(targets: TargetsService, { targetId }: OutboxRow, answer: Outcome | null): Since {
  const found = answer?.kind === 'found' ? answer.proof : null
  const kind = targets.find(targetId)?.kind
  const isHidden = found?.url === null && kind !== undefined && targetKind(kind).ownIds
  return found && !isHidden ? 'changed' : 'gone'
}

/** The receipt of what went public unseen, and was found changed. */
export function receiptUnseen(store: Store, row: OutboxRow, answer: Outcome | null, now: number): Receipt | null {
  if (answer?.kind !== 'found') return null
  const isOwn = store.read((db) => {
    const known = getReference(db, row.targetId, storyReference(row.storyId))
    return known?.confirmedBy === row.idempotencyKey && hasStep(db, row.seq, 'article', UNKNOWN_OUTCOMES)
  })
  return receiptOfChanged(scheduledThere(store, row), answer.proof, { isOwn, now })
}

/**
 * The version that the CMS had for its hour: the delivery itself, or the one whose place it was to take, if nothing of
 * it was accepted there.
 */
function scheduledThere(store: Store, row: OutboxRow): OutboxRow {
  return store.read((db) => {
    if (row.handedOver === null || hasStep(db, row.seq, 'article', ['outbox.accepted', ...UNKNOWN_OUTCOMES])) return row
    const revision = revisionAhead(db, row)
    const earlier = listOutbox(db, row.storyId, MOST_DELIVERIES).find(
      (one) => one.targetId === row.targetId && one.purpose === 'publish' && one.revision === revision
    )
    const { base, previous, handedOver, pending } = row
    return earlier ? { ...earlier, base, previous, handedOver, pending } : row
  })
}

const MOST_DELIVERIES = 500
