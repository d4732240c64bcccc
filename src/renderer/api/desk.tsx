import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react'
import type { Settings } from '../../shared/contract/settings.ts'
import type { Client } from '../../shared/rpc/define.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { sameJson } from '../../shared/lib/same-json.ts'
import { toWireError, type WireError } from '../../shared/rpc/errors.ts'
import { useApi } from './api.tsx'
import { createStore, useStore, type Store } from './store.ts'

export type AppInfo = Awaited<ReturnType<Client<Contract>['app']['info']>>

export interface DeskFacts {
  readonly info: AppInfo
  readonly settings: Settings
  /** What this desk asks of its stories. */
  readonly checks: Awaited<ReturnType<Client<Contract>['checks']['profile']>>
}

interface Desk {
  readonly facts: Store<DeskFacts | null>
  readonly problem: Store<WireError | null>
}

const Context = createContext<Desk | null>(null)

/** Holds what every part of the desk needs to know: the host's facts and the settings, kept current. */
export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi()
  const desk = useMemo<Desk>(
    () => ({ facts: createStore<DeskFacts | null>(null), problem: createStore<WireError | null>(null) }),
    []
  )
  useEffect(() => {
    const abort = new AbortController()
    const load = (): void => {
      Promise.all([
        api.call.app.info({}, abort.signal),
        api.call.settings.get({}, abort.signal),
        api.call.checks.profile({}, abort.signal)
      ]).then(
        ([info, settings, checks]) => {
          desk.problem.set(null)
          desk.facts.set({ info, settings, checks })
        },
        (thrown: unknown) => {
          if (!abort.signal.aborted) desk.problem.set(toWireError(thrown))
        }
      )
    }
    load()
    const offSettings = api.on('settingsChanged', (settings) => {
      const facts = desk.facts.get()
      if (!facts) return
      desk.facts.set({ ...facts, settings })
      if (!sameJson(facts.settings.checkProfile, settings.checkProfile)) load()
    })
    const offLink = api.link.subscribe(() => {
      if (api.link.get() === 'connected') load()
    })
    return () => {
      abort.abort()
      offSettings()
      offLink()
    }
  }, [api, desk])
  return <Context value={desk}>{children}</Context>
}

function useDesk(): Desk {
  const desk = useContext(Context)
  if (!desk) throw new Error('The desk’s facts need a DeskProvider above')
  return desk
}

/** Null until the core has answered for the first time. */
export function useDeskFacts(): DeskFacts | null {
  return useStore(useDesk().facts)
}

export function useDeskProblem(): WireError | null {
  return useStore(useDesk().problem)
}

/** For parts that are only shown once the facts are there. */
export function useSettings(): Settings {
  const facts = useDeskFacts()
  if (!facts) throw new Error('The settings are not loaded yet')
  return facts.settings
}

/** The zone that instants are shown in; this machine's until the settings are there. */
export function useDeskZone(): string {
  return useDeskFacts()?.settings.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function useAppInfo(): AppInfo {
  const facts = useDeskFacts()
  if (!facts) throw new Error('The host’s facts are not loaded yet')
  return facts.info
}
