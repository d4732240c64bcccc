import {
  fromAbsolute,
  type CalendarDate,
  type Time,
  toCalendarDate,
  toCalendarDateTime,
  toTime,
  toZoned
} from '@internationalized/date'

/** What a clock on the wall of a zone shows. */
export interface WallTime {
  readonly date: CalendarDate
  readonly time: Time
  readonly zone: string
}

export interface Resolved {
  /** Milliseconds since 1970, UTC. */
  readonly ms: number
  /**
   * `skipped`: clocks jump over that time there (the moment after the jump is taken); `twice`: clocks show it twice that day.
   */
  readonly note: 'none' | 'skipped' | 'twice'
  /** What the clock shows at `ms`; differs from what was asked when it was skipped. */
  readonly wall: WallTime
}

/** The moment a wall clock means. Of a time that comes twice, the first, or the second where `later`. */
export function momentOf(wall: WallTime, later = false): Resolved {
  const local = toCalendarDateTime(wall.date, wall.time)
  const early = toZoned(local, wall.zone, 'earlier')
  const late = toZoned(local, wall.zone, 'later')
  const same = early.compare(late) === 0
  const back = toCalendarDateTime(late)
  const skipped = !same && back.compare(local) !== 0
  const chosen = skipped || later ? late : early
  const ms = chosen.toDate().getTime()
  return { ms, note: same ? 'none' : skipped ? 'skipped' : 'twice', wall: wallOf(ms, wall.zone) }
}

export function wallOf(ms: number, zone: string): WallTime {
  const zoned = fromAbsolute(ms, zone)
  return { date: toCalendarDate(zoned), time: toTime(zoned), zone }
}

/** Every zone this machine knows, UTC first. */
export function allZones(): readonly string[] {
  zones ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return zones
}
let zones: readonly string[] | undefined
