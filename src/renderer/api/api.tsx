import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { createClient, type Connection, type Transport } from '../../shared/rpc/client.ts'
import type { Readable } from './store.ts'

/** How the line to the core is. `lost` means only opening Galley again helps. */
export type LinkState = 'connected' | 'reconnecting' | 'lost'

/** The one line of this window, as `host/connect` opens it. */
export interface Line {
  readonly transport: Transport
  /** The id this window's changes are known by: `by` of `storyChanged`. */
  readonly connectionId: string
  /** What a plain request to the page's own origin carries besides the cookie. */
  readonly headers: Readonly<Record<string, string>>
  readonly link: Readable<LinkState>
  /** Tells the host that the desk is drawn and hears what it is asked to show. */
  listening(): void
}

export interface Api extends Connection<Contract> {
  readonly connectionId: string
  readonly headers: Line['headers']
  readonly link: Readable<LinkState>
  readonly listening: Line['listening']
}

const Context = createContext<Api | null>(null)

export function ApiProvider({ line, children }: { readonly line: Line; readonly children: ReactNode }) {
  const api = useMemo(
    () => ({
      ...createClient(contract, line.transport),
      connectionId: line.connectionId,
      headers: line.headers,
      link: line.link,
      listening: () => line.listening()
    }),
    [line]
  )
  return <Context value={api}>{children}</Context>
}

/** The core, typed: `useApi().call.stories.get({ id })`, `.on('outboxChanged', …)`. */
export function useApi(): Api {
  const api = useContext(Context)
  if (!api) throw new Error('useApi needs an ApiProvider above it')
  return api
}
