import { useEffect, useState } from 'react'
import type { LibraryFilter, SearchHit } from '../../../shared/contract/library.ts'
import { useApi } from '../../api/api.tsx'
import { useEvent } from '../../api/use-event.ts'

export interface SearchState {
  /** The words the hits are for; null while nothing is searched. */
  readonly text: string | null
  readonly hits: readonly SearchHit[]
  readonly more: boolean
  readonly failed: boolean
}

const none: SearchState = { text: null, hits: [], more: false, failed: false }
const LIMIT = 100
/** After this pause the hits are put in order of how well they fit. */
const PAUSE_MS = 600

/** Newest hits at every key, best first after a pause. A question that is overtaken is cancelled; old hits stay until the new are there. */
export function useSearch(typed: string, filter: LibraryFilter): SearchState {
  const api = useApi()
  const [state, setState] = useState<SearchState>(none)
  const [round, setRound] = useState(0)
  const text = typed.trim()
  const filterKey = JSON.stringify(filter)

  useEvent('articleChanged', () => { if (text !== '') setRound((old) => old + 1) })

  useEffect(() => {
    if (text === '') { setState(none); return }
    const abort = new AbortController()
    const ask = (order: 'newest' | 'best'): void => {
      api.call.library.search({ text, filter: JSON.parse(filterKey) as LibraryFilter, order, limit: LIMIT }, abort.signal).then(
        (page) => { if (!abort.signal.aborted) setState({ text, hits: page.hits, more: page.more, failed: false }) },
        () => { if (!abort.signal.aborted) setState((old) => ({ ...old, text, failed: true })) }
      )
    }
    ask('newest')
    const timer = setTimeout(() => ask('best'), PAUSE_MS)
    return () => { abort.abort(); clearTimeout(timer) }
  }, [api, text, filterKey, round])

  return state
}
