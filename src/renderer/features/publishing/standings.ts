import type { OutboxItem, Receipt, Standing } from '../../../shared/contract/outbox.ts'
import { useCall } from '../../api/use-call.ts'
import { useRested } from './use-rested.ts'

interface Standings {
  readonly standings: readonly Standing[]
  /** The core has replied or has failed to. */
  readonly areKnown: boolean
}

/** The CMSs the story is on; loaded again whenever one of its deliveries advances or the story is saved. */
export function useStandings(storyId: string, items: readonly OutboxItem[], revision: number | undefined): Standings {
  // Comparing the live version with the desk's reads the whole story, so it waits until typing stops.
  const rested = useRested(revision, 1_000)
  const moved = items.map(({ id, state }) => `${id} ${state}`).join()
  const { data, error } = useCall(
    (call, signal) => call.publishing.standings({ storyId }, signal),
    [storyId, moved, rested]
  )
  return { standings: data ?? NONE, areKnown: data !== undefined || error !== null }
}

/** The text of its receipt is what readers have there: nothing else was found there since. */
export function isTextKnown({ receipt }: Standing): boolean {
  return receipt !== null && receipt.since === undefined
}

/** The address of the page that readers see; null if they see none. */
export function livePage({ url, withdrawn, since }: Pick<Receipt, 'url' | 'withdrawn' | 'since'>): string | null {
  return withdrawn || since === 'gone' ? null : url || null
}

const NONE: readonly Standing[] = []
