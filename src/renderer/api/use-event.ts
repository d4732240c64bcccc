import { useEffect, useRef } from 'react'
import type { Contract } from '../../shared/contract/contract.ts'
import type { EventData, EventName } from '../../shared/rpc/define.ts'
import { useApi } from './api.tsx'

/** Listens to the core for as long as the component is there; always calls the newest `listener`. */
export function useEvent<E extends EventName<Contract>>(
  event: E,
  listener: (data: EventData<Contract, E>) => void
): void {
  const api = useApi()
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => api.on(event, (data) => latest.current(data)), [api, event])
}
