import type { Contract } from '../../shared/contract/contract.ts'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'

/** Time between two checks of the outbox, in milliseconds. */
const LOOK_EVERY = 250

export interface Patience {
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Called with the state at each check. */
  readonly progress: (line: string) => void
}

/** Waits until the item comes to rest, and returns it; after the timeout, returns it as it is. */
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

/** 0: done, or scheduled on the CMS; 4: a person is needed; 5: not done in time, and still queued. */
export function exitCodeFor(item: OutboxItem): ExitCode {
  if (item.state === 'done' || item.state === 'handed-over') return EXIT.ok
  return isSettled(item) ? EXIT.refused : EXIT.unreachable
}

function isSettled({ state }: OutboxItem): boolean {
  return ['done', 'handed-over', 'refused', 'conflict', 'paused', 'cancelled'].includes(state)
}
