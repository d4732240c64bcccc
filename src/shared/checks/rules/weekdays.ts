import { say } from '../../words/message.ts'
import type { Hit, TextContext } from '../finding.ts'

interface Lexicon {
  readonly dates: readonly RegExp[]
  /** 0 is Sunday. */
  readonly weekdays: ReadonlyMap<string, number>
  /** 0 is January. */
  readonly months: ReadonlyMap<string, number>
  readonly names: readonly string[]
}

const known = new Map<string, Lexicon>()
/** The languages whose dates are written as the patterns below have them. */
const READ = new Set([
  'en',
  'fr',
  'de',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'nb',
  'no',
  'ru',
  'uk',
  'pl',
  'cs',
  'ar',
  'tr',
  'id'
])
/** The months of Arabic newspapers differ by country. */
const PLACES: Readonly<Record<string, readonly string[]>> = { ar: ['ar-EG', 'ar-SY', 'ar-MA', 'ar-DZ'] }

/** A weekday that is not that of the date beside it: "Monday 3 March 2026" was a Tuesday. */
export function weekdays(text: string, { language, about }: TextContext): Hit[] {
  const short = language.toLowerCase().split('-')[0] ?? ''
  const eastAsian = cjk(text)
  if (!READ.has(short)) return eastAsian
  const lexicon = lexiconOf(short)
  const folded = fold(text)
  const hits = lexicon.dates.flatMap((date) =>
    [...folded.matchAll(date)].flatMap((found): Hit[] => {
      const { weekday = '', month = '', day = '', year } = found.groups ?? {}
      const asked = lexicon.weekdays.get(weekday)
      const inYear = lexicon.months.get(month) ?? (/^\d+$/.test(month) ? Number(month) - 1 : undefined)
      if (asked === undefined || inYear === undefined) return []
      // A full stop ends a sentence, but for short forms: "Mon. 3 March".
      if (weekday.length > 4 && found[0].startsWith('.', weekday.length)) return []
      const actual = weekdayOf(yearOf(year, inYear, Number(day), about), inYear, Number(day))
      if (actual === null || actual === asked) return []
      const start = found.index
      const end = start + found[0].length
      return [hit(start, end, text.slice(start, end), lexicon.names[actual] ?? '')]
    })
  )
  return [...hits, ...eastAsian]
}

function hit(start: number, end: number, date: string, weekday: string): Hit {
  return { rule: 'weekdays', start, end, said: say('checks.weekday', { date, weekday }) }
}

/** The weekday of a date, 0 for Sunday; null for a date that does not exist. */
function weekdayOf(year: number, month: number, day: number): number | null {
  const date = new Date(Date.UTC(2000, month, day))
  date.setUTCFullYear(year, month, day)
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date.getUTCDay() : null
}

/** A date without a year is the one nearest to when the story is set. */
function yearOf(written: string | undefined, month: number, day: number, about: number): number {
  if (written !== undefined) return Number(written)
  const near = new Date(about).getUTCFullYear()
  const away = (year: number): number => Math.abs(Date.UTC(year, month, day) - about)
  return [near - 1, near, near + 1].reduce((best, year) => (away(year) < away(best) ? year : best), near)
}

/** In lower case, Arabic figures and letters in one form, each character in its place. */
function fold(text: string): string {
  let folded = ''
  for (const unit of text) {
    const lower = unit.toLowerCase()
    const one = lower.length === unit.length ? lower : unit
    folded += /[٠-٩]/.test(one)
      ? String(one.charCodeAt(0) - 0x660)
      : /[أإآ]/.test(one)
        ? 'ا'
        : one === 'ى'
          ? 'ي'
          : one === '\u00a0' || one === '\u202f'
            ? ' '
            : one
  }
  return folded
}

function lexiconOf(language: string): Lexicon {
  const there = known.get(language)
  if (there) return there
  const weekdayNames = new Map<string, number>()
  const monthNames = new Map<string, number>()
  const put = (map: Map<string, number>, name: string, value: number): void => {
    const folded = fold(name).replace(/\.$/, '')
    if (folded.length >= 2 && !/^\d/.test(folded)) map.set(folded, value)
  }
  for (const place of PLACES[language] ?? [language]) {
    for (const style of ['long', 'short'] as const) {
      for (let day = 0; day < 7; day++) {
        // The first of August 2021 was a Sunday.
        const date = Date.UTC(2021, 7, 1 + day)
        put(weekdayNames, new Intl.DateTimeFormat(place, { weekday: style, timeZone: 'UTC' }).format(date), day)
      }
      for (let month = 0; month < 12; month++) {
        const date = Date.UTC(2021, month, 1)
        put(
          monthNames,
          new Intl.DateTimeFormat(place, { month: style, timeZone: 'UTC', calendar: 'gregory' }).format(date),
          month
        )
        const parts = new Intl.DateTimeFormat(place, {
          day: 'numeric',
          month: style,
          timeZone: 'UTC',
          calendar: 'gregory'
        })
        put(monthNames, parts.formatToParts(date).find(({ type }) => type === 'month')?.value ?? '', month)
      }
    }
  }
  const any = (map: ReadonlyMap<string, number>): string =>
    [...map.keys()]
      .sort((one, other) => other.length - one.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('|')
  const weekday = String.raw`(?<![\p{L}\p{M}])(?:\u0627\u0644)?(?<weekday>${any(weekdayNames)})(?![\p{L}\p{M}])\.?`
  const month = String.raw`(?<month>${any(monthNames)})(?![\p{L}\p{M}])\.?`
  const day = String.raw`(?<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|ª|\.)?(?![\d:])`
  const year = String.raw`(?:(?:,? (?:de |del )?)(?<year>1[5-9]\d\d|20\d\d)(?!\d))?`
  const names = Array.from({ length: 7 }, (_, at) =>
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2021, 7, 1 + at))
  )
  const made: Lexicon = {
    dates: [
      new RegExp(
        String.raw`${weekday},? [(]?(?:the |le |el |il |dem |den |de |d\. |\u0627\u0644\u0645\u0648\u0627\u0641\u0642 )?${day} (?:of |de |di )?${month}${year}`,
        'gu'
      ),
      ...(language === 'en' ? [new RegExp(String.raw`${weekday},? [(]?${month} ${day}${year}`, 'gu')] : []),
      ...(language === 'de'
        ? [
            new RegExp(
              String.raw`${weekday},? [(]?(?:dem |den )?(?<day>0?[1-9]|[12]\d|3[01])\. ?(?<month>0?[1-9]|1[0-2])\. ?(?<year>1[5-9]\d\d|20\d\d)(?!\d)`,
              'gu'
            )
          ]
        : [])
    ],
    weekdays: weekdayNames,
    months: monthNames,
    names
  }
  known.set(language, made)
  return made
}

const CJK =
  /(\d{4})\s?[年]\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日\s?[(（]?(?:星期|周|週)?([日天一二三四五六月火水木金土])(?:曜日?|[)）])/gu
const CHINESE = '日一二三四五六'
const JAPANESE = '日月火水木金土'

function cjk(text: string): Hit[] {
  return [...text.matchAll(CJK)].flatMap((found): Hit[] => {
    const [whole, year, month, day, sign = ''] = found
    const actual = weekdayOf(Number(year), Number(month) - 1, Number(day))
    const asked = sign === '天' ? 0 : Math.max(CHINESE.indexOf(sign), JAPANESE.indexOf(sign))
    if (actual === null || actual === asked) return []
    const names = JAPANESE.includes(sign) && sign !== '日' ? JAPANESE : CHINESE
    return [hit(found.index, found.index + whole.length, whole, names.charAt(actual))]
  })
}
