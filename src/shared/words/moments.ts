/** How a language writes instants. Every place that shows a person one uses these, and the zone is always said. */
export interface Moments {
  /** 13 Aug 2024, 16:48 GMT+4 */
  readonly moment: (utc: string | number, zone: string) => string
  /** How two instants are written so that they can be told apart: to the second where the minute is the same. */
  readonly apart: (one: string, other: string | undefined, zone: string) => (utc: string) => string
  /** 14:03:22 GMT+4: for what happened just now. */
  readonly clock: (utc: string | number, zone: string) => string
  /** The hour of an instant in several zones, each said once: 1 Dec 2026, 06:00 GMT-5 · 15:00 GMT+4 · 11:00 UTC. */
  readonly hours: (utc: string, zones: readonly string[]) => string
  /** Tuesday, 1 December 2026: a day of the zone. */
  readonly day: (utc: string | number, zone: string) => string
  /**
   * now, 4m, 3h, Tue 16:48, 13 Aug, 13 Aug 2023: short enough for a row of a list, whose title says the rest. By the
   * days and years of the zone.
   */
  readonly age: (utc: string, now: number, zone: string) => string
}

const MINUTE = 60_000
/** Making one costs a hundred times as much as asking it, and a list asks for each of its rows. */
const offsets = new Map<string, Intl.DateTimeFormat>()

/** `locale` is a BCP 47 tag. */
export function moments(locale: string): Moments {
  const made = new Map<string, Intl.DateTimeFormat>()
  const written = (options: Intl.DateTimeFormatOptions, utc: string | number): string => {
    const key = JSON.stringify(options)
    const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options)
    made.set(key, format)
    return format.format(new Date(utc))
  }
  const now = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  const units = new Map<string, Intl.NumberFormat>()
  const unit = (name: 'minute' | 'hour', count: number): string => {
    const format =
      units.get(name) ?? new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' })
    units.set(name, format)
    return format.format(count)
  }
  const day = { day: 'numeric', month: 'short' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const moment = (utc: string | number, timeZone: string): string =>
    `${written({ ...day, year: 'numeric', ...time, timeZone }, utc)} ${offsetName(utc, timeZone)}`
  const toTheSecond = (utc: string, timeZone: string): string =>
    `${written({ ...day, year: 'numeric', ...time, second: '2-digit', timeZone }, utc)} ${offsetName(utc, timeZone)}`
  return {
    moment,
    apart(one, other, zone) {
      const isSame = other !== undefined && moment(one, zone) === moment(other, zone)
      return (utc) => (isSame ? toTheSecond(utc, zone) : moment(utc, zone))
    },
    hours(utc, [first = 'UTC', ...others]) {
      const said = new Set([offsetName(utc, first)])
      const rest = others.flatMap((zone) => {
        const name = offsetName(utc, zone)
        if (said.has(name) || (said.has('UTC') && name === 'GMT') || (said.has('GMT') && name === 'UTC')) return []
        said.add(name)
        const sameDay =
          written({ dateStyle: 'short', timeZone: zone }, utc) === written({ dateStyle: 'short', timeZone: first }, utc)
        return [`${written({ ...(!sameDay && day), ...time, timeZone: zone }, utc)} ${name}`]
      })
      return [moment(utc, first), ...rest].join(' · ')
    },
    day: (utc, timeZone) => written({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }, utc),
    clock: (utc, timeZone) => `${written({ ...time, second: '2-digit', timeZone }, utc)} ${offsetName(utc, timeZone)}`,
    age(utc, present, timeZone) {
      const minutes = Math.floor((present - Date.parse(utc)) / MINUTE)
      // A clock that was set back makes what was changed before it a thing of the future: its date says so.
      if (minutes >= -1 && minutes < 1) return now
      if (minutes > 0 && minutes < 60) return unit('minute', minutes)
      if (minutes > 0 && minutes < 60 * 12) return unit('hour', Math.floor(minutes / 60))
      if (minutes > 0 && minutes < 60 * 24 * 6) return written({ weekday: 'short', ...time, timeZone }, utc)
      const year = (ms: string | number): string => written({ year: 'numeric', timeZone }, ms)
      return written({ ...day, ...(year(utc) !== year(present) && { year: 'numeric' }), timeZone }, utc)
    }
  }
}

/** GMT+4 for Asia/Dubai at that moment; GMT and UTC without a number. */
export function offsetName(utc: string | number, zone: string): string {
  const format = offsets.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
  offsets.set(zone, format)
  const part = format.formatToParts(new Date(utc)).find((piece) => piece.type === 'timeZoneName')
  const name = part?.value ?? ''
  return name === 'GMT+0' || name === 'GMT' ? (zone === 'UTC' ? 'UTC' : 'GMT') : name
}
