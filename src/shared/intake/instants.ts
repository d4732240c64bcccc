import type { Instant } from '../story/instant.ts'
import type { IntakeReview } from '../contract/intake.ts'
import type { LocalTime, ReadDate } from './dates.ts'

/** Wall clock to UTC; needs time zone rules, so the core lends it. */
export type ToUtc = (
  local: LocalTime,
  zone: string
) => {
  /** Milliseconds since 1970 UTC. */
  readonly ms: number
  /** The clock showed this time never (spring) or twice (autumn) that day. */
  readonly problem: 'gap' | 'overlap' | null
}

export type IntakeWarning = IntakeReview['warnings'][number]

export interface ReadInstant {
  readonly instant: Instant
  readonly warnings: readonly IntakeWarning[]
}

/**
 * A date as words becomes an instant: in the zone the words name, or else in the desk's. What had to be decided for the
 * words comes back as warnings, none of it silently.
 */
export function toInstant(date: ReadDate, words: string, deskZone: string, toUtc: ToUtc): ReadInstant {
  const warnings: IntakeWarning[] = []
  const source = words.trim().slice(0, 200)
  const warn = (code: string, message: string) => warnings.push({ code, message: `“${source}”: ${message}` })
  let ms: number
  let zone = deskZone
  if (date.offset !== null) {
    ms =
      Date.UTC(
        date.local.year,
        date.local.month - 1,
        date.local.day,
        date.local.hour,
        date.local.minute,
        date.local.second
      ) -
      date.offset * 60_000
    // A bare offset settles the moment but is no zone to read a clock in.
    zone = date.zone ?? deskZone
  } else {
    zone = date.zone ?? deskZone
    const found = toUtc(date.local, zone)
    ms = found.ms
    if (found.problem === 'gap')
      warn('time_skipped', `the clocks in ${zone} went forward past that time; the time after the change is used.`)
    if (found.problem === 'overlap')
      warn('time_twice', `the clocks in ${zone} showed that time twice; the first is used.`)
  }
  if (date.dayMonthUnclear) warn('date_unclear', 'day and month could be either way round; read with the day first.')
  if (date.zoneUnclear) warn('zone_unclear', `the letters stand for more than one time zone; read as ${zone}.`)
  if (date.unknownZone !== null)
    warn('zone_unknown', `“${date.unknownZone}” is no time zone Galley knows; read in ${zone}. Which zone is it?`)
  if (date.wrongWeekday) warn('weekday_differs', 'the date falls on another day of the week than the page says.')
  if (!date.hasTime) warn('no_time', 'no time of day is given; midnight is used.')
  return { instant: { utc: new Date(ms).toISOString(), zone, origin: 'intake', source }, warnings }
}
