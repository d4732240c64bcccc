import { endOfCharacter, fold, type FoldedText, type FoldOptions } from './fold.ts'

/** What somebody looks for. */
export interface FindQuery extends FoldOptions {
  readonly text: string
  readonly wholeWord: boolean
  /** `text` is a regular expression, and is compared with the letters as they are written. */
  readonly isRegExp: boolean
}

export const emptyQuery: FindQuery = {
  text: '',
  matchCase: false,
  matchAccents: false,
  wholeWord: false,
  isRegExp: false
}

/** A place in one text, in UTF-16 units. */
export interface Found {
  readonly start: number
  readonly end: number
}

/** A text that is searched again and again: how it was folded last is kept. */
export class SearchedText {
  readonly text: string
  #folded: { readonly key: number; readonly folded: FoldedText } | null = null

  constructor(text: string) {
    this.text = text
  }

  folded(options: FoldOptions): FoldedText {
    const key = (options.matchCase ? 1 : 0) + (options.matchAccents ? 2 : 0)
    if (this.#folded?.key !== key) this.#folded = { key, folded: fold(this.text, options) }
    return this.#folded.folded
  }
}

/**
 * Finds in one text, first to last, none over another. A place begins and ends between characters: never within a
 * letter and its accent. Not for regular expressions.
 */
export function plainFinder(query: FindQuery): (searched: SearchedText) => Found[] {
  const bare = fold(query.text, query)
  // What is left out everywhere else (a tatweel by itself) is looked for as it is.
  const options = bare.text === '' ? { ...query, matchAccents: true } : query
  const needle = bare.text === '' ? fold(query.text, options).text : bare.text
  if (needle === '') return () => []
  return (searched) => {
    const { text, places } = searched.folded(options)
    const found: Found[] = []
    for (let at = text.indexOf(needle); at >= 0;) {
      const place = placeOf(places, at, at + needle.length)
      const fits = place !== null && (!query.wholeWord || isWholeWord(searched.text, place))
      if (fits) found.push(place)
      at = text.indexOf(needle, fits ? at + needle.length : at + 1)
    }
    return found
  }
}

function placeOf(places: FoldedText['places'], from: number, to: number): Found | null {
  if (places === null) return { start: from, end: to }
  const { starts, ends } = places
  const start = starts[from] ?? 0
  const end = ends[to - 1] ?? 0
  // One letter can be written as two (ß as ss): half of it is no place.
  if (from > 0 && starts[from - 1] === start) return null
  if (to < ends.length && ends[to] === end) return null
  return { start, end }
}

/** The regular expression of a query; null if it is invalid. */
export function regExpOf(query: Pick<FindQuery, 'text' | 'matchCase'>): RegExp | null {
  try {
    return new RegExp(query.text, query.matchCase ? 'gmu' : 'gimu')
  } catch {
    return null
  }
}

/** A place a regular expression fits, and what would be there instead. */
export interface RegExpFound extends Found {
  readonly instead: string
}

/**
 * Finds by a regular expression, `replacement` with its `$1`, `$&` and `$<name>` written out. An expression can take for
 * ever: only where it can be ended.
 */
export function findByRegExp(
  text: string,
  expression: RegExp,
  { wholeWord, replacement }: { readonly wholeWord: boolean; readonly replacement: string }
): RegExpFound[] {
  const found: RegExpFound[] = []
  for (const match of text.matchAll(expression)) {
    const place = { start: match.index, end: match.index + match[0].length }
    if (match[0] === '' || (wholeWord && !isWholeWord(text, place))) continue
    found.push({ ...place, instead: written(replacement, match) })
  }
  return found
}

function written(replacement: string, match: RegExpMatchArray): string {
  return replacement.replace(/\$(?:(\$)|(&)|(\d\d?)|<([^<>]*)>)/g, (whole, dollar, all, number, name) => {
    if (dollar) return '$'
    if (all) return match[0]
    if (name !== undefined) return match.groups ? (match.groups[String(name)] ?? '') : String(whole)
    const digits = String(number)
    for (const length of [2, 1]) {
      const group = Number(digits.slice(0, length))
      if (length <= digits.length && group > 0 && group < match.length)
        return (match[group] ?? '') + digits.slice(length)
    }
    return String(whole)
  })
}

/** Whether no word goes on before or behind a place. */
function isWholeWord(text: string, { start, end }: Found): boolean {
  return !(isWordAt(text, start) && isWordBefore(text, start)) && !(isWordBefore(text, end) && isWordAt(text, end))
}

function isWordAt(text: string, at: number): boolean {
  return at < text.length && WORD.test(text.slice(at, endOfCharacter(text, at)))
}

function isWordBefore(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at)
  return WORD_END.test(before)
}

const WORD = /^[\p{L}\p{N}\p{M}_\u0640]/u
const WORD_END = /[\p{L}\p{N}\p{M}_\u0640]$/u
