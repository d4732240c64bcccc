import { z } from 'zod'

/** BCP 47: en, ar, en-GB, zh-Hant. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'is not a language code such as en, ar or en-GB')

/** Whether that can be a language somebody speaks: codes of languages have two or three letters, and `Arabic` has six. */
export function isLanguage(code: string): boolean {
  return Language.safeParse(code).success && /^[a-z]{2,3}(-|$)/i.test(code)
}

/** `auto`: the first strong character of each paragraph decides, as browsers do. */
export const Direction = z.enum(['ltr', 'rtl', 'auto'])
export type Direction = z.infer<typeof Direction>

const RTL_LANGUAGES = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi'])

/** The direction a story is set in: its own, or that of its language. */
export function resolveDirection(direction: Direction, language: string): 'ltr' | 'rtl' {
  if (direction !== 'auto') return direction
  return RTL_LANGUAGES.has(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr'
}
