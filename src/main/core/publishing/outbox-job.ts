import type { Job, Learned, Reference } from './targets/target.ts'
import { getPayload, heldUntil, type OutboxRow } from '../store/outbox.ts'
import { findReferences, getReference } from '../store/remote-references.ts'
import type { Store } from '../store/store.ts'
import { hourTold } from './handing-over.ts'

/** A story's name among the references. */
export function storyReference(storyId: string): string {
  return `story:${storyId}`
}

export function mediaReference(mediaId: string): string {
  return `media:${mediaId}`
}

/** A row as its driver sees it. `learned`: just reported by the server and not stored yet. */
export function jobOf(store: Store, row: OutboxRow, learned: readonly Learned[]): Job {
  const { storyId, idempotencyKey, purpose, contentType, sha256, media, base } = row
  const until = heldUntil(row)
  let text: string | null = null
  return {
    storyId,
    idempotencyKey,
    purpose,
    contentType,
    sha256,
    media,
    base,
    hour: row.firedBy === 'cms' && until !== null ? hourTold(Date.parse(until)) : null,
    mayWaitThere: row.firedBy === 'cms' || row.handedOver !== null,
    text: () => (text ??= store.read((db) => getPayload(db, row.seq))),
    reference(local): Reference | undefined {
      const known = learned.find((one) => one.local === local)
      if (known) return { ...known, fresh: true }
      const stored = store.read((db) => getReference(db, row.targetId, local))
      if (!stored) return undefined
      const { remoteId, address, token, confirmedBy } = stored
      return { local, remoteId, address, token, fresh: confirmedBy === idempotencyKey }
    },
    isKnown: (remoteId) =>
      store
        .read((db) => findReferences(db, row.targetId, remoteId))
        .some((local) => local.startsWith('story:') && local !== storyReference(storyId))
  }
}
