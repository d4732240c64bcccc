import type { Author } from '../story/fields.ts'
import { agencyNamed, sourceNamed } from './agencies.ts'
import { PARTICLES } from './captions.ts'
import { bylineLabels, labelLength } from './labels.ts'
import { countSpaced, fold } from './plain.ts'

/** What a byline line says: who, without the "By". */
export interface Byline {
  /** Where the words of the byline stand in the line. */
  readonly from: number
  readonly to: number
  readonly authors: readonly Author[]
  /** The agency among them. */
  readonly source: string
}

/**
 * Reads "By AFP", "By Amal Haddad and Omar Said in Beirut", "بقلم أمل حداد", "Reuters". Null when the line is a
 * sentence that only begins with "By", or anything else. `certain` is for lines that are known to be a byline: then
 * every shape will do.
 */
export function readByline(line: string, certain = false): Byline | null {
  if (line.length > 1000) return null
  const label = labelLength(line, bylineLabels)
  const from = label > 0 ? label : (/^\s*/u.exec(line)?.[0].length ?? 0)
  const to = line.replace(/[\s|•·,;:/]+$/u, '').length
  const words = line.slice(from, to)
  if (to <= from) return null
  if (!certain) {
    if (countSpaced(words) > 16 || /[.!?؟]$/.test(words.replace(/\b\p{Lu}\.$/u, ''))) return null
    if (label === 0 && agencyNamed(words) === null) return null
    if (label > 0 && !namesIn(words).every(({ part }) => isName(part))) return null
  }
  return { from, to, ...authorsOf(words) }
}

/** People and agencies of a byline without its label. What they are called is kept as written. */
export function authorsOf(words: string): { authors: Author[]; source: string } {
  let source = ''
  const authors: Author[] = []
  for (const { part, behindDash } of namesIn(words)) {
    const agency = agencyNamed(part)
    if (agency !== null) source ||= sourceNamed(part) ?? ''
    const { name, role } = nameAndRole(part)
    if (name === '' || name.length > 200 || authors.length >= 100) continue
    const previous = authors.at(-1)
    // Behind a dash stands where somebody is or what they do, unless it is an agency.
    if (agency === null && previous && (behindDash || isRole(name))) {
      if (previous.role === undefined) authors[authors.length - 1] = { ...previous, role: name }
      continue
    }
    authors.push({ name, kind: agency === null ? 'person' : 'organisation', ...(role !== '' && { role }) })
  }
  return { authors, source }
}

function namesIn(words: string): { readonly part: string; readonly behindDash: boolean }[] {
  return words.split(/\s+[-–—]\s+/u).flatMap((side, n) =>
    side
      .split(/\s*[,;|/&،؛]\s*|\s+(?:and|with|et|und|y|مع)\s+|\s+و\s*(?=\p{L})/iu)
      .map((part) => ({ part: part.trim(), behindDash: n > 0 }))
      .filter(({ part }) => part !== '')
  )
}

/** "Amal Haddad in Beirut", "Omar Said for The Harbour Post", "Jane Doe (Reuters)" */
function nameAndRole(part: string): { name: string; role: string } {
  const match = /^(.+?)\s+(?:in|for|at|من|في)\s+(.+)$/u.exec(part)
  const bracket = /^(.+?)\s*[([]([^)\]]*)[)\]]$/u.exec(part)
  if (bracket?.[1] !== undefined) return { name: bracket[1], role: bracket[2] ?? '' }
  return { name: match?.[1] ?? part, role: '' }
}

const ROLES =
  /\b(?:reporter|editor|correspondent|writer|columnist|analyst|desk|bureau|chief|producer|contributor|staff)\b|مراسل|محرر|كاتب/iu

function isRole(text: string): boolean {
  return ROLES.test(text) && agencyNamed(text) === null
}

function isName(part: string): boolean {
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
    !STARTS_SENTENCE.has(fold(words[0] ?? ''))
  )
}

/** "By Tuesday", "By Friday night": a time, not a name. */
const STARTS_SENTENCE = new Set([
  'the',
  'a',
  'an',
  'this',
  'that',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'january',
  'february',
  'march',
  'april',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
  'noon',
  'midnight',
  'then',
  'now',
  'contrast',
  'comparison',
  'law',
  'popular',
  'far'
])

/** Two to four words that can only be a person's name, for a line that stands where a byline stands. */
export function isBareName(line: string): boolean {
  const words = line.trim().split(/\s+/)
  return (
    words.length >= 2 &&
    words.length <= 4 &&
    words.every((word) => /^\p{Lu}[\p{L}\p{M}'’.-]*$/u.test(word) || PARTICLES.has(word)) &&
    !STARTS_SENTENCE.has(fold(words[0] ?? ''))
  )
}
