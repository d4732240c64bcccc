import { isWritableYear, type Instant } from '../../shared/story/instant.ts'
import { momentOf, wallOf, type WallTime } from './zoned-time.ts'

/** What a date and time typed by hand means. */
export type Entry =
  | {
      readonly kind: 'instant'
      readonly instant: Instant
      /** The clocks there skip what was typed: what the instant shows instead. */
      readonly skippedTo: WallTime | null
    }
  /** The clocks there show that time twice: a person says which. */
  | { readonly kind: 'twice'; readonly first: Instant; readonly second: Instant }
  /** Before the year 1 or after 9999, in UTC. */
  | { readonly kind: 'beyond' }

export function enter(wall: WallTime): Entry {
  const first = momentOf(wall)
  const instant = typed(first.ms, wall.zone)
  const second = typed(momentOf(wall, true).ms, wall.zone)
  if (!isWritableYear(instant.utc) || !isWritableYear(second.utc)) return { kind: 'beyond' }
  if (first.note === 'twice') return { kind: 'twice', first: instant, second }
  return { kind: 'instant', instant, skippedTo: first.note === 'skipped' ? first.wall : null }
}

/** The other instant at which the clocks show the same; null for most. */
export function twinOf({ utc, zone }: Instant): Instant | null {
  const entry = enter(wallOf(Date.parse(utc), zone))
  if (entry.kind !== 'twice') return null
  return entry.first.utc === utc ? entry.second : entry.first
}

function typed(ms: number, zone: string): Instant {
  return { utc: new Date(ms).toISOString(), zone, origin: 'typed' }
}
