import { useCallback, useEffect, useRef, useState } from 'react'
import { statuses, type Status } from '../../../shared/story/status.ts'
import { useApi } from '../../api/api.tsx'
import { useEvent } from '../../api/use-event.ts'
import { useStrings } from '../../strings/strings.ts'
import { count } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import type { Shown } from './filter.ts'

/** The statuses in use with their counts; a component of its own, so that only it renders when they change. */
export function StatusFilter({ shown, onShow }: { readonly shown: Shown; readonly onShow: (shown: Shown) => void }) {
  const all = useStrings()
  const api = useApi()
  const [byStatus, setByStatus] = useState<Partial<Record<Status, number>>>({})
  const reload = useThrottled(() => {
    api.call.library.counts({}).then(
      (counts) =>
        setByStatus((old) => (JSON.stringify(old) === JSON.stringify(counts.byStatus) ? old : counts.byStatus)),
      () => undefined
    )
  }, 400)
  useEffect(reload, [reload])
  useEvent('storyChanged', reload)
  useEvent('libraryChanged', reload)
  const inAll = statuses.reduce((sum, status) => sum + (status === 'trashed' ? 0 : (byStatus[status] ?? 0)), 0)
  const used = statuses.filter((status) => status === shown || status === 'trashed' || (byStatus[status] ?? 0) > 0)
  return (
    <Select<Shown>
      look="quiet"
      label={all.library.filter}
      value={shown}
      onChange={onShow}
      options={[
        { id: 'all', label: all.library.all, trailing: count(inAll) },
        ...used.map((status) => ({
          id: status,
          label: all.statusShort[status],
          trailing: count(byStatus[status] ?? 0),
          icon: <span className="g-dot" data-status={status} aria-hidden />
        }))
      ]}
    />
  )
}

/** Runs at once, then at most every `ms`, and once more at the end of a burst. */
function useThrottled(run: () => void, ms: number): () => void {
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | null; again: boolean }>({ timer: null, again: false })
  const latest = useRef(run)
  latest.current = run
  return useCallback(() => {
    const now = state.current
    if (now.timer) {
      now.again = true
      return
    }
    latest.current()
    const tick = (): void => {
      now.timer = null
      if (!now.again) return
      now.again = false
      latest.current()
      now.timer = setTimeout(tick, ms)
    }
    now.timer = setTimeout(tick, ms)
  }, [ms])
}
