import { MONTH_NAMES, WEEKDAY_NAMES } from './calendar-names.ts'
import { readDate, type ReadDate } from './dates.ts'
import { toInstant, type IntakeWarning, type ToUtc } from './instants.ts'
import { toLatinDigits } from './plain.ts'
import type { Instant } from '../story/instant.ts'
import { say } from '../words/message.ts'

/** Phrases that forbid publication before a time, as agencies, press offices and Galley itself put them above copy. */
const LABELS = [
  // English
  '(?:this (?:story|item|report|release|press release|copy|content|material) is )?(?:news |press |media )?(?:strictly |strict )?(?:under (?:strict )?)?embargo(?:ed)?(?: for (?:release|publication|broadcast|use))?(?: (?:(?:un)?till?|to(?= \\d)))',
  '(?:strictly )?not (?:for|to be) (?:publication|published|release|released|broadcast|use|used)(?: or (?:broadcast|publication|published|use|used))* (?:before|until|prior to)',
  '(?:hold|held)(?: for release)? (?:until|till?)',
  '(?:for )?release (?:is )?(?:embargoed|not before)(?: until)?',
  'no publication before',
  // Deutsch
  'sperrfrist(?: bis)?',
  '(?:gesperrt|embargo|unter embargo) bis',
  'nicht (?:zu veröffentlichen|zur veröffentlichung|veröffentlichen) vor',
  'frei(?:gegeben)? ab',
  // Français
  "(?:sous )?embargo (?:jusqu[’']?(?:au|à|a)?|levé)",
  '(?:à )?ne pas (?:publier|diffuser) avant(?: le)?',
  // Español, português, italiano, Nederlands
  '(?:bajo |sob |sotto |onder )?embarg(?:o|ado|ada) (?:hasta|até|fino|tot)(?: el| o| a| al| alle)?',
  'no (?:publicar|difundir) antes del?',
  'não (?:publicar|divulgar) antes d[eao]s?',
  'non pubblicare prima d(?:i|el|elle)',
  'niet (?:publiceren|voor publicatie) v[oó]{2}r',
  // Русский, українська, polski, svenska, dansk, norsk, Türkçe
  '(?:эмбарго|ембарго) до',
  'не (?:публиковать|публікувати) (?:до|ранее|раніше)',
  'embargo (?:do|till|til|frem til)(?: dnia)?',
  'nie publikować przed',
  'ambargo(?:lu)?',
  // العربية
  '(?:محظور|ممنوع|يُ?حظر|يُ?منع|حظر) (?:من )?(?:النشر|نشره|نشر)?\\s?(?:قبل|حتى|لغاية|إلى)',
  'غير (?:قابل )?للنشر قبل',
  '(?:لا ينشر|لا يُنشر) قبل',
  'للنشر بعد'
].join('|')

const LABEL = new RegExp(`^[\\s*#_\\[(【«"“!–—-]*(?:${LABELS})(?![\\p{L}])\\s*[:：–—-]?\\s*`, 'iu')
/** The bare word is a topic as often as an instruction, so it counts only with a time after it, or alone. */
const BARE =
  /^[\s*#_[(!–—-]*(?:(?:strict(?:ly)?|under|news|press|media|sous|unter|bajo|sob|sotto|onder) )*embargo(?:ed)?[\s*#_\])!]*(?:[:：–—-]\s*|$|\s(?=\d)|\s(?:for|at|on|to|lifts?|lifted|ends?|expires?)(?: at| on)?(?:\s*[:：]\s*|\s))|^(?:please )?do not (?:publish|release|broadcast)(?: or (?:publish|release|broadcast))* (?:before|until|prior to)\s/iu
const LONGEST = 220

/** The length of the words that make a line an embargo; 0 for any other line. */
export function embargoLabel(text: string): number {
  if (text.trim().length > LONGEST) return 0
  const label = LABEL.exec(text)?.[0].length ?? 0
  if (label > 0) return label
  const bare = BARE.exec(text)?.[0].length ?? 0
  return bare > 0 && (text.slice(bare).trim() === '' || hasTime(text.slice(bare))) ? bare : 0
}

/** What Galley's own pages print with an embargo, which is not copy either. */
export function isStanding(text: string): boolean {
  return text.length <= LONGEST && STANDING.test(text.trim())
}

// Over 220 characters at most.
const STANDING =
  /^(?:(?:draft|killed|discarded), not for publication|planned for: .*\d{4}.*|(?:brouillon|annulé|écarté), ne pas publier|prévu pour le: .*\d{4}.*|(?:entwurf|zurückgezogen|verworfen), nicht zur veröffentlichung|geplant für: .*\d{4}.*|(?:borrador|anulado|descartado), no publicar|previsto para el: .*\d{4}.*|مسودة ليست للنشر|سُحب الخبر، ليس للنشر|خبر محذوف، ليس للنشر|موعد النشر المقرر: .*)$/iu

export interface EmbargoOptions {
  readonly zone: string
  readonly toUtc: ToUtc
  /** Milliseconds since 1970, UTC: what "Wednesday" and a date without a year are relative to. */
  readonly now: number
}

/** The time that an embargo line names; null if it names none. Warnings report what the words leave open. */
export function readEmbargo(
  text: string,
  { zone, toUtc, now }: EmbargoOptions
): { instant: Instant; warnings: readonly IntakeWarning[] } | null {
  const words = text.trim().slice(0, 200)
  const label = embargoLabel(text)
  const said = clockTimes(text.slice(label))
    .replace(/\bmidnight\b|\bminuit\b|\bmitternacht\b|\bmedianoche\b/giu, '00:00')
    .replace(/\bnoon\b|\bmidday\b|\bmidi\b|\bmittags?\b|\bmediodía\b/giu, '12:00')
  const whole = readDate(said)
  const date = whole ?? completed(said, today(now, zone))
  if (!date) return null
  const { instant, warnings } = toInstant(date, words, zone, toUtc)
  if (whole) return { instant, warnings }
  const assumed = say('intakeWarning.embargoAssumed', { words, utc: instant.utc })
  return { instant, warnings: [...warnings, { code: 'embargo_assumed', ...assumed }] }
}

interface Today {
  readonly year: number
  readonly month: number
  readonly day: number
}

/**
 * A date without a year is the next one, or one at most a month ago; a weekday is the next one; a bare time is today's.
 */
function completed(text: string, now: Today): ReadDate | null {
  const start = Date.UTC(now.year, now.month - 1, now.day)
  const month = `(?:${MONTH_NAMES})\\.?`
  const yearless = new RegExp(
    `(\\d{1,2}(?:st|nd|rd|th|er|º|\\.)?\\s+(?:of\\s+|de\\s+|من\\s+)?${month}|(?<!\\p{L})${month}\\s+\\d{1,2}(?:st|nd|rd|th)?)(?![\\p{L}\\d])`,
    'iu'
  )
  const found = yearless.exec(text)
  if (found) {
    const behind = found.index + found[0].length
    const inYear = (year: number): ReadDate | null => readDate(`${text.slice(0, behind)} ${year} ${text.slice(behind)}`)
    const reading = inYear(now.year)
    if (reading && dayOf(reading) < start - MONTH) return inYear(now.year + 1)
    const before = inYear(now.year - 1)
    return before && dayOf(before) >= start - MONTH ? before : reading
  }
  if (!hasTime(text)) return null
  const weekday = WEEKDAY_NAMES.findIndex((names) =>
    new RegExp(`(?<!\\p{L})(?:${names.join('|')})(?!\\p{L})`, 'iu').test(text)
  )
  const ahead =
    weekday === -1
      ? /\btomorrow\b|\bdemain\b|\bmorgen\b|\bmañana\b|غدا/iu.test(text)
        ? 1
        : 0
      : (weekday - new Date(start).getUTCDay() + 7) % 7
  return readDate(`${new Date(start + ahead * DAY).toISOString().slice(0, 10)} ${text}`)
}

const DAY = 86_400_000
const MONTH = 31 * DAY

function dayOf({ local }: ReadDate): number {
  return Date.UTC(local.year, local.month - 1, local.day)
}

/** Times in forms that only an instruction to the desk uses: 18 Uhr, 6 h, 18 horas, 1600 London time. */
function clockTimes(text: string): string {
  return toLatinDigits(text)
    .replace(/(?<![\d:.])(\d{1,2})\s?(?:uhr|h|horas|heures?|ore|uur)(?![\p{L}\d])/giu, '$1:00')
    .replace(/(?<!\d)([01]\d|2[0-3])([0-5]\d)(?=\s+(?:[A-Z][a-z]+ )?(?:time|hrs?|hours)\b)/gu, '$1:$2')
}

function hasTime(text: string): boolean {
  return readDate(`2000-01-01 ${clockTimes(text)}`)?.hasTime === true
}

function today(now: number, zone: string): Today {
  const parts = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric'
  }).formatToParts(now)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}
