import { offsetName } from './zoned-time.ts'

/** Dates and numbers in words. All of it follows the language of the interface; zones are always said. */
const cache = new Map<string, Intl.DateTimeFormat>()

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  let made = cache.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', options)
    cache.set(key, made)
  }
  return made
}

/** 14:03:22 on this laptop's clock. */
export function clockTime(utc: string | number): string {
  return formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(utc))
}

/** 13 Aug 2024, 16:48 in the zone given. */
export function dateTimeIn(utc: string | number, zone?: string): string {
  return formatter({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone && { timeZone: zone })
  }).format(new Date(utc))
}

/** 13 Aug 2024, 16:48 GMT+4: an instant as it is written everywhere, in the zone given and with its name. */
export function moment(utc: string, zone: string): string {
  return `${dateTimeIn(utc, zone)} ${offsetName(Date.parse(utc), zone)}`
}

/** 13 Aug 2024, 12:48 UTC */
export function utcLine(ms: number): string {
  return `${dateTimeIn(ms, 'UTC')} UTC`
}

/** now, 4 min, 3 h, Tue, 13 Aug, 13 Aug 2023: short enough for a row. */
export function shortAge(utc: string, now: number): string {
  const then = Date.parse(utc)
  const minutes = Math.floor((now - then) / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min`
  if (minutes < 60 * 12) return `${Math.floor(minutes / 60)} h`
  if (minutes < 60 * 24 * 6)
    return formatter({ weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(then)
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear()
  return formatter({ day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) }).format(then)
}

const numbers = new Intl.NumberFormat('en-GB')
/** 12,480 */
export function count(value: number): string {
  return numbers.format(value)
}
