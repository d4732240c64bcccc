import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { getLive, putLive } from '../store/receipts.ts'
import type { WritableDb } from '../store/sql.ts'

/** What a CMS was found to show instead of what was published there. */
export type Since = NonNullable<Receipt['since']>

/** Runs `also`, and records what was found in place of what was published there. */
export function withSince(
  { storyId, targetId }: OutboxRow,
  since: Since | null,
  also: (db: WritableDb) => void
): (db: WritableDb) => void {
  return (db) => {
    also(db)
    const live = getLive(db, storyId, targetId)
    if (since && live && !live.receipt.withdrawn) putLive(db, { ...live, receipt: { ...live.receipt, since } })
  }
}
