import { monthNamed, WEEKDAY_OF } from './calendar-names.ts'
import { ZONES } from './zone-letters.ts'

interface Zone {
  readonly from: number
  readonly to: number
  readonly offset: number | null
  readonly zone: string | null
  readonly unclear: boolean
}

/** 4:48 PM XST: capitals directly after a time that are not part of a date. */
export function unknownLetters(text: string, at: number): { from: number; to: number; letters: string } | null {
  const found = /^\s?\(?([A-Z]{2,5})\)?(?![\p{L}\p{N}])/u.exec(text.slice(at))
  const letters = found?.[1]
  if (!found || letters === undefined || NO_ZONES.has(letters) || monthNamed(letters) > 0) return null
  if (WEEKDAY_OF.has(letters.toLowerCase())) return null
  return { from: at, to: at + found[0].length, letters }
}

const NO_ZONES = new Set([
  'AM',
  'PM',
  'ON',
  'AT',
  'BY',
  'IN',
  'OF',
  'TO',
  'AND',
  'THE',
  'FOR',
  'UHR',
  'HRS',
  'HOURS',
  'LOCAL',
  'TIME',
  'DE',
  'LE',
  'UM',
  'VON',
  'PAR'
])

const PLACES: readonly (readonly [RegExp, string])[] = [
  [/\bUAE time\b|\bDubai time\b|\bAbu Dhabi time\b|بتوقيت (?:الإمارات|أبوظبي|دبي)/iu, 'Asia/Dubai'],
  [/\bSaudi time\b|\bRiyadh time\b|بتوقيت (?:السعودية|الرياض|مكة(?: المكرمة)?)/iu, 'Asia/Riyadh'],
  [/\bCairo time\b|بتوقيت القاهرة/iu, 'Africa/Cairo'],
  [/\bLondon time\b|بتوقيت لندن/iu, 'Europe/London'],
  [/\bMoscow time\b|بتوقيت موسكو/iu, 'Europe/Moscow'],
  [/\bIsrael time\b|\bJerusalem time\b|بتوقيت القدس/iu, 'Asia/Jerusalem'],
  [/\bEastern(?: Standard| Daylight)? Time\b/iu, 'America/New_York'],
  [/\bPacific(?: Standard| Daylight)? Time\b/iu, 'America/Los_Angeles']
]
const GREENWICH = /(?:بتوقيت |ت\s?)?(?:غرينتش|جرينتش|غرينيتش|جرينيتش)|بالتوقيت العالمي/u

/** The first zone or offset in words that contain a time; null if there is none. */
export function findZone(text: string): Zone | null {
  // 16:48 +05, as ISO 8601 allows directly after a time.
  const hours = /(?<=\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?\s?)([+−-])(\d{2})(?![\d:])/iu.exec(text)
  if (hours && Number(hours[2]) <= 14) {
    const minutes = (hours[1] === '+' ? 1 : -1) * Number(hours[2]) * 60
    return { from: hours.index, to: hours.index + hours[0].length, offset: minutes, zone: null, unclear: false }
  }
  const offset = /(?:\b(?:GMT|UTC)\s*)?([+−-])\s?(\d{1,2})(?::?(\d{2}))?(?=\s|\)|$|~)/u.exec(text)
  if (offset && (/GMT|UTC/.test(offset[0]) || /^[+−-]\s?\d{2}:?\d{2}$/.test(offset[0].trim()))) {
    const minutes = (offset[1] === '+' ? 1 : -1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0))
    if (Math.abs(minutes) <= 14 * 60)
      return { from: offset.index, to: offset.index + offset[0].length, offset: minutes, zone: null, unclear: false }
  }
  for (const match of text.matchAll(/(?<![\p{L}])([A-Z]{2,5})(?![\p{L}])/gu)) {
    const zone = ZONES[match[1] ?? '']
    if (zone)
      return {
        from: match.index,
        to: match.index + match[0].length,
        offset: zone[0],
        zone: zone[1],
        unclear: zone[2] ?? false
      }
  }
  const greenwich = GREENWICH.exec(text)
  if (greenwich)
    return { from: greenwich.index, to: greenwich.index + greenwich[0].length, offset: 0, zone: 'UTC', unclear: false }
  for (const [pattern, zone] of PLACES) {
    const match = pattern.exec(text)
    if (match) return { from: match.index, to: match.index + match[0].length, offset: null, zone, unclear: false }
  }
  const zulu = /(?<=\d)Z\b/u.exec(text)
  return zulu ? { from: zulu.index, to: zulu.index + 1, offset: 0, zone: 'UTC', unclear: false } : null
}

/** Minutes east of UTC of `Z`, `+04:00`, `-0330` or `+04`. */
export function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replace(':', '')
  return (offset.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)))
}
