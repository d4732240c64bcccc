import { language } from './strings.ts'

/** Languages offered by name; any other code can be typed. */
const codes = [
  'en',
  'en-GB',
  'en-US',
  'ar',
  'bn',
  'de',
  'el',
  'es',
  'fa',
  'fr',
  'he',
  'hi',
  'id',
  'it',
  'ja',
  'ko',
  'ms',
  'nl',
  'pl',
  'pt',
  'ru',
  'sw',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh-Hans',
  'zh-Hant'
] as const

const names = new Intl.DisplayNames([language.locale], { type: 'language', fallback: 'code' })

/** "Arabic" for ar; the code itself if its name is unknown. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

export const languageOptions = codes.map((code) => ({ id: code, label: languageName(code), detail: code }))
