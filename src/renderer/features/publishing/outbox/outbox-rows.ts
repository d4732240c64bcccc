import type { OutboxItem } from '../../../../shared/contract/outbox.ts'
import type { Target } from '../../../../shared/contract/publishing.ts'
import { isPausedByHand, replacedOnes } from '../../../api/outbox.ts'

/** In screen order: what needs a person comes first. */
export const outboxGroups = ['stopped', 'underWay', 'waiting', 'hour', 'paused', 'ended'] as const
export type OutboxGroup = (typeof outboxGroups)[number]

/** An embargo that has not ended yet. */
export interface Embargo {
  readonly storyId: string
  readonly headline: string
  /** UTC. */
  readonly until: string
}

export type OutboxListRow =
  | { readonly kind: 'heading'; readonly key: string; readonly name: string; readonly count: number }
  | {
      readonly kind: 'item'
      readonly key: string
      readonly item: OutboxItem
      readonly group: OutboxGroup
      /** Something newer of the story has taken its place. */
      readonly isReplaced?: true
      /** Listed by day. */
      readonly isPlanned?: true
    }
  | {
      readonly kind: 'embargo'
      readonly key: string
      readonly embargo: Embargo
      /** The targets for which deliveries of the story wait. */
      readonly waitsFor: readonly string[]
    }

/** A row that can be selected. */
export type OutboxChoice = Exclude<OutboxListRow, { readonly kind: 'heading' }>

export function isChoice(row: OutboxListRow | undefined): row is OutboxChoice {
  return row !== undefined && row.kind !== 'heading'
}

export function storyOf(row: OutboxChoice): string {
  return row.kind === 'item' ? row.item.storyId : row.embargo.storyId
}

/**
 * The sentence about targets paused by hand: whether everything is held up or only the named CMSs, and that a CMS which
 * already has a story will publish it anyway. Null if nothing is paused by hand.
 */
export function saidOfPause(
  targets: readonly Pick<Target, 'id' | 'name' | 'paused'>[],
  items: readonly Pick<OutboxItem, 'targetId' | 'handedOver'>[],
  words: {
    readonly pausedNotice: string
    readonly pausedFor: (names: readonly string[]) => string
    readonly pausedThere: string
  }
): string | null {
  const paused = targets.filter((target) => target.paused === 'by-hand')
  if (paused.length === 0) return null
  const held = paused.length === targets.length ? words.pausedNotice : words.pausedFor(paused.map(({ name }) => name))
  const isThere = items.some(
    ({ targetId, handedOver }) => handedOver !== null && paused.some(({ id }) => id === targetId)
  )
  return isThere ? `${held} ${words.pausedThere}` : held
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
    case 'handed-over':
      return 'hour'
    case 'done':
    case 'cancelled':
      return 'ended'
  }
}

/**
 * Groups the deliveries by what they wait for. Within a group they are in the order they leave, except that finished
 * ones are newest first. `items` newest first.
 */
export function rowsByState(
  items: readonly OutboxItem[],
  names: Readonly<Record<OutboxGroup, string>>
): OutboxListRow[] {
  const replaced = replacedOnes(items)
  const groups = new Map<OutboxGroup, OutboxItem[]>(outboxGroups.map((group) => [group, []]))
  for (const item of items) groups.get(groupOf(item))?.push(item)
  return outboxGroups.flatMap((group) => {
    const members = groups.get(group) ?? []
    if (group === 'hour') members.sort(byHour)
    else if (group === 'ended') members.sort((a, b) => compare(endedAt(b), endedAt(a)))
    else members.reverse()
    return withHeading(
      group,
      names[group],
      members.map((item) => ({
        kind: 'item',
        key: item.id,
        item,
        group,
        ...(replaced.has(item.id) && { isReplaced: true })
      }))
    )
  })
}

/**
 * Deliveries with an hour and the embargoes still to come, in order under their days; `dayOf` receives the instant in
 * UTC. An embargo that ends at the hour of one of its story's deliveries gets no row of its own.
 */
export function rowsByDay(
  items: readonly OutboxItem[],
  embargoes: readonly Embargo[],
  dayOf: (utc: string) => string
): OutboxListRow[] {
  const open = items.filter((item) => groupOf(item) !== 'ended')
  const deliveries = open.flatMap((item) =>
    item.notBefore === null
      ? []
      : [
          {
            at: item.notBefore,
            row: { kind: 'item', key: item.id, item, group: groupOf(item), isPlanned: true } as const
          }
        ]
  )
  const held = embargoes.flatMap((embargo) => {
    const own = open.filter(({ storyId }) => storyId === embargo.storyId)
    if (own.some(({ notBefore }) => notBefore !== null && Date.parse(notBefore) === Date.parse(embargo.until)))
      return []
    const waitsFor = own.map(({ targetName }) => targetName)
    return [
      { at: embargo.until, row: { kind: 'embargo', key: `embargo-${embargo.storyId}`, embargo, waitsFor } as const }
    ]
  })
  const planned = [...deliveries, ...held].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const days = new Map<string, OutboxChoice[]>()
  for (const { at, row } of planned) {
    const day = dayOf(at)
    const known = days.get(day)
    if (known) known.push(row)
    else days.set(day, [row])
  }
  return [...days].flatMap(([day, members]) => withHeading(day, day, members))
}

function withHeading(key: string, name: string, members: readonly OutboxChoice[]): OutboxListRow[] {
  if (members.length === 0) return []
  return [{ kind: 'heading', key: `heading ${key}`, name, count: members.length }, ...members]
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
