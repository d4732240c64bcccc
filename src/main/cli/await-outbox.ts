import type { Contract } from '../../shared/contract/contract.ts'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'

/** Between two looks at the outbox, in milliseconds. */
const LOOK_EVERY = 250

export interface Patience {
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Told how it is at each look. */
  readonly progress: (line: string) => void
}

/** The item as it has come to rest, or as it is when the time is up. */
export async function settled(
  { call }: Connection<Contract>,
  queued: OutboxItem,
  { timeoutSeconds, signal, progress }: Patience
): Promise<OutboxItem> {
  const end = performance.now() + timeoutSeconds * 1000
  let item = queued
  while (!isSettled(item) && performance.now() < end && !signal.aborted) {
    progress(`${item.state} …`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    item = (await call.publishing.outbox({ storyId: queued.storyId })).find(({ id }) => id === queued.id) ?? item
  }
  return item
}

/** 0: done, or left with the CMS for its hour; 4: a person is needed; 5: not done in time, and still queued. */
export function exitCodeFor(item: OutboxItem): ExitCode {
  if (item.state === 'done' || item.state === 'handed-over') return EXIT.ok
  return isSettled(item) ? EXIT.refused : EXIT.unreachable
}

function isSettled({ state }: OutboxItem): boolean {
  return ['done', 'handed-over', 'refused', 'conflict', 'paused', 'cancelled'].includes(state)
}
