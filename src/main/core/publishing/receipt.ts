import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { clocksAgree, isPlausible } from './clocks.ts'
import type { Proof } from './delivery.ts'
import { STORY_STEP } from './targets/target.ts'

/** The receipt for a delivery whose version was read back; `now` in milliseconds UTC. */
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
 * The receipt for a version that became public with nobody here to read it back, and was found replaced when looked at.
 * It says what was sent and what differs, and has a change token that matches nothing there, so that nothing is
 * overwritten unseen. Null if it is not known to be public, or was not this delivery's. `isOwn`: what was found was
 * made for this delivery, whose text was sent to it with unknown outcome.
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
 * The CMS published it, whether or not anybody saw it: it has been public since its hour, not since it was looked at.
 * If it was seen to be late, it has been public since then.
 */
function firedAt(row: OutboxRow, { publishedAt, serverTime }: Proof): Partial<Pick<Receipt, 'at' | 'firedBy'>> {
  if (row.firedBy !== 'cms' || row.handedOver === null) return {}
  const isLate = row.problem?.key === 'outbox.siteIsLate'
  const isKnown = publishedAt !== null && !isLate && (serverTime === null || publishedAt <= serverTime)
  return { firedBy: 'cms', ...(isKnown && { at: new Date(publishedAt).toISOString() }) }
}

/** The CMS's clock is trusted over this machine's, unless it gives an impossible time. */
function stampOf(serverTime: number | null, now: number): Pick<Receipt, 'at' | 'unconfirmed' | 'ahead'> {
  if (!isPlausible(serverTime, now)) return { at: new Date(now).toISOString(), unconfirmed: true }
  const ahead = now - serverTime
  return { at: new Date(serverTime).toISOString(), ...(!clocksAgree(ahead) && { ahead }) }
}
