import { z } from 'zod'

/** BCP 47: en, ar, en-GB, zh-Hant. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'is not a language code such as en, ar or en-GB')

/** Whether this can be the code of a spoken language: those begin with two or three letters, and `Arabic` has six. */
export function isLanguage(code: string): boolean {
  return Language.safeParse(code).success && /^[a-z]{2,3}(-|$)/i.test(code)
}

/** `auto`: the first strong character of each paragraph decides, as in browsers. */
export const Direction = z.enum(['ltr', 'rtl', 'auto'])
export type Direction = z.infer<typeof Direction>

const RTL_LANGUAGES = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi'])

/** The direction a story is set in: its own, or its language's. */
export function resolveDirection(direction: Direction, language: string): 'ltr' | 'rtl' {
  if (direction !== 'auto') return direction
  return RTL_LANGUAGES.has(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr'
}
