import type { Instant } from '../story/instant.ts'

/** What the clock on the wall says in the zone of an instant. */
export interface WallClock {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  /**
   * Minutes east of UTC; null where ISO 8601 cannot say it (a zone off by odd seconds, before standard time, or a local
   * year before 1 or after 9999). The clock is UTC's then.
   */
  readonly offset: number | null
}

type Moment = Pick<Instant, 'utc' | 'zone'>

/**
 * An instant as ISO 8601 with the offset of its zone, as schema.org and ninjs ask for: 2024-08-13T16:48:00+04:00. The
 * same moment always gives the same text; seconds are always there, milliseconds only where there are any.
 */
export function isoWithOffset(moment: Moment): string {
  const { offset } = wallClock(moment)
  const utc = Date.parse(moment.utc)
  if (offset === null || offset === 0) return withoutEmptyMilliseconds(new Date(utc).toISOString())
  const shifted = withoutEmptyMilliseconds(new Date(utc + offset * MINUTE).toISOString()).slice(0, -1)
  return `${shifted}${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
}

/**
 * Only the zone's offset is asked of the machine; every word and number around it is ours, so pages do not change with
 * its ICU data.
 */
export function wallClock(moment: Moment): WallClock {
  const utc = Date.parse(moment.utc)
  const offsetMs = offsetAt(utc, moment.zone)
  const local = new Date(utc + offsetMs)
  const sayable =
    offsetMs % MINUTE === 0 &&
    Math.abs(offsetMs) <= 26 * 60 * MINUTE &&
    local.getUTCFullYear() >= 1 &&
    local.getUTCFullYear() <= 9999
  const there = sayable ? local : new Date(utc)
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    hour: there.getUTCHours(),
    minute: there.getUTCMinutes(),
    offset: sayable ? offsetMs / MINUTE : null
  }
}

/** GMT, GMT+4, GMT-3:30 */
export function offsetName(offset: number | null): string {
  if (offset === null || offset === 0) return 'GMT'
  const minutes = Math.abs(offset) % 60
  return `GMT${offset < 0 ? '-' : '+'}${Math.floor(Math.abs(offset) / 60)}${minutes === 0 ? '' : `:${two(minutes)}`}`
}

/**
 * The moment at which a zone's clocks show a date and time, given as the milliseconds of the same reading in UTC. Of a
 * time that comes twice the first; of one that is skipped the moment after the jump that is as far into it.
 */
export function momentOfWall(wall: number, zone: string): { ms: number; problem: 'skipped' | 'twice' | null } {
  const before = offsetAt(wall - DAY, zone)
  const after = offsetAt(wall + DAY, zone)
  const moments = [...new Set([wall - before, wall - after])].filter((ms) => ms + offsetAt(ms, zone) === wall)
  if (moments.length === 0) return { ms: wall - before, problem: 'skipped' }
  return { ms: Math.min(...moments), problem: moments.length > 1 ? 'twice' : null }
}

export function two(number: number): string {
  return String(number).padStart(2, '0')
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const formatters = new Map<string, Intl.DateTimeFormat>()

function offsetAt(utc: number, zone: string): number {
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(utc)
      .map((part) => [part.type, Number(part.value)])
  )
  const there = new Date(0)
  there.setUTCFullYear(parts.get('year') ?? 0, (parts.get('month') ?? 1) - 1, parts.get('day') ?? 1)
  there.setUTCHours(parts.get('hour') ?? 0, parts.get('minute') ?? 0, parts.get('second') ?? 0)
  return there.getTime() - Math.floor(utc / 1000) * 1000
}

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric'
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

function withoutEmptyMilliseconds(iso: string): string {
  return iso.replace('.000Z', 'Z')
}
