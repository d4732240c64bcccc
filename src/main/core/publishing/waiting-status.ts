import type { Status } from '../../../shared/story/status.ts'
import { heldUntil, type OutboxRow } from '../store/outbox.ts'

type Waiting = Pick<OutboxRow, 'purpose' | 'notBefore' | 'hold'>

/** The status of a story that readers do not have yet, by its open deliveries. `now` in milliseconds UTC. */
export function waitingStatus(rows: readonly Waiting[], now: number): Status {
  if (!rows.some(({ purpose }) => purpose === 'publish')) return 'ready'
  return waitsForHour(rows, now) ? 'scheduled' : 'approved'
}

/** Whether one of them waits for its hour. The story is then scheduled, in whatever order it was approved for its sites. */
export function waitsForHour(rows: readonly Waiting[], now: number): boolean {
  return rows.some((row) => row.purpose === 'publish' && Date.parse(heldUntil(row) ?? '') > now)
}
