import type { OutboxItem, Target } from '../../../../shared/contract/publishing.ts'
import { isPausedByHand } from '../../../api/outbox.ts'

/** In the order of the screen: what wants a person first. */
export const outboxGroups = ['stopped', 'underWay', 'waiting', 'hour', 'paused', 'ended'] as const
export type OutboxGroup = (typeof outboxGroups)[number]

export type OutboxListRow =
  | { readonly kind: 'heading'; readonly key: string; readonly name: string; readonly count: number }
  | { readonly kind: 'item'; readonly key: string; readonly item: OutboxItem; readonly group: OutboxGroup }

/** What a pause by hand holds up: everything, or what goes to the CMSs that are named; null where there is none. */
export function saidOfPause(
  targets: readonly Pick<Target, 'name' | 'paused'>[],
  words: { readonly pausedNotice: string; readonly pausedFor: (names: readonly string[]) => string }
): string | null {
  const paused = targets.filter((target) => target.paused === 'by-hand')
  if (paused.length === 0) return null
  return paused.length === targets.length ? words.pausedNotice : words.pausedFor(paused.map(({ name }) => name))
}

export function groupOf(item: Pick<OutboxItem, 'state' | 'problem'>): OutboxGroup {
  switch (item.state) {
    case 'conflict':
    case 'refused':
      return 'stopped'
    case 'paused':
      return isPausedByHand(item) ? 'paused' : 'stopped'
    case 'sending':
      return 'underWay'
    case 'waiting':
      return 'waiting'
    case 'scheduled':
      return 'hour'
    case 'done':
    case 'cancelled':
      return 'ended'
  }
}

/**
 * The deliveries under what they wait for; within a group in the order they leave, what has ended newest first. `items`
 * newest first.
 */
export function rowsByState(
  items: readonly OutboxItem[],
  names: Readonly<Record<OutboxGroup, string>>
): OutboxListRow[] {
  const groups = new Map<OutboxGroup, OutboxItem[]>(outboxGroups.map((group) => [group, []]))
  for (const item of items) groups.get(groupOf(item))?.push(item)
  return outboxGroups.flatMap((group) => {
    const members = groups.get(group) ?? []
    if (group === 'hour') members.sort(byHour)
    else if (group === 'ended') members.sort((a, b) => compare(endedAt(b), endedAt(a)))
    else members.reverse()
    return withHeading(group, names[group], members)
  })
}

/** What is to leave at an hour, under its day; `dayOf` is told the instant in UTC. */
export function rowsByDay(items: readonly OutboxItem[], dayOf: (utc: string) => string): OutboxListRow[] {
  const planned = items.filter((item) => groupOf(item) !== 'ended' && item.notBefore !== null).toSorted(byHour)
  const days = new Map<string, OutboxItem[]>()
  for (const item of planned) {
    const day = dayOf(item.notBefore ?? item.queuedAt)
    const known = days.get(day)
    if (known) known.push(item)
    else days.set(day, [item])
  }
  return [...days].flatMap(([day, members]) => withHeading(day, day, members))
}

function withHeading(key: string, name: string, members: readonly OutboxItem[]): OutboxListRow[] {
  if (members.length === 0) return []
  return [
    { kind: 'heading', key: `heading ${key}`, name, count: members.length },
    ...members.map((item): OutboxListRow => ({ kind: 'item', key: item.id, item, group: groupOf(item) }))
  ]
}

function byHour(a: OutboxItem, b: OutboxItem): number {
  return compare(a.notBefore ?? '', b.notBefore ?? '') || compare(a.queuedAt, b.queuedAt)
}

function endedAt({ receipt, queuedAt }: OutboxItem): string {
  return receipt?.at ?? queuedAt
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
