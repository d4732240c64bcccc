import { labelLength, publishedLabels, updatedLabels } from './labels.ts'
import { toLatinDigits } from './plain.ts'
import { ZONES } from './zone-letters.ts'

/** What a clock on the wall would show; no zone yet. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** A date as a page words it. */
export interface ReadDate {
  readonly local: LocalTime
  readonly hasTime: boolean
  /** Minutes east of UTC where the words say so: GMT, +04:00, EST. */
  readonly offset: number | null
  /** IANA zone the words stand for, where they stand for one. */
  readonly zone: string | null
  /** 03/04/2024: could be either way round; read with the day first. */
  readonly dayMonthUnclear: boolean
  /** The words name another day of the week than the date falls on. */
  readonly wrongWeekday: boolean
  /** The zone's letters stand for several zones: IST, CST. */
  readonly zoneUnclear: boolean
  /** Letters behind the time that look like a zone's and are none that Galley knows. */
  readonly unknownZone: string | null
  /** Nothing else is in the words but the date. */
  readonly alone: boolean
}

/**
 * Reads the first date in the words; null when there is none. Month names in Arabic, Dutch, English, French, German, Italian, Portuguese and Spanish;
 * Arabic digits.
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

export interface DatePart {
  readonly kind: 'published' | 'updated'
  /** Where the words of the date are in the line, label and separators left out. */
  readonly from: number
  readonly to: number
  readonly date: ReadDate
  /** "Published: …", and no date on its own. */
  readonly labelled: boolean
}

/**
 * The dates of a line such as "Published: 13 Aug 2024, 4:48 PM | Updated: 5:10 PM 14 Aug 2024". Empty when the line is
 * something else: a date inside a sentence makes no dateline. A date without a label counts when the line holds nothing
 * else.
 */
export function readDateLine(line: string): DatePart[] {
  if (line.length > 300 || !/[0-9٠-٩۰-۹]/.test(line)) return []
  const parts: DatePart[] = []
  for (const { from, to } of segments(line)) {
    const text = line.slice(from, to)
    const updated = labelLength(text, updatedLabels)
    const published = updated > 0 ? 0 : labelLength(text, publishedLabels)
    const label = Math.max(updated, published)
    const words = text.slice(label)
    const date = readDate(words)
    if (!date) continue
    if (label === 0 ? !date.alone : words.trim().split(/\s+/).length > 14) return []
    const lead = /^\s*/u.exec(words)?.[0].length ?? 0
    const end = from + label + words.replace(/(?<![\s|•·)\]/,;،])[\s|•·)\]/,;،]+$/u, '').length
    parts.push({
      kind: updated > 0 ? 'updated' : published > 0 || parts.length === 0 ? 'published' : 'updated',
      from: from + label + lead,
      to: end,
      date,
      labelled: label > 0
    })
  }
  return parts
}

/** Cuts at bars and bullets, and in front of a second label. */
function segments(line: string): { from: number; to: number }[] {
  const cuts = [0]
  for (const match of line.matchAll(
    /(?<!\s)\s+[|•·]\s+|(?:(?<!\s)\s+)?\|\s*|(?<!\s)\s+\/\s+(?=\p{L}{4,})|(?<!\s)\s+[-–—]\s+(?=(?:last\s+)?(?:updated|modified|published)\b)|(?<![\s,;(])[\s,;(]+(?=(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?\s*:?\s)|(?<!\s)\s+(?=[اآ]خر تحديث)/giu
  )) {
    if (match.index > 0) cuts.push(match.index + match[0].length)
  }
  return cuts.map((from, n) => ({ from, to: cuts[n + 1] ?? line.length }))
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

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    [
      'january',
      'jan',
      'janvier',
      'janv',
      'januar',
      'jänner',
      'enero',
      'ene',
      'janeiro',
      'gennaio',
      'januari',
      'يناير',
      'كانون الثاني',
      'كانون ثاني',
      'جانفي'
    ],
    [
      'february',
      'feb',
      'février',
      'févr',
      'fév',
      'februar',
      'febrero',
      'fevereiro',
      'febbraio',
      'februari',
      'فبراير',
      'شباط',
      'فيفري'
    ],
    ['march', 'mar', 'mars', 'märz', 'marzo', 'mär', 'março', 'maart', 'مارس', 'آذار', 'اذار'],
    ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'aprile', 'أبريل', 'ابريل', 'إبريل', 'نيسان', 'أفريل'],
    ['may', 'mai', 'mayo', 'maio', 'maggio', 'mei', 'مايو', 'أيار', 'ايار', 'ماي'],
    ['june', 'jun', 'juin', 'juni', 'junio', 'junho', 'giugno', 'يونيو', 'يونيه', 'حزيران', 'جوان'],
    ['july', 'jul', 'juillet', 'juil', 'juli', 'julio', 'julho', 'luglio', 'يوليو', 'يوليه', 'تموز', 'جويلية'],
    ['august', 'aug', 'août', 'aout', 'agosto', 'ago', 'augustus', 'أغسطس', 'اغسطس', 'آب', 'اب', 'أوت'],
    ['september', 'sept', 'sep', 'septembre', 'septiembre', 'setembro', 'settembre', 'سبتمبر', 'أيلول', 'ايلول'],
    [
      'october',
      'oct',
      'octobre',
      'oktober',
      'okt',
      'octubre',
      'outubro',
      'ottobre',
      'أكتوبر',
      'اكتوبر',
      'تشرين الأول',
      'تشرين الاول',
      'تشرين أول'
    ],
    ['november', 'nov', 'novembre', 'noviembre', 'novembro', 'نوفمبر', 'تشرين الثاني', 'تشرين ثاني'],
    [
      'december',
      'dec',
      'décembre',
      'déc',
      'dezember',
      'dez',
      'diciembre',
      'dic',
      'dezembro',
      'dicembre',
      'ديسمبر',
      'كانون الأول',
      'كانون الاول',
      'كانون أول'
    ]
  ].flatMap((names, index) => names.map((name) => [name.normalize('NFC'), index + 1] as const))
)
/** The months' names as alternatives of a pattern, the longest first. */
export const MONTH_NAMES = Object.keys(MONTHS)
  .sort((a, b) => b.length - a.length)
  .join('|')
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
  const yearFirst = /(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/u.exec(text)
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

function monthNamed(name: string | undefined): number {
  return MONTHS[(name ?? '').toLowerCase().normalize('NFC')] ?? 0
}

function fullYear(year: string | undefined): number {
  const value = Number(year)
  return (year ?? '').length === 2 ? 2000 + value : value
}

const CLOCK =
  /(?<![\d:+-])(\d{1,2})(?:[:.h٫]|\s?h\s?)(\d{2})(?:[:.](\d{2}))?(?:\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?|صباحا|صباحًا|صباحاً|مساء|مساءً|ظهرا|ظهراً|ص(?![\p{L}])|م(?![\p{L}])))?(?:\s*(?:Uhr|hrs?|hours)\b\.?)?(?!\d)/iu
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
  if (clock) return time(clock, Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), clock[4])
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

interface Zone {
  readonly from: number
  readonly to: number
  readonly offset: number | null
  readonly zone: string | null
  readonly unclear: boolean
}

/** 4:48 PM XST: capitals right behind a time that are no word of a date. */
function unknownLetters(text: string, at: number): { from: number; to: number; letters: string } | null {
  const found = /^\s?\(?([A-Z]{2,5})\)?(?![\p{L}\p{N}])/u.exec(text.slice(at))
  const letters = found?.[1]
  if (!found || letters === undefined || NO_ZONES.has(letters) || monthNamed(letters) > 0) return null
  if (WEEKDAY_NAMES.some((names) => names.includes(letters.toLowerCase()))) return null
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

function findZone(text: string): Zone | null {
  // 16:48 +05, as ISO 8601 allows right behind a time.
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

export function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replace(':', '')
  return (offset.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)))
}

/** From Sunday on. */
export const WEEKDAY_NAMES: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'dimanche', 'sonntag', 'domingo', 'domenica', 'zondag', 'الأحد', 'الاحد'],
  ['monday', 'mon', 'lundi', 'montag', 'lunes', 'segunda', 'lunedì', 'maandag', 'الاثنين', 'الإثنين'],
  ['tuesday', 'tues', 'tue', 'mardi', 'dienstag', 'martes', 'terça', 'martedì', 'dinsdag', 'الثلاثاء'],
  ['wednesday', 'wed', 'mercredi', 'mittwoch', 'miércoles', 'quarta', 'mercoledì', 'woensdag', 'الأربعاء', 'الاربعاء'],
  ['thursday', 'thurs', 'thur', 'thu', 'jeudi', 'donnerstag', 'jueves', 'quinta', 'giovedì', 'donderdag', 'الخميس'],
  ['friday', 'fri', 'vendredi', 'freitag', 'viernes', 'sexta', 'venerdì', 'vrijdag', 'الجمعة'],
  ['saturday', 'sat', 'samedi', 'samstag', 'sábado', 'sabato', 'zaterdag', 'السبت']
]
const WEEKDAY_OF = new Map(WEEKDAY_NAMES.flatMap((names, day) => names.map((name) => [name, day] as const)))

function findWeekday(text: string): number | null {
  for (const word of text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []) {
    const day = WEEKDAY_OF.get(word)
    if (day !== undefined) return day
  }
  return null
}

/** Words that may be around a date without making it a sentence. */
const FILLERS = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[...WEEKDAY_OF.keys()].join('|')}|on|at|the|of|um|uhr|le|el|à|a las|am|den|hrs|hours|local time|يوم|الساعة|في|عند|بتاريخ|الموافق|م|ص)(?![\\p{L}\\p{M}])\\.?`,
  'giu'
)

/** How long a read it is says nothing else either. */
const READING_TIME =
  /(?<![\p{L}\d])\d{1,3}[\s-]?(?:min(?:ute)?s?\b\.?(?:[\s-]?read\b)?|Min(?:uten)?\b\.? Lesezeit|min de lect(?:ure|ura))|読了時間\s?[:：]?\s?(?:約)?\s?\d{1,3}\s?分/giu
/** Written behind a date without a space: "published", the day of the week in brackets. */
const CJK_FILLERS = /公開|更新|掲載|配信|投稿|発表|発行|发布|发表|[(（][月火水木金土日][)）]/gu

function isRealDate({ year, month, day }: LocalTime): boolean {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
