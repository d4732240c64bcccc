import type { Instant } from '../../../shared/story/instant.ts'
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
  /** It cannot leave at this moment. */
  readonly isOffline: boolean
}

/** What the publish button does, in its own words. `now` in milliseconds UTC. */
export function publishLabel(
  words: Strings['publishing'],
  { target, at, embargo, isLive, isCurrent, isOffline }: Intended,
  now: number
): string {
  const hours = [at, embargo].filter((hour): hour is Instant => hour !== null && Date.parse(hour.utc) > now)
  const later = hours.reduce<Instant | null>((last, hour) => (last && last.utc > hour.utc ? last : hour), null)
  if (isLive && isCurrent) return words.nothingToUpdate
  if (later) return words.scheduleFor(moment(later.utc, later.zone), target)
  if (isLive) return words.updateOn(target)
  return isOffline ? words.queueFor(target) : words.publishTo(target)
}
