import { useCallback, useEffect, useRef, useState } from 'react'
import { toWireError, type WireError } from '../../shared/rpc/errors.ts'
import { useApi, type Api } from './api.tsx'

export interface Called<T> {
  /** The last result; stays in sight while a newer one is on its way. */
  readonly data: T | undefined
  readonly error: WireError | null
  readonly loading: boolean
  readonly reload: () => void
}

/**
 * Asks the core when `deps` change. An answer that comes after the next question is dropped, and the superseded request
 * is cancelled.
 */
export function useCall<T>(
  ask: (call: Api['call'], signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[]
): Called<T> {
  const api = useApi()
  const [state, setState] = useState<{ data: T | undefined; error: WireError | null; loading: boolean }>({
    data: undefined,
    error: null,
    loading: true
  })
  const [round, setRound] = useState(0)
  const latest = useRef(ask)
  const lastRound = useRef(0)
  latest.current = ask
  useEffect(() => {
    const abort = new AbortController()
    const isReload = lastRound.current !== round
    lastRound.current = round
    // The old result stays until the new one is there: no render for nothing.
    setState((old) => (old.data === undefined || !isReload ? { ...old, loading: true } : old))
    latest.current(api.call, abort.signal).then(
      (data) => {
        if (!abort.signal.aborted)
          setState((old) =>
            old.error === null && !old.loading && isSame(old.data, data) ? old : { data, error: null, loading: false }
          )
      },
      (thrown: unknown) => {
        if (!abort.signal.aborted) setState((old) => ({ data: old.data, error: toWireError(thrown), loading: false }))
      }
    )
    return () => abort.abort()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the caller says what the question depends on
  }, [api, round, ...deps])
  return { ...state, reload: useCallback(() => setRound((old) => old + 1), []) }
}

/** Small results (counts, settings) often come back as they were; long ones are taken as new without a look. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(b) && b.length > 100) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
