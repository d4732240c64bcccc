import { fold, foldedWords, isUnspaced } from './search-fold.ts'

/** Words that must be next to each other; one word is a phrase of one. */
export interface SearchTerm {
  readonly words: readonly string[]
  /** The last word may go on: it is still being typed. */
  readonly prefix: boolean
}

/** More words than this in one search are ignored: nobody types them, and each costs. */
const MAX_TERMS = 24
/** A single letter as a prefix would match half the library and help nobody. */
const MIN_PREFIX = 2

/**
 * What a person typed, as terms that must all occur: "…" is a phrase, everything else are words, the last one the start
 * of a word. There are no operators: AND, NEAR, -, * and : are words or punctuation like any other. Empty when there is
 * nothing to look for.
 */
export function parseSearch(text: string): SearchTerm[] {
  const terms: SearchTerm[] = []
  const pieces = [...text.slice(0, 500).matchAll(/["“”„«»]([^"“”„«»]*)(["“”„«»]|$)|[^\s"“”„«»]+/gu)]
  for (const [index, match] of pieces.entries()) {
    const quoted = match[1]
    const closed = match[2] !== undefined && match[2] !== ''
    const words = foldedWords(fold(quoted ?? match[0]))
    const last = words.at(-1)
    if (last === undefined) continue
    const open = index === pieces.length - 1 && !closed && !/\s$/.test(text)
    terms.push({ words, prefix: open && [...last].length >= MIN_PREFIX && !isUnspaced(last) })
    if (terms.length === MAX_TERMS) break
  }
  return terms
}

/**
 * The terms as an FTS5 expression. Every word is in quotes and holds only letters and digits, so nothing of it can
 * be syntax.
 */
export function toFtsQuery(terms: readonly SearchTerm[]): string {
  return terms.map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ')
}

/** What the words were understood as, for the person: council “bridge vote” clos… */
export function describeSearch(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ words, prefix }) => {
      const joined = words.every(isUnspaced) ? words.join('') : words.join(' ')
      return `${words.length > 1 ? `“${joined}${prefix ? '…' : ''}”` : `${joined}${prefix ? '…' : ''}`}`
    })
    .join(' ')
}
