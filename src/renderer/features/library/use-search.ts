import { useEffect, useRef, useState } from 'react'
import type { LibraryFilter, SearchHit } from '../../../shared/contract/library.ts'
import { useApi } from '../../api/api.tsx'
import { useEvent } from '../../api/use-event.ts'

export interface SearchState {
  /** The text the hits are for; null while there is no search. */
  readonly text: string | null
  readonly hits: readonly SearchHit[]
  readonly more: boolean
  readonly failed: boolean
}

const none: SearchState = { text: null, hits: [], more: false, failed: false }
const LIMIT = 100
/** After a pause this long, in ms, the hits are sorted by relevance. */
const PAUSE_MS = 600

/**
 * Newest hits first at every key, best first after a pause. A superseded request is cancelled; old hits stay until new
 * ones arrive, and a story that changes meanwhile does not reorder them.
 */
export function useSearch(typed: string, filter: LibraryFilter): SearchState {
  const api = useApi()
  const [state, setState] = useState<SearchState>(none)
  const askAgain = useRef<() => void>(() => undefined)
  const text = typed.trim()
  const filterKey = JSON.stringify(filter)

  // Many stories may change at once: the search is repeated when that is over.
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const askSoon = (): void => {
    clearTimeout(soon.current)
    soon.current = setTimeout(() => askAgain.current(), 120)
  }
  useEvent('storyChanged', askSoon)
  useEvent('libraryChanged', askSoon)

  useEffect(() => {
    if (text === '') {
      setState(none)
      return
    }
    let order: 'newest' | 'best' = 'newest'
    let asked = new AbortController()
    const ask = (): void => {
      asked.abort()
      const { signal } = (asked = new AbortController())
      api.call.library
        .search({ text, filter: JSON.parse(filterKey) as LibraryFilter, order, limit: LIMIT }, signal)
        .then(
          (page) => {
            if (!signal.aborted) setState({ text, hits: page.hits, more: page.more, failed: false })
          },
          () => {
            if (!signal.aborted) setState((old) => ({ ...old, text, failed: true }))
          }
        )
    }
    ask()
    askAgain.current = ask
    const timer = setTimeout(() => {
      order = 'best'
      ask()
    }, PAUSE_MS)
    return () => {
      asked.abort()
      clearTimeout(timer)
      askAgain.current = () => undefined
    }
  }, [api, text, filterKey])

  return state
}
