import { useMemo } from 'react'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import type { StorySummary } from '../../shared/story/fields.ts'
import type { Status } from '../../shared/story/status.ts'
import type { Strings } from '../strings/strings.ts'
import { isPausedByHand, openItems, useOutbox } from './outbox.ts'

/** What is under way for a story, on any of its sites. */
export type UnderWay = 'planned' | 'queued' | 'withdrawing' | 'stopped'

/** What a story's status leaves out: it is on several sites, and not the same on all. */
export type AlsoOnSites = 'live' | UnderWay | 'withdrawn'

/** In what way each story is under way; stories of which nothing is are left out. The same map while nothing changes. */
export function useUnderWay(): ReadonlyMap<string, readonly UnderWay[]> {
  const items = useOutbox()
  const key = JSON.stringify([...underWay(items)])
  return useMemo(() => new Map(JSON.parse(key) as [string, UnderWay[]][]), [key])
}

export function underWay(
  items: readonly Pick<OutboxItem, 'storyId' | 'state' | 'purpose' | 'problem'>[]
): ReadonlyMap<string, readonly UnderWay[]> {
  const found = new Map<string, UnderWay[]>()
  for (const item of openItems(items)) {
    const how = howUnderWay(item)
    const known = found.get(item.storyId) ?? []
    if (!known.includes(how)) found.set(item.storyId, [...known, how])
  }
  return found
}

function howUnderWay(item: Pick<OutboxItem, 'state' | 'purpose' | 'problem'>): UnderWay {
  if (item.state === 'scheduled' || item.state === 'handed-over') return 'planned'
  const isStopped = item.state === 'conflict' || item.state === 'refused' || item.state === 'paused'
  if (isStopped && !isPausedByHand(item)) return 'stopped'
  return item.purpose === 'withdraw' ? 'withdrawing' : 'queued'
}

/** What to say before and after the status, so that both are true. */
export function alsoOnSites(
  status: Status,
  sites: StorySummary['sites'],
  how: readonly UnderWay[] = []
): readonly AlsoOnSites[] {
  const isLive = sites !== undefined && sites.live > 0
  const saysLive = status === 'published' || status === 'updating'
  const also: AlsoOnSites[] = []
  if (isLive && !saysLive) also.push('live')
  if (how.includes('planned') && status !== 'scheduled') also.push('planned')
  // With any other status it is what that status says, or is being taken back.
  if (how.includes('queued') && saysLive) also.push('queued')
  for (const one of ['withdrawing', 'stopped'] as const) if (how.includes(one)) also.push(one)
  if (isLive && sites.withdrawn > 0) also.push('withdrawn')
  return also
}

/** The status in a word, with what else is true: "Live · Scheduled". */
export function statusOnSites(
  { statusShort, statusAlso }: Pick<Strings, 'statusShort' | 'statusAlso'>,
  status: Status,
  also: readonly AlsoOnSites[]
): string {
  const before = also.filter((one) => one === 'live').map((one) => statusAlso[one])
  const after = also.filter((one) => one !== 'live').map((one) => statusAlso[one])
  return [...before, statusShort[status], ...after].join(' · ')
}

/** Said in place of the status where an older version waits: "Live · Older version waiting · Stopped". */
export function behindOnSites(
  { statusAlso, library }: Pick<Strings, 'statusAlso' | 'library'>,
  waits: 'scheduled' | 'queued',
  also: readonly AlsoOnSites[]
): string {
  const live = also.includes('live') ? [statusAlso.live] : []
  const stopped = also.includes('stopped') ? [statusAlso.stopped] : []
  return [...live, library.behind[waits], ...stopped].join(' · ')
}
