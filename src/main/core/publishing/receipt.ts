import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { clocksAgree, isPlausible } from './clocks.ts'
import type { Proof } from './delivery.ts'
import { STORY_STEP } from './targets/target.ts'

/** The receipt of a delivery whose version was read back; `now` in milliseconds UTC. */
export function receiptOf(row: OutboxRow, proof: Proof, now: number): Receipt {
  const { token, fingerprint, url, differences, serverTime } = proof
  const made = differences.map(({ field, note }) => ({ field, note }))
  return {
    ...stampOf(serverTime, now),
    ...firedAt(row, proof),
    ...(row.purpose === 'withdraw' && { withdrawn: true }),
    url: row.purpose === 'withdraw' ? null : url,
    etag: token,
    sha256: row.sha256,
    fingerprint,
    revision: row.revision,
    media: row.media.length,
    pictures: [...row.media],
    ...(made.length > 0 && { differences: made })
  }
}

/**
 * The receipt of a version that went public with nobody here to read it back, and in the place of which something else
 * stood when it was looked at: what was sent, what differs, and no change token that anything there has, so that nothing
 * goes over it unseen. Null where it is not known to be public, or was not this delivery's. `isOwn`: what was found was
 * made for this delivery, whose text was sent to it, to an unknown end.
 */
export function receiptOfChanged(
  row: OutboxRow,
  proof: Proof,
  { isOwn, now }: { isOwn: boolean; now: number }
): Receipt | null {
  const wasHandedOver = row.handedOver !== null && row.base !== null
  const wasSent = row.base === null && row.pending?.key === STORY_STEP && isOwn
  const { publishedAt, serverTime } = proof
  if (row.purpose !== 'publish' || !(wasHandedOver || wasSent)) return null
  if (publishedAt === null || publishedAt > (serverTime ?? now)) return null
  return {
    ...receiptOf(row, proof, now),
    etag: row.base ?? row.idempotencyKey,
    fingerprint: row.previous ?? row.sha256,
    since: 'changed'
  }
}

/**
 * The CMS fired, whoever was there to see it: it has been public since its own hour, not since it was looked at. One that
 * was seen to be late has been public since then.
 */
function firedAt(row: OutboxRow, { publishedAt, serverTime }: Proof): Partial<Pick<Receipt, 'at' | 'firedBy'>> {
  if (row.firedBy !== 'cms' || row.handedOver === null) return {}
  const isLate = row.problem?.key === 'outbox.siteIsLate'
  const isKnown = publishedAt !== null && !isLate && (serverTime === null || publishedAt <= serverTime)
  return { firedBy: 'cms', ...(isKnown && { at: new Date(publishedAt).toISOString() }) }
}

/** The CMS's clock is believed before this machine's, unless it says what cannot be. */
function stampOf(serverTime: number | null, now: number): Pick<Receipt, 'at' | 'unconfirmed' | 'ahead'> {
  if (!isPlausible(serverTime, now)) return { at: new Date(now).toISOString(), unconfirmed: true }
  const ahead = now - serverTime
  return { at: new Date(serverTime).toISOString(), ...(!clocksAgree(ahead) && { ahead }) }
}
