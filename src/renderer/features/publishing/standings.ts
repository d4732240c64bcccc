import { useEffect, useState } from 'react'
import type { OutboxItem, Standing } from '../../../shared/contract/publishing.ts'
import { useCall } from '../../api/use-call.ts'

/** On which CMSs the story is; asked again whenever one of its items comes further or the desk's copy was saved. */
export function useStandings(
  storyId: string,
  items: readonly OutboxItem[],
  revision: number | undefined
): readonly Standing[] {
  // Comparing what is live with the desk reads the whole story: not while somebody types.
  const rested = useRested(revision, 1_000)
  const moved = items.map(({ id, state }) => `${id} ${state}`).join()
  return useCall((call, signal) => call.publishing.standings({ storyId }, signal), [storyId, moved, rested]).data ?? []
}

/** The value as it is once it has not changed for so long, in milliseconds. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}
