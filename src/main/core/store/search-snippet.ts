import { fold, foldWithOrigin, WORD_CHARACTER, type FoldedText } from './search-fold.ts'
import type { SearchTerm } from './search-query.ts'

/** Length of a snippet in characters, about two lines of the list. */
const SNIPPET_LENGTH = 180
/** How many characters come before the first match. */
const LEAD_IN = 50

/** Finds a search's words in the original text, whatever its spelling, accents or case. Created once per search. */
export class Highlighter {
  readonly #pattern: RegExp | null
  readonly #prefixes: ReadonlySet<string>
  /** Finds where a word may be in JSON read as bytes; null if a word has letters beyond ASCII. */
  readonly places: RegExp | null

  constructor(terms: readonly SearchTerm[]) {
    const words = terms.flatMap(({ words: own, prefix }) =>
      own.map((word, at) => ({ word, prefix: prefix && at === own.length - 1 }))
    )
    this.#prefixes = new Set(words.filter(({ prefix }) => prefix).map(({ word }) => word))
    // Longest first: of two that start at the same place, the longer is the match.
    const alternatives = [...new Set(words.map(({ word }) => word))]
      .toSorted((a, b) => b.length - a.length)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    this.places =
      words.length > 0 && words.every(({ word }) => /^[a-z0-9]+$/.test(word))
        ? new RegExp(words.map(placeOf).join('|'), 'gi')
        : null
    this.#pattern = alternatives.length > 0 ? new RegExp(alternatives.join('|'), 'gu') : null
  }

  /** The whole text in pieces; every second one (1, 3, …) is a match. */
  pieces(text: string): string[] {
    return cutAt(text, this.#matches(text), 0, text.length)
  }

  /**
   * The part of a text that shows why the story was found: around the first match in one of the likely texts, or else
   * in any of the texts. Without a match, the beginning of the first text.
   */
  snippet(texts: Iterable<string>, likely: Iterable<string> = []): string[] {
    for (const text of likely) {
      const matches = this.#matches(text)
      const [first] = matches
      if (first) return excerpt(text, matches, first.start)
    }
    let beginning = ''
    for (const text of texts) {
      if (beginning === '') beginning = text
      const matches = this.#matches(text)
      const [first] = matches
      if (first) return excerpt(text, matches, first.start)
    }
    return excerpt(beginning, [], 0)
  }

  #matches(text: string): Match[] {
    // Most paragraphs contain none of the words: positions are only mapped back to the original for those that do.
    if (!this.#pattern || text === '' || fold(text).search(this.#pattern) < 0) return []
    const matches: Match[] = []
    const folding = foldWithOrigin(text)
    const { folded } = folding
    for (const found of folded.matchAll(this.#pattern)) {
      const end = this.#endOfWord(folded, found.index, found[0])
      if (end === null) continue
      const match = { start: startOf(folding, found.index), end: endOf(folding, end) }
      const last = matches.at(-1)
      // Characters of a script without spaces are words of their own; adjacent ones are shown as one match.
      if (last && match.start <= last.end) last.end = Math.max(last.end, match.end)
      else matches.push(match)
    }
    return matches
  }

  /** Where the match ends; null if it is not a whole word, nor the start of one where that suffices. */
  #endOfWord(folded: string, start: number, word: string): number | null {
    if (start > 0 && WORD_CHARACTER.test(characterBefore(folded, start))) return null
    const end = start + word.length
    if (end >= folded.length || !WORD_CHARACTER.test(String.fromCodePoint(folded.codePointAt(end) ?? 32))) return end
    return this.#prefixes.has(word) ? end : null
  }
}

/**
 * Matches a word that does not continue a longer one (the letters of a JSON escape do not count), nor is continued,
 * unless it may be incomplete.
 */
function placeOf({ word, prefix }: { readonly word: string; readonly prefix: boolean }): string {
  return `${word}(?<=(?:[^a-z0-9]|\\\\[bfnrt]|\\\\u[0-9a-f]{4})${word})${prefix ? '' : '(?![a-z0-9])'}`
}

interface Match {
  readonly start: number
  end: number
}

function startOf({ origin }: FoldedText, at: number): number {
  return origin ? (origin[at] ?? 0) : at
}

/** The end of the character that produced the unit before `at`, including any marks on it that folding dropped. */
function endOf({ origin }: FoldedText, at: number): number {
  if (!origin) return at
  const last = origin[at - 1] ?? 0
  let next = at
  while (next < origin.length - 1 && (origin[next] ?? 0) <= last) next += 1
  return origin[next] ?? 0
}

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1)
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(at - 2, at) : text.charAt(at - 1)
}

function excerpt(text: string, matches: readonly Match[], focus: number): string[] {
  if (text.length <= SNIPPET_LENGTH) return cutAt(text, matches, 0, text.length)
  const earliest = Math.max(0, focus - LEAD_IN)
  const start = earliest === 0 ? 0 : afterSpace(text, earliest, focus)
  const latest = Math.min(text.length, start + SNIPPET_LENGTH)
  const end = latest === text.length ? latest : beforeSpace(text, latest, Math.max(focus, start))
  const pieces = cutAt(text, matches, start, end)
  if (start > 0) pieces[0] = `… ${pieces[0] ?? ''}`
  if (end < text.length) pieces[pieces.length - 1] = `${pieces.at(-1) ?? ''} …`
  return pieces
}

function cutAt(text: string, matches: readonly Match[], from: number, to: number): string[] {
  const pieces: string[] = []
  let at = from
  for (const { start, end } of matches) {
    if (end <= from || start >= to) continue
    pieces.push(text.slice(at, Math.max(start, from)), text.slice(Math.max(start, from), Math.min(end, to)))
    at = Math.min(end, to)
  }
  pieces.push(text.slice(at, to))
  return pieces.map((piece) => piece.replace(/\s*\n\s*/g, ' '))
}

/** The start of a word at or after `from`, but before `limit`; in text without spaces, the start of any character. */
function afterSpace(text: string, from: number, limit: number): number {
  const space = text.slice(from, limit).search(/\s/)
  return space < 0 ? wholeCharacter(text, from) : from + space + 1
}

function beforeSpace(text: string, to: number, limit: number): number {
  const space = text.lastIndexOf(' ', to)
  return space > limit + 60 ? space : wholeCharacter(text, to)
}

function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at
}
