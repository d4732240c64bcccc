import type { Author } from '../story/fields.ts'
import { agencyNamed, sourceNamed } from './agencies.ts'
import { PARTICLES } from './captions.ts'
import { bylineLabelLength, creditLabels, isNameLabel, labelLength } from './labels.ts'
import { cleanName, isCredit, isRole } from './names.ts'
import { isNoName } from './not-names.ts'
import { isOfBeat, nameBeforeRole } from './role-at-end.ts'
import { countSpaced, fold } from './plain.ts'

/** What a byline line says. */
export interface Byline {
  /** Where the words of the byline are in the line, its "By" among them. */
  readonly from: number
  readonly to: number
  readonly authors: readonly Author[]
  /** The agency among them. */
  readonly source: string
}

/**
 * Reads "By AFP", "By Amal Haddad and Omar Said in Beirut", "بقلم أمل حداد", "Reuters". Null when the line is a
 * sentence that only begins with "By", or anything else. `certain`: the line is known to be a byline, so any shape is
 * accepted.
 */
export function readByline(line: string, certain = false): Byline | null {
  if (line.length > 1000) return null
  const label = bylineLabelLength(line)
  const from = line.length - line.trimStart().length
  const to = line.replace(/(?<![\s|•·,;:/])[\s|•·,;:/]+$/u, '').length
  const words = line.slice(Math.max(from, label), to)
  if (to <= from) return null
  if (!certain) {
    if (countSpaced(words) > 16 || /[.!?؟]$/.test(words.replace(TITLE_AT_END, ''))) return null
    if (label === 0 && (agencyNamed(words) === null || words.length < 3)) return null
    const parts = namesIn(words)
    const isNothing = parts.length === 0 && /[\p{L}\p{N}]/u.test(words)
    if (
      label > 0 &&
      (isNothing || !parts.every(({ part }, n) => isName(part, line.slice(0, label)) || (n > 0 && isPlace(part))))
    )
      return null
  }
  return { from, to, ...authorsOf(words) }
}

/** A full stop that does not end a sentence: an initial, "Jr.", "Ph.D." */
const TITLE_AT_END = /(?:\b\p{Lu}|\b(?:Jr|Sr|Esq|Inc|Ltd)|\b(?:\p{Lu}\p{Ll}{0,2}\.){1,3}\p{Lu})\.$/u

/** People and agencies of a byline without its label, spelt as written. */
export function authorsOf(line: string): { authors: Author[]; source: string } {
  const words = line.slice(bylineLabelLength(line))
  let source = ''
  const authors: Author[] = []
  let wasCut = false
  for (const { part, behindDash, opens } of namesIn(words)) {
    const agency = agencyNamed(part)
    if (agency !== null) source ||= sourceNamed(part) ?? ''
    const cut: { name: string; role: string } | null =
      agency === null && (opens || wasCut) ? nameBeforeRole(part) : null
    const { name, role } = cut ?? nameAndRole(part)
    if (name === '' || name.length > 200 || authors.length >= 100 || /\S@\S|^www\.|\.(?:com|net|org)$/i.test(name))
      continue
    const previous = authors.at(-1)
    // What follows a dash is where somebody is or what they do, unless it is an agency.
    if (agency === null && cut === null && previous && (behindDash || isRole(name) || isPlace(name))) {
      if (previous.role === undefined) authors[authors.length - 1] = { ...previous, role: name }
      // Who follows a name whose role was cut off may be somebody whose role was not: no name goes.
      else if (opens && wasCut) authors[authors.length - 1] = { ...previous, role: `${previous.role} / ${part}` }
      continue
    }
    wasCut = cut !== null
    authors.push({ name, kind: agency === null ? 'person' : 'organisation', ...(role !== '' && { role }) })
  }
  return { authors, source }
}

interface Part {
  readonly part: string
  readonly behindDash: boolean
  /** At the start of a group, or joined by "and" to what is: a role may be at the end of the name. */
  readonly opens: boolean
}

function namesIn(words: string): Part[] {
  // Behind a semicolon another group begins: "editing by Paul Osei and Omar Said" are all editors.
  const groups = words.split(/\s?;\s?/u).filter((group, _, all) => all.length === 1 || !isCredit(group))
  return groups
    .join('; ')
    .split(/(?<!\s)\s+[-–—]\s+/u)
    .flatMap((side, n) =>
      side
        .split(/(?:(?<!\s)\s+)?;\s*/u)
        .flatMap((group) =>
          group
            .split(/(?:(?<!\s)\s+)?[,|/／&،؛•·]\s*/u)
            .flatMap((phrase, at) => namesJoined(phrase, at > 0).map((part) => ({ part, opens: at === 0 && n === 0 })))
        )
        // A label without a name is not a name, and whoever made the pictures is not an author.
        .filter(
          ({ part }) =>
            !isCredit(part) &&
            labelLength(part, creditLabels, { needsColon: true }) === 0 &&
            !/[:：]\s*$/u.test(part) &&
            !isNameLabel(part)
        )
        .map(({ part, opens }) => ({ part: cleanName(part), behindDash: n > 0, opens }))
        .filter(({ part }) => part !== '' && !/^\d|^(?:Ph\.?D|M\.?D|M\.?Sc|B\.?A|Q\.?C|K\.?C|R\.?N)\.?$/u.test(part))
    )
}

/** Whoever "and" joins; behind a comma, "Health and Social Care Editor" is one role. */
function namesJoined(phrase: string, isBehindComma: boolean): string[] {
  const parts = phrase.split(
    /(?<!\s)\s+(?:and|with (?:inputs?|reports?|files|additional reporting) (?:from|by)|with|et|avec|und|mit|y|con|och|og|ve|и|та|مع)\s+|(?<!\s)\s+و\s*(?=\p{L})/iu
  )
  const isOneRole =
    isBehindComma &&
    parts.length > 1 &&
    isRole(parts.at(-1) ?? '') &&
    parts.slice(0, -1).every((part) => isOfBeat(part))
  return isOneRole ? [phrase] : parts
}

/** "Amal Haddad in Beirut", "Omar Said for The Harbour Post", "Jane Doe (Reuters)" */
function nameAndRole(part: string): { name: string; role: string } {
  // Over 1,000 characters at most: `readByline` takes no longer line.
  const match = /^(.+?)\s+(?:in|for|at|من|في)\s+(.+)$/u.exec(part)
  const bracket = /^(.+?)\s*[([]([^)\]]*)[)\]]$/u.exec(part)
  if (bracket?.[1] !== undefined)
    return { name: bracket[1], role: (bracket[2] ?? '').includes('@') ? '' : (bracket[2] ?? '') }
  return { name: match?.[1] ?? part, role: '' }
}

/** "for The Harbour Post", "à Beyrouth": where somebody is or works. */
function isPlace(part: string): boolean {
  return /^(?:for|in|at|from|à|en|aus|pour|para|desde|depuis)\s\p{Lu}/u.test(part) && countSpaced(part) <= 6
}

function isName(part: string, label: string): boolean {
  if (agencyNamed(part) !== null || isRole(part)) return true
  const { name } = nameAndRole(part)
  const words = name.split(/\s+/)
  return (
    words.length <= 6 &&
    words.every(
      (word) =>
        /^[\p{Lu}\p{Lo}(“"]/u.test(word) ||
        PARTICLES.has(fold(word)) ||
        /^(?:al|el|ad|as|ash|an|ar|at|d|l|o)[-’']/iu.test(word)
    ) &&
    !isNoName(name, label)
  )
}

/** Two to four words that can only be a person's name, for a line in the position of a byline. */
export function isBareName(line: string): boolean {
  const words = line.trim().split(/\s+/)
  return (
    words.length >= 2 &&
    words.length <= 4 &&
    words.every((word) => /^\p{Lu}[\p{L}\p{M}'’.-]*$/u.test(word) || PARTICLES.has(word)) &&
    !isNoName(line)
  )
}
