import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { Language } from '../../../shared/words/language.ts'
import type { Core } from '../../core/core.ts'
import { anonymousId } from '../sessions.ts'

export interface Notice {
  readonly title: string
  readonly body: string
  /** The desk's address it opens. */
  readonly address: string
}

const STOPPED = new Set<OutboxItem['state']>(['paused', 'conflict', 'refused'])

/** The notice for a delivery; null if it was not scheduled, or is still on its way. */
export function noticeOf(item: OutboxItem, words: Language['menu']['scheduled']): Notice | null {
  if (item.planned === null && item.embargo === null) return null
  const { headline, targetName } = item
  const address = `/story/${item.storyId}`
  if (item.state === 'done' && item.purpose === 'publish')
    return { title: words.live(targetName), body: headline, address }
  // Whoever paused it by hand knows.
  const isByHand = item.state === 'paused' && item.problem?.key === 'outbox.pausedByHand'
  return STOPPED.has(item.state) && !isByHand ? { title: words.stopped(targetName), body: headline, address } : null
}

/**
 * Notifies when something scheduled went live or stopped, once each time, if the desk has asked for it. Returns a
 * function that stops it.
 */
export async function tellScheduled(
  core: Core,
  words: Language['menu']['scheduled'],
  tell: (notice: Notice) => void
): Promise<() => void> {
  const states = new Map<string, OutboxItem['state']>()
  const reply = await core.dispatch(
    { id: 0, call: 'settings.get', input: {} },
    { connectionId: anonymousId(), signal: new AbortController().signal }
  )
  let wanted = reply.ok && (reply.output as Settings).notifyScheduled
  return core.subscribe(({ event, data }) => {
    if (event === 'settingsChanged') wanted = (data as Settings).notifyScheduled
    if (event !== 'outboxChanged') return
    const { item } = data as { item: OutboxItem }
    const was = states.get(item.id)
    states.set(item.id, item.state)
    const notice = was === item.state ? null : noticeOf(item, words)
    if (notice && wanted) tell(notice)
  })
}
