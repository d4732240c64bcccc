import type { OutboxItem, Standing } from '../../../shared/contract/outbox.ts'
import { useCall } from '../../api/use-call.ts'
import { useRested } from './use-rested.ts'

interface Standings {
  readonly standings: readonly Standing[]
  /** The core has answered, or cannot. */
  readonly areKnown: boolean
}

/** On which CMSs the story is; asked again whenever one of its items comes further or the desk's copy was saved. */
export function useStandings(storyId: string, items: readonly OutboxItem[], revision: number | undefined): Standings {
  // Comparing what is live with the desk reads the whole story: not while somebody types.
  const rested = useRested(revision, 1_000)
  const moved = items.map(({ id, state }) => `${id} ${state}`).join()
  const { data, error } = useCall(
    (call, signal) => call.publishing.standings({ storyId }, signal),
    [storyId, moved, rested]
  )
  return { standings: data ?? NONE, areKnown: data !== undefined || error !== null }
}

const NONE: readonly Standing[] = []
