import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { createClient, type Connection, type Transport } from '../../shared/rpc/client.ts'
import type { Readable } from './store.ts'

/** How the line to the core is. `lost` means only opening Galley again helps. */
export type LinkState = 'connected' | 'reconnecting' | 'lost'

export interface Api extends Connection<Contract> {
  readonly link: Readable<LinkState>
}

const Context = createContext<Api | null>(null)

export function ApiProvider({ transport, link, children }: { readonly transport: Transport; readonly link: Readable<LinkState>; readonly children: ReactNode }) {
  const api = useMemo(() => ({ ...createClient(contract, transport), link }), [transport, link])
  return <Context value={api}>{children}</Context>
}

/** The core, typed: `useApi().call.articles.get({ id })`, `.on('outboxChanged', …)`. */
export function useApi(): Api {
  const api = useContext(Context)
  if (!api) throw new Error('useApi needs an ApiProvider above it')
  return api
}
