import type { Language } from './language.ts'

/** BCP 47 for English with accents: what a translator's first look and the tests use. */
export const PSEUDO = 'en-XA'

/**
 * The same words, accented and in brackets: [Ŝåṽé]. Whatever a person sees without them was not taken from the words,
 * and whatever is cut off will not hold a longer language.
 */
export function pseudoLanguage(language: Language): Language {
  return { ...(pseudo(language) as Language), locale: language.locale }
}

function pseudo(value: unknown): unknown {
  if (typeof value === 'string') return accented(value)
  if (typeof value === 'function') return (...args: unknown[]) => accented(String(Reflect.apply(value, null, args)))
  if (Array.isArray(value)) return value.map(pseudo)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudo(inner)]))
  return value
}

/** An empty sentence stays empty; line breaks stay where they are. */
function accented(text: string): string {
  if (text.trim() === '') return text
  return `[${text.replace(/[A-Za-z]/g, (letter) => accents[letter] ?? letter)}]`
}

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const marked = 'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'
const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [...plain].map((letter, at) => [letter, [...marked][at] ?? letter])
)
