import { useMemo } from 'react'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import type { StorySummary } from '../../shared/story/fields.ts'
import type { Status } from '../../shared/story/status.ts'
import type { Strings } from '../strings/strings.ts'
import { isPausedByHand, openItems, useOutbox } from './outbox.ts'

/** What is under way for a story, on any of its sites. */
export type UnderWay = 'planned' | 'queued' | 'withdrawing' | 'paused' | 'stopped'

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
  if (isPausedByHand(item)) return 'paused'
  if (item.state === 'conflict' || item.state === 'refused' || item.state === 'paused') return 'stopped'
  return item.purpose === 'withdraw' ? 'withdrawing' : 'queued'
}

/** A story's status as it is said, and what is said with it so that both are true. */
export interface StatusOnSites {
  readonly status: Status
  readonly also: readonly AlsoOnSites[]
}

export function onSites(status: Status, sites: StorySummary['sites'], how: readonly UnderWay[] = []): StatusOnSites {
  // An hour that came after the approval, such as an embargo's.
  const said = status === 'approved' && how.includes('planned') ? 'scheduled' : status
  const isLive = sites !== undefined && sites.live > 0
  const saysLive = said === 'published' || said === 'updating'
  const also: AlsoOnSites[] = []
  if (isLive && !saysLive) also.push('live')
  if (how.includes('planned') && said !== 'scheduled') also.push('planned')
  if (how.includes('queued') && !saysQueued(said, how)) also.push('queued')
  for (const one of ['withdrawing', 'paused', 'stopped'] as const) if (how.includes(one)) also.push(one)
  if (isLive && sites.withdrawn > 0) also.push('withdrawn')
  return { status: said, also }
}

/** Whether a status says by itself that something leaves, or that it is being taken back. */
function saysQueued(status: Status, how: readonly UnderWay[]): boolean {
  if (status === 'approved') return how.every((one) => one === 'queued')
  return status === 'draft' || status === 'killed' || status === 'trashed'
}

/** The status in a word, with what else is true: "Live · Scheduled". */
export function statusOnSites(
  { statusShort, statusAlso }: Pick<Strings, 'statusShort' | 'statusAlso'>,
  { status, also }: StatusOnSites
): string {
  const before = also.filter((one) => one === 'live').map((one) => statusAlso[one])
  const after = also.filter((one) => one !== 'live').map((one) => statusAlso[one])
  return [...before, statusShort[status], ...after].join(' · ')
}

/** The same for a screen reader, in the long form. */
export function statusReadOut(
  { status: names, statusAlso }: Pick<Strings, 'status' | 'statusAlso'>,
  { status, also }: StatusOnSites
): string {
  return [names[status], ...also.map((one) => statusAlso[one])].join(', ')
}

/** Said in place of the status where an older version waits: "Live · Older version waiting · Stopped". */
export function behindOnSites(
  { statusAlso, library }: Pick<Strings, 'statusAlso' | 'library'>,
  waits: 'scheduled' | 'queued',
  { also }: StatusOnSites,
  how: readonly UnderWay[] = []
): string {
  const saidBy = waits === 'scheduled' ? 'planned' : 'queued'
  const order = ['planned', 'queued', 'withdrawing', 'paused', 'stopped'] as const
  const after = [
    ...order.filter((one) => how.includes(one) && one !== saidBy),
    ...also.filter((one) => one === 'withdrawn')
  ]
  const live = also.includes('live') ? [statusAlso.live] : []
  return [...live, library.behind[waits], ...after.map((one) => statusAlso[one])].join(' · ')
}
