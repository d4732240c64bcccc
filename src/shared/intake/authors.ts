import type { Author } from '../story/fields.ts'
import { sourceNamed } from './agencies.ts'
import { authorsOf } from './bylines.ts'
import { bylineLabelLength, isNameLabel } from './labels.ts'
import { cleanName, isCredit, isOutlet, isPersonName, sameName } from './names.ts'
import { fold } from './plain.ts'

export interface AuthorSources {
  /** The byline as readers see it. */
  readonly byline: string
  /** Names that the page's markup identifies in its byline. */
  readonly marked: readonly string[]
  /** Names in the page's metadata. */
  readonly told: readonly string[]
}

/**
 * Who wrote the story. The visible byline decides, divided by the page's own markup where that identifies the names;
 * metadata is used only where readers are told nothing, and to decide where one name ends and the next begins.
 */
export function chooseAuthors({ byline, marked, told }: AuthorSources): { authors: Author[]; source: string } {
  const read = authorsOf(byline)
  const pointedOut = unique(
    marked
      .filter((name) => !/[:：]\s*$/u.test(name) && !isNameLabel(name))
      .map((name) => cleanName(name.slice(bylineLabelLength(name))))
  ).filter((name) => !isCreditedFor(name, byline))
  // Markup that identifies only where somebody works does not identify the author.
  const names = pointedOut.every(isOutlet) && read.authors.some(({ name }) => !isOutlet(name)) ? [] : pointedOut
  const toldNames = unique(told.map(cleanName))
  if (byline === '') return toldNames.length > 0 ? authorsOfNames(toldNames) : { authors: [], source: '' }
  if (names.length > 0) return { authors: withRoles(names, read.authors, byline), source: read.source }
  const seen = fold(byline)
  const shown = toldNames.filter((name) => namesWhole(seen, fold(name)))
  // A name from the metadata that is part of what was read shows where that name ends; it never removes somebody named
  // to the reader.
  const isCovered = (read: string): boolean =>
    shown.some((name) => fold(read).includes(fold(name)) || fold(name).includes(fold(read)))
  const isWhole =
    shown.length > 0 &&
    shown.length === toldNames.length &&
    read.authors
      .filter(({ name, kind }) => kind === 'person' && isPersonName(name) && !isOutlet(name))
      .every(({ name }) => isCovered(name))
  if (isWhole) return { authors: withRoles(shown, read.authors, byline), source: read.source }
  return {
    authors: read.authors
      .filter(({ name }, n) => n === 0 || !isOutlet(name) || sourceNamed(name) !== null)
      .filter((author, n, all) => all.findIndex(({ name }) => sameName(name, author.name)) === n),
    source: read.source
  }
}

/** True if the words contain the name on its own, not as the beginning of a longer one. */
function namesWhole(words: string, name: string): boolean {
  for (let at = words.indexOf(name); at !== -1; at = words.indexOf(name, at + 1)) {
    const around = [words.slice(0, at).at(-1), words[at + name.length]]
    if (!around.some((letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter))) return true
  }
  return false
}

/**
 * Agencies and people joined by "and" that the markup does not identify are kept; "Harbour News" after a comma is where
 * somebody works.
 */
function withRoles(names: readonly string[], read: readonly Author[], byline: string): Author[] {
  const authors = names.map((name): Author => {
    const known = read.find((author) => sameName(author.name, name))
    return known ?? { name, kind: isOutlet(name) ? 'organisation' : 'person' }
  })
  const seen = fold(byline)
  const isJoined = (name: string) =>
    ['and', 'und', 'et', 'y', '&'].some((joint) => seen.includes(` ${joint} ${fold(name)}`))
  const more = read.filter(
    ({ name, kind }) =>
      ((kind === 'organisation' && sourceNamed(name) !== null) || (isJoined(name) && isPersonName(name))) &&
      !names.some((known) => fold(known).includes(fold(name)))
  )
  return [...authors, ...more]
}

function authorsOfNames(names: readonly string[]): { authors: Author[]; source: string } {
  const authors = names.flatMap((name): Author[] => {
    const read = authorsOf(name)
    return read.authors.length > 0 &&
      read.authors.every((author) => isPersonName(author.name) || author.kind === 'organisation')
      ? read.authors
      : [{ name: name.slice(0, 200), kind: isOutlet(name) ? 'organisation' : 'person' }]
  })
  return { authors, source: authorsOf(names.join(', ')).source }
}

function unique(names: readonly string[]): string[] {
  return names.filter((name, n) => name !== '' && names.findIndex((other) => sameName(other, name)) === n)
}

/** Named in the byline only for the pictures: "Illustration by Claire Moor". */
function isCreditedFor(name: string, byline: string): boolean {
  const seen = fold(byline)
  const at = seen.indexOf(fold(name))
  return at > 0 && isCredit(seen.slice(Math.max(0, at - 40), at + name.length).replace(/^.*[,;|]/u, ''))
}
