import { useEffect, useRef, useState } from 'react'
import type { Settings } from '../../../shared/contract/settings.ts'
import { isWebAddress } from '../../../shared/lib/web-address.ts'
import { useApi } from '../../api/api.tsx'
import { useSettings } from '../../api/desk.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { isWhole } from './web-links.ts'

/** What is in the fields, saved half a second after the last change; values that do not fit stay here until they do. */
export function useSettingsDraft(): { draft: Settings; change: (news: Partial<Settings>) => void } {
  const api = useApi()
  const stored = useSettings()
  const [news, setNews] = useState<Partial<Settings>>({})
  const waiting = useRef<Partial<Settings>>({})
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const save = (): void => {
    const fit = Object.fromEntries(
      Object.entries(waiting.current).filter(([key, value]) => fits(key, value))
    ) as Partial<Settings>
    waiting.current = {}
    if (Object.keys(fit).length > 0) api.call.settings.set(fit).catch(sayFailure)
  }
  const latest = useRef(save)
  latest.current = save
  useEffect(
    () => () => {
      if (timer.current) {
        clearTimeout(timer.current)
        latest.current()
      }
    },
    []
  )
  return {
    draft: { ...stored, ...news },
    change(more) {
      setNews((old) => ({ ...old, ...more }))
      waiting.current = { ...waiting.current, ...more }
      if (timer.current) clearTimeout(timer.current)
      timer.current = setTimeout(() => latest.current(), 400)
    }
  }
}

function fits(key: string, value: unknown): boolean {
  if (key === 'siteUrl' || key === 'logoUrl') return value === '' || isWebAddress(String(value))
  if (key === 'channels' || key === 'related') return (value as Settings['channels']).every(isWhole)
  return true
}
