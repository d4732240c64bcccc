import { resolveDirection } from '../document/language.ts'

/** Letters looked at: enough to be certain, cheap at any length. */
const SAMPLE = 20_000

/**
 * The language of a text by its script, and for Latin script by its small words. `desk` decides where the letters do
 * not: an English text at an en-GB desk is en-GB.
 */
export function guessLanguage(text: string, desk: string): string {
  const sample = text.slice(0, SAMPLE)
  const guess = byScript(sample) ?? bySmallWords(sample)
  return guess === null || guess === base(desk) ? desk : guess
}

/**
 * What the page says, unless its letters say otherwise: many templates call an Arabic page "en". Languages that share a
 * script are left to the page.
 */
export function languageOf(text: string, said: string, desk: string): string {
  if (said === '') return guessLanguage(text, desk)
  const script = byScript(text.slice(0, SAMPLE))
  if (script === null || script === base(said)) return said
  const sharesScript = (first: string, second: string) =>
    SHARED.some((group) => group.includes(first) && group.includes(second))
  return sharesScript(script, base(said)) ? said : script
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
