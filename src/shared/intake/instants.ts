import type { Instant } from '../story/instant.ts'
import type { IntakeReview } from '../contract/intake.ts'
import type { LocalTime, ReadDate } from './dates.ts'
import { say, type Message } from '../words/message.ts'

/** Wall clock to UTC; needs time zone rules, so the core provides it. */
export type ToUtc = (
  local: LocalTime,
  zone: string
) => {
  /** Milliseconds since 1970 UTC. */
  readonly ms: number
  /** The clock showed this time never (in spring) or twice (in autumn) that day. */
  readonly problem: 'gap' | 'overlap' | null
}

export type IntakeWarning = IntakeReview['warnings'][number]

export interface ReadInstant {
  readonly instant: Instant
  readonly warnings: readonly IntakeWarning[]
}

/**
 * Turns a written date into an instant, in the zone the words name or else in the desk's. Every assumption made is
 * returned as a warning.
 */
export function toInstant(date: ReadDate, words: string, deskZone: string, toUtc: ToUtc): ReadInstant {
  const warnings: IntakeWarning[] = []
  const source = words.trim().slice(0, 200)
  const warn = (code: string, message: Message) => warnings.push({ code, ...message })
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
    // A bare offset fixes the moment but is not a zone in which to show times.
    zone = date.zone ?? deskZone
  } else {
    zone = date.zone ?? deskZone
    const found = toUtc(date.local, zone)
    ms = found.ms
    if (found.problem === 'gap') warn('time_skipped', say('intakeWarning.timeSkipped', { source, zone }))
    if (found.problem === 'overlap') warn('time_twice', say('intakeWarning.timeTwice', { source, zone }))
  }
  if (date.dayMonthUnclear) warn('date_unclear', say('intakeWarning.dateUnclear', { source }))
  if (date.zoneUnclear) warn('zone_unclear', say('intakeWarning.zoneUnclear', { source, zone }))
  if (date.unknownZone !== null)
    warn('zone_unknown', say('intakeWarning.zoneUnknown', { source, unknown: date.unknownZone, zone }))
  if (date.wrongWeekday) warn('weekday_differs', say('intakeWarning.weekdayDiffers', { source }))
  if (!date.hasTime) warn('no_time', say('intakeWarning.noTime', { source }))
  return { instant: { utc: new Date(ms).toISOString(), zone, origin: 'intake', source }, warnings }
}
