import type { Instant } from '../../../shared/story/instant.ts'
import type { OutboxItem } from '../../../shared/contract/publishing.ts'
import type { Strings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'

export interface Intended {
  readonly target: string
  /** The hour that is planned; null: now. */
  readonly at: Instant | null
  readonly embargo: Instant | null
  readonly isLive: boolean
  /** What is live is what is on the desk. */
  readonly isCurrent: boolean
  /** This very copy is on its way there already, for the same hour; null: it is not. */
  readonly onItsWay?: OutboxItem['state'] | null
  /** It cannot leave at this moment. */
  readonly isOffline: boolean
}

/** What the publish button does, in its own words. `now` in milliseconds UTC. */
export function publishLabel(
  words: Strings['publishing'],
  { target, at, embargo, isLive, isCurrent, onItsWay = null, isOffline }: Intended,
  now: number
): string {
  const hours = [at, embargo].filter((hour): hour is Instant => hour !== null && Date.parse(hour.utc) > now)
  const later = hours.reduce<Instant | null>((last, hour) => (last && last.utc > hour.utc ? last : hour), null)
  if (onItsWay === 'sending') return words.onItsWay(target)
  if (onItsWay !== null)
    return later ? words.isScheduled(moment(later.utc, later.zone), target) : words.isQueued(target)
  if (isLive && isCurrent) return words.nothingToUpdate
  if (later) return words.scheduleFor(moment(later.utc, later.zone), target)
  if (isLive) return words.updateOn(target)
  return isOffline ? words.queueFor(target) : words.publishTo(target)
}

/**
 * When a story leaves for a target if nobody says anything else: at the hour it has, else at the one its approval waits
 * for there, else at the first that it waits for elsewhere. As `publish` has it in the core. `now` in milliseconds UTC.
 */
export function hourOf(
  items: readonly Pick<OutboxItem, 'targetId' | 'state' | 'purpose' | 'planned'>[],
  { targetId, planned }: { readonly targetId: string | undefined; readonly planned: Instant | null },
  now: number
): Instant | null {
  if (planned) return planned
  const waiting = waitingFor(items, targetId)
  if (waiting) return waiting.planned
  return items
    .filter((item) => waitingFor([item], item.targetId))
    .flatMap((item) => (item.planned && Date.parse(item.planned.utc) > now ? item.planned : []))
    .reduce<Instant | null>((first, one) => (first && first.utc <= one.utc ? first : one), null)
}

/** The hour that a delivery waits for, while it lies ahead. `now` in milliseconds UTC. */
export function hourAhead(
  { planned, embargo, notBefore }: Pick<OutboxItem, 'planned' | 'embargo' | 'notBefore'>,
  now: number
): Instant | null {
  if (notBefore === null || Date.parse(notBefore) <= now) return null
  return planned && Date.parse(planned.utc) === Date.parse(notBefore) ? planned : embargo
}

/** The approved copy on its way to a target that approving again, for that hour, would only repeat. */
export function alreadyOnItsWay(
  items: readonly Pick<OutboxItem, 'targetId' | 'state' | 'purpose' | 'behind' | 'revision' | 'planned'>[],
  { targetId, revision, at }: { readonly targetId: string; readonly revision: number; readonly at: Instant | null }
): OutboxItem['state'] | null {
  const item = waitingFor(items, targetId)
  if (!item || item.behind || revision > item.revision) return null
  return (item.planned?.utc ?? null) === (at?.utc ?? null) ? item.state : null
}

/** The delivery that waits, or is on its way, to a target. */
export function waitingFor<Item extends Pick<OutboxItem, 'targetId' | 'state' | 'purpose'>>(
  items: readonly Item[],
  targetId: string | undefined
): Item | undefined {
  return items.find(
    (item) =>
      item.targetId === targetId &&
      item.purpose === 'publish' &&
      (item.state === 'waiting' || item.state === 'scheduled' || item.state === 'sending' || item.state === 'paused')
  )
}
