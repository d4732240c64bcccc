import { resolveDirection } from './language.ts'

/** How many characters are examined: enough to be certain, cheap at any length. */
const SAMPLE = 20_000

/**
 * The language of a text by its script, and for Latin script by its small words. `desk` decides what letters cannot: an
 * English text at an en-GB desk is en-GB.
 */
export function guessLanguage(text: string, desk: string): string {
  const sample = text.slice(0, SAMPLE)
  const guess = byScript(sample) ?? bySmallWords(sample)
  return guess === null || guess === base(desk) ? desk : guess
}

/**
 * The language the page declares, unless its letters contradict it: many templates declare an Arabic page as "en".
 * Between languages that share a script, the page decides.
 */
export function languageOf(text: string, said: string, desk: string): string {
  if (said === '') return guessLanguage(text, desk)
  const script = byScript(text.slice(0, SAMPLE))
  if (script === null || script === base(said)) return said
  return sharesScript(script, base(said)) ? said : script
}

/** How many letters a text needs before a guess is made: a name in another script does not make another language. */
const LEAST_LETTERS = 12

/**
 * The language of a text if its letters (or for Latin script its small words) show that it is not the given one; null
 * if they do not, or if it cannot be told.
 */
export function otherLanguageOf(text: string, language: string): string | null {
  const sample = text.slice(0, 1000)
  if (count(sample, /\p{L}/gu) < LEAST_LETTERS) return null
  const own = base(language)
  const script = byScript(sample)
  if (script !== null) return script === own || sharesScript(script, own) ? null : script
  // Among languages in Latin script, only those whose small words are known can be told apart.
  if (isLatin(language) && !(own in SMALL_WORDS)) return null
  const guess = bySmallWords(sample)
  return guess === own ? null : guess
}

function sharesScript(first: string, second: string): boolean {
  return SHARED.some((group) => group.includes(first) && group.includes(second))
}

function isLatin(language: string): boolean {
  try {
    return new Intl.Locale(language).maximize().script === 'Latn'
  } catch {
    return true
  }
}

const SHARED = [
  ['ar', 'fa', 'ur', 'ps', 'ku', 'ckb', 'sd', 'ug'],
  ['ru', 'uk', 'bg', 'sr', 'mk', 'be', 'kk', 'ky', 'mn'],
  ['zh', 'ja'],
  ['hi', 'mr', 'ne'],
  ['he', 'yi']
]

export function directionOf(language: string): 'ltr' | 'rtl' {
  return resolveDirection('auto', language)
}

function byScript(text: string): string | null {
  const letters = count(text, /\p{L}/gu)
  if (letters === 0) return null
  const is = (script: RegExp) => count(text, script) > letters * 0.4
  if (is(/\p{Script=Arabic}/gu))
    return /[ٹڈڑےںھ]/.test(text) ? 'ur' : /[پچژگ]/.test(text) && /[کی]/.test(text) ? 'fa' : 'ar'
  if (is(/\p{Script=Hebrew}/gu)) return 'he'
  if (count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > letters * 0.1) return 'ja'
  if (is(/\p{Script=Hangul}/gu)) return 'ko'
  if (is(/\p{Script=Han}/gu)) return 'zh'
  if (is(/\p{Script=Cyrillic}/gu)) return /[іїєґ]/iu.test(text) ? 'uk' : 'ru'
  if (is(/\p{Script=Greek}/gu)) return 'el'
  if (is(/\p{Script=Thai}/gu)) return 'th'
  if (is(/\p{Script=Devanagari}/gu)) return 'hi'
  return null
}

const SMALL_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set([
    'the',
    'and',
    'of',
    'to',
    'was',
    'that',
    'for',
    'with',
    'said',
    'has',
    'were',
    'by',
    'it',
    'have',
    'from'
  ]),
  fr: new Set(['le', 'les', 'des', 'et', 'une', 'est', 'dans', 'qui', 'pour', 'au', 'du', 'sur', 'pas', 'avec', 'ont']),
  de: new Set([
    'der',
    'die',
    'und',
    'das',
    'den',
    'mit',
    'von',
    'ist',
    'ein',
    'eine',
    'auf',
    'nicht',
    'für',
    'sich',
    'dem'
  ]),
  es: new Set(['el', 'los', 'las', 'y', 'que', 'una', 'por', 'con', 'para', 'del', 'se', 'su', 'al', 'es', 'como'])
}

function bySmallWords(text: string): string | null {
  const words =
    text
      .toLowerCase()
      .match(/\p{L}+/gu)
      ?.slice(0, 2000) ?? []
  if (words.length < 20) return null
  const counts = Object.entries(SMALL_WORDS)
    .map(([language, set]) => [language, words.filter((word) => set.has(word)).length] as const)
    .sort((a, b) => b[1] - a[1])
  const [first, second] = counts
  return first && second && first[1] >= words.length * 0.08 && first[1] > second[1] * 1.5 ? first[0] : null
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function base(language: string): string {
  return language.toLowerCase().split('-')[0] ?? ''
}
