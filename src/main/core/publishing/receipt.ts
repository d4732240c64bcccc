import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { clocksAgree, isPlausible } from './clocks.ts'
import type { Proof } from './delivery.ts'

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
