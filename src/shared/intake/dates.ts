import { MONTH_NAMES, monthNamed, WEEKDAY_OF } from './calendar-names.ts'
import { toLatinDigits } from './plain.ts'
import { ZONES } from './zone-letters.ts'
import { findZone, offsetMinutes, unknownLetters } from './zone-words.ts'

/** Local time as on a wall clock, without a zone. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** A date as written on a page. */
export interface ReadDate {
  readonly local: LocalTime
  readonly hasTime: boolean
  /** Minutes east of UTC, if the words give an offset: GMT, +04:00, EST. */
  readonly offset: number | null
  /** IANA zone that the words stand for, if any. */
  readonly zone: string | null
  /** 03/04/2024: ambiguous; read with the day first. */
  readonly dayMonthUnclear: boolean
  /** The words name a different day of the week from the date's. */
  readonly wrongWeekday: boolean
  /** The zone's letters stand for several zones: IST, CST. */
  readonly zoneUnclear: boolean
  /** Letters after the time that look like a zone but are not one Galley knows. */
  readonly unknownZone: string | null
  /** The words contain nothing but the date. */
  readonly alone: boolean
}

/**
 * Returns the first date in the words; null if there is none. Month names in Arabic and Hebrew and in the larger
 * languages of Europe, Turkish and Indonesian among them; Arabic digits.
 */
export function readDate(words: string): ReadDate | null {
  if (words.length > 400 || !/[0-9٠-٩۰-۹]/.test(words)) return null
  const text = toLatinDigits(words)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .normalize('NFC')
  const date = findIso(text) ?? findNamed(text) ?? findNumeric(text)
  if (!date) return null
  const rest = `${text.slice(0, date.from)} ~ ${text.slice(date.to)}`
  const time = date.time ?? findTime(rest)
  const zone =
    date.offset === undefined ? findZone(rest) : { offset: date.offset, zone: null, unclear: false, from: 0, to: 0 }
  const local = {
    year: date.year,
    month: date.month,
    day: date.day,
    hour: time?.hour ?? 0,
    minute: time?.minute ?? 0,
    second: time?.second ?? 0
  }
  if (!isRealDate(local)) return null
  const stray = zone === null && time && time.to > 0 ? unknownLetters(rest, time.to) : null
  const weekday = findWeekday(rest)
  let left = rest
  for (const span of [time, zone, stray]
    .filter((found) => found !== null && found !== undefined)
    .filter((found) => found.to > found.from)
    .sort((a, b) => b.from - a.from)) {
    left = `${left.slice(0, span.from)} ${left.slice(span.to)}`
  }
  return {
    local,
    hasTime: time !== null && time !== undefined,
    offset: zone?.offset ?? null,
    zone: zone?.zone ?? null,
    dayMonthUnclear: date.unclear ?? false,
    zoneUnclear: zone?.unclear ?? false,
    unknownZone: stray?.letters ?? null,
    wrongWeekday:
      weekday !== null && weekday !== new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay(),
    alone: !/[\p{L}\p{N}]/u.test(left.replace(READING_TIME, ' ').replace(CJK_FILLERS, ' ').replace(FILLERS, ' '))
  }
}

interface Found {
  readonly from: number
  readonly to: number
  readonly year: number
  readonly month: number
  readonly day: number
  readonly time?: Time
  readonly offset?: number
  readonly unclear?: boolean
}

interface Time {
  readonly from: number
  readonly to: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function findIso(text: string): Found | null {
  const match =
    /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:(?:T|\s)(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s?(Z\b|[+-]\d{2}(?::?\d{2})?)?)?(?!\d)/u.exec(
      text
    )
  if (!match) return null
  const [whole, year, month, day, hour, minute, second, offset] = match
  const time =
    hour === undefined
      ? undefined
      : { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0), from: 0, to: 0 }
  return {
    from: match.index,
    to: match.index + whole.length,
    year: Number(year),
    month: Number(month),
    day: Number(day),
    ...(time && { time }),
    ...(offset !== undefined && { offset: offsetMinutes(offset) })
  }
}

/** Two names of one month with a slash, as Arabic pages that serve both the Gulf and the Levant write it. */
const MONTH_GROUP = `(${MONTH_NAMES})(?:\\s*[/(]\\s*(?:${MONTH_NAMES})\\s*\\)?)?(?![\\p{L}\\p{M}])\\.?`
// Over 400 characters at most, these two.
const DAY_FIRST = new RegExp(
  `(?<![\\d:.])(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?[\\s,-]+(?:of\\s+|de\\s+|من\\s+)?${MONTH_GROUP}[\\s,-]*(?:de\\s+|del\\s+|عام\\s+)?['’]?(\\d{4}(?=\\d{1,2}:\\d{2}|\\D|$)|\\d{2}(?![\\d:.h]|\\s*[ap]\\.?m))`,
  'iu'
)
// Over 400 characters at most.
const MONTH_FIRST = new RegExp(
  `(?<![\\p{L}\\p{M}])${MONTH_GROUP}[\\s-]*(\\d{1,2})(?:st|nd|rd|th)?\\s*,?[\\s-]+(\\d{4})(?=\\d{1,2}:\\d{2}|\\D|$)`,
  'iu'
)
/** Mon Aug 03 12:45:00 EDT 2015, as programs print it. */
// Over 400 characters at most.
const PRINTED = new RegExp(
  `(?<![\\p{L}\\p{M}])${MONTH_GROUP}\\s+(\\d{1,2})\\s+(?=\\d{2}:\\d{2}(?::\\d{2})?\\s(?:[A-Z]{2,5}\\s|[+-]\\d{4}\\s)?(\\d{4})(?!\\d))`,
  'iu'
)
const CJK = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/u

function findNamed(text: string): Found | null {
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst) return span(dayFirst, fullYear(dayFirst[3]), monthNamed(dayFirst[2]), Number(dayFirst[1]))
  const monthFirst = MONTH_FIRST.exec(text)
  if (monthFirst) return span(monthFirst, Number(monthFirst[3]), monthNamed(monthFirst[1]), Number(monthFirst[2]))
  const printed = PRINTED.exec(text)
  if (printed) return span(printed, Number(printed[3]), monthNamed(printed[1]), Number(printed[2]))
  const cjk = CJK.exec(text)
  return cjk ? span(cjk, Number(cjk[1]), Number(cjk[2]), Number(cjk[3])) : null
}

function findNumeric(text: string): Found | null {
  const yearFirst = /(?<!\d)(\d{4})(?:[/.]|\.\s)(\d{1,2})(?:[/.]|\.\s)(\d{1,2})(?!\d)/u.exec(text)
  if (yearFirst) return span(yearFirst, Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))
  const match = /(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])/u.exec(text)
  if (!match) return null
  const first = Number(match[1])
  const second = Number(match[3])
  const year = fullYear(match[4])
  if (second > 12 && first <= 12) return span(match, year, first, second)
  return {
    ...span(match, year, second, first),
    unclear: first <= 12 && second <= 12 && first !== second && match[2] !== '.'
  }
}

function span(match: RegExpExecArray, year: number, month: number, day: number): Found {
  return { from: match.index, to: match.index + match[0].length, year, month, day }
}

function fullYear(year: string | undefined): number {
  const value = Number(year)
  return (year ?? '').length === 2 ? 2000 + value : value
}

const CLOCK =
  /(?<![\d:+-])(\d{1,2})(?:[:.h٫]|\s?h\s?)(\d{2})(?:[:.](\d{2}))?(?:\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?|صباحا|صباحًا|صباحاً|مساء|مساءً|ظهرا|ظهراً|ص(?![\p{L}])|م(?![\p{L}])))?(?:\s*(?:Uhr|hrs?|hours)\b\.?)?(?!\d)/iu
/** Before the time in Korean, Japanese and Chinese: 오후 4:48. */
const HALF_BEFORE = /(?:(오전|午前|上午)|오후|午後|下午)\s?$/u
/** 12時05分, 午後3時15分, 오후 3시 15분 */
const CJK_CLOCK = /(?<!\d)(?:(午前|上午|오전)|(午後|下午|오후))?\s?(\d{1,2})\s?[時时시点點]\s?(\d{1,2})\s?[分분]/u
const HOUR_ONLY = /(?<![\d:])(\d{1,2})\s*(a\.?m\b\.?|p\.?m\b\.?|noon\b|صباحا|صباحاً|مساء|مساءً)/iu
/** 1648 GMT, 0001 BST, as wires write it. */
const WIRE = new RegExp(
  `(?<!\\d)([01]\\d|2[0-3])([0-5]\\d)(?=\\s*(?:hrs|hours|h\\b|(?:${Object.keys(ZONES).join('|')})\\b))`,
  'u'
)

function findTime(text: string): Time | null {
  const clock = CLOCK.exec(text)
  if (clock) {
    const before = HALF_BEFORE.exec(text.slice(0, clock.index))
    const half = before ? (before[1] === undefined ? 'pm' : 'am') : clock[4]
    const found = time(clock, Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), half)
    return found && { ...found, from: before?.index ?? clock.index }
  }
  const cjk = CJK_CLOCK.exec(text)
  if (cjk)
    return time(
      cjk,
      Number(cjk[3]),
      Number(cjk[4]),
      0,
      cjk[1] === undefined ? (cjk[2] === undefined ? undefined : 'pm') : 'am'
    )
  const hour = HOUR_ONLY.exec(text)
  if (hour) return time(hour, Number(hour[1]), 0, 0, hour[2])
  const wire = WIRE.exec(text)
  return wire ? time(wire, Number(wire[1]), Number(wire[2]), 0, undefined) : null
}

function time(
  match: RegExpExecArray,
  hour: number,
  minute: number,
  second: number,
  half: string | undefined
): Time | null {
  const isAfternoon = half !== undefined && /^(?:p|م|noon|ظ)/iu.test(half)
  const isMorning = half !== undefined && !isAfternoon
  const clock = isAfternoon && hour < 12 ? hour + 12 : isMorning && hour === 12 ? 0 : hour
  if (clock > 23 || minute > 59 || second > 59) return null
  return { from: match.index, to: match.index + match[0].length, hour: clock, minute, second }
}

function findWeekday(text: string): number | null {
  for (const word of text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []) {
    const day = WEEKDAY_OF.get(word)
    if (day !== undefined) return day
  }
  return null
}

/** Words that may be around a date without making it a sentence. */
const FILLERS = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[...WEEKDAY_OF.keys()].join('|')}|on|at|the|of|um|uhr|le|el|à|a las|am|den|hrs|hours|local time|kl|klo|o|w|dnia|r|v|ve|в|о|г|года|році|saat|om|alle|ore|às|em|στις|pukul|gün|يوم|الساعة|في|عند|بتاريخ|الموافق|م|ص)(?![\\p{L}\\p{M}])\\.?`,
  'giu'
)

/** The reading time does not make it a sentence either. */
const READING_TIME =
  /(?<![\p{L}\d])\d{1,3}[\s-]?(?:min(?:ute)?s?\b\.?(?:[\s-]?read\b)?|Min(?:uten)?\b\.? Lesezeit|min de lect(?:ure|ura))|読了時間\s?[:：]?\s?(?:約)?\s?\d{1,3}\s?分/giu
/** Written after a date without a space: "published", the day of the week in brackets. */
const CJK_FILLERS = /公開|更新|掲載|配信|投稿|発表|発行|发布|发表|[(（][月火水木金土日][)）]/gu

function isRealDate({ year, month, day }: LocalTime): boolean {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
