import { fold, foldedWords, isUnspaced } from './search-fold.ts'

/** Words that must be next to each other; one word is a phrase of one. */
export interface SearchTerm {
  readonly words: readonly string[]
  /** The last word may be incomplete: it is still being typed. */
  readonly prefix: boolean
}

/** Further words in a search are ignored: nobody types so many, and each costs time. */
const MAX_TERMS = 24
/** A single letter as a prefix would match half the library and help nobody. */
const MIN_PREFIX = 2

/**
 * Parses what a person typed into terms that must all occur: text in quotation marks is a phrase, everything else is
 * words, the last of which may be incomplete. There are no operators: AND, NEAR, -, * and : are words or punctuation
 * like any other. Empty if there is nothing to search for.
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
 * The terms as an FTS5 expression. Every word is quoted and contains only letters and digits, so none can act as
 * syntax.
 */
export function toFtsQuery(terms: readonly SearchTerm[]): string {
  return terms.map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ')
}

/** How the search was understood, to show to the person: council “bridge vote” clos… */
export function describeSearch(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ words, prefix }) => {
      const joined = words.every(isUnspaced) ? words.join('') : words.join(' ')
      return `${words.length > 1 ? `“${joined}${prefix ? '…' : ''}”` : `${joined}${prefix ? '…' : ''}`}`
    })
    .join(' ')
}
