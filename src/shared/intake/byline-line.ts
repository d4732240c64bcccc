import { readByline } from './bylines.ts'
import { readDateLine } from './date-line.ts'
import { readDate } from './dates.ts'
import { cleanName, isPersonName } from './names.ts'
import { nameBeforeRole } from './role-at-end.ts'
import type { PageLine } from './page.ts'
import { countSpaced } from './plain.ts'

/** A stretch of a line. */
export interface LineRange {
  readonly kind: 'words' | 'published' | 'updated'
  readonly from: number
  readonly to: number
}

/** Longer lines are paragraphs, whatever they start with. */
const LONGEST = 400

/**
 * Splits a line that names the story's authors, with the date that often accompanies them: "Posted on 13 August 2024 by
 * Nora Lind | 4 comments". Null for every other line. `certain`: the line is known to be a byline, so any shape is
 * accepted.
 */
export function readBylineLine(line: PageLine, certain = false): readonly LineRange[] | null {
  const { text } = line
  if (text.length > LONGEST && !certain) return null
  const cut = text.length > 1000 ? null : cutOf(line)
  const spans = namesOf(line)
  if (cut === null) return certain ? [whole(text)] : null
  const words = text.slice(cut.from, cut.to)
  const isByline =
    readByline(words) !== null || (spans.length > 0 ? isMostlyNames(words, spans) : isNamedByMarkup(line, words))
  return certain || isByline ? ranges(text, cut) : null
}

function isUpdate(before: string): boolean {
  return /(?:updated|modified|mis à jour|aktualisiert|actualizado|aggiornat[oa]|bijgewerkt)[^\p{L}]{0,4}(?:on|at|le|am|el)?\s?$/iu.test(
    before
  )
}

/** The names that the page's markup identifies in this line. */
export function namesOf({ text, spans = [] }: PageLine): string[] {
  return spans
    .filter(({ kind }) => kind === 'author')
    .map(({ from, to }) => text.slice(from, to).trim())
    .filter(isPersonName)
}

interface Cut {
  readonly from: number
  readonly to: number
  readonly dates: readonly LineRange[]
}

/** Characters. What a page marks as a time and is longer has copy in it, which a date would not keep. */
const LONGEST_TIME = 120

/** The position of the names, and the dates before or after them. */
function cutOf(line: PageLine): Cut | null {
  const { text } = line
  const end = text.trimEnd().length
  const timed = (line.spans ?? [])
    .filter(
      ({ kind, from, to }) => kind !== 'author' && to - from <= LONGEST_TIME && readDate(text.slice(from, to)) !== null
    )
    .map(({ kind, from, to }, n): LineRange => ({
      kind: kind === 'updated' || n > 0 || isUpdate(text.slice(0, from)) ? 'updated' : 'published',
      from,
      to
    }))
  const first = timed[0]
  if (first) {
    const before = text.slice(0, first.from)
    const behind = text.slice(timed.at(-1)?.to ?? end)
    const isBehind = /\p{L}/u.test(before.replace(LABEL_AT_END, ''))
    return isBehind
      ? { from: 0, to: before.replace(LABEL_AT_END, '').trimEnd().length, dates: timed }
      : { from: end - behind.trimStart().length, to: withoutCounts(text, end), dates: timed }
  }
  const dated = dateInFront(text) ?? dateBehind(text)
  return dated ?? { from: 0, to: withoutCounts(text, end), dates: [] }
}

/** "January 17, 2017, by Kori Schulman" */
function dateInFront(text: string): Cut | null {
  const by = /[\s,|•·–—-]\s?(?=(?:by|par|von|por)\s\p{Lu})/iu.exec(text.slice(0, 200))
  if (!by || by.index < 6) return null
  const head = text.slice(0, by.index)
  const dates = readDateLine(head)
  const from = by.index + by[0].length
  return dates.length > 0
    ? {
        from,
        to: withoutCounts(text, text.trimEnd().length),
        dates: dates.map(({ kind, from: at, to }) => ({ kind, from: at, to }))
      }
    : null
}

/** "By Amal Haddad | 13 Aug 2024", "Nora Lind Aug 13, 2024 5 min read" */
function dateBehind(text: string): Cut | null {
  const end = withoutCounts(text, text.trimEnd().length)
  for (const match of text.slice(0, end).matchAll(DATE_BEGINS)) {
    const at = match.index + match[0].length
    if (match.index === 0) continue
    const dates = readDateLine(text.slice(at, end))
    if (dates.length > 0)
      return {
        from: 0,
        to: match.index,
        dates: dates.map(({ kind, from, to }) => ({ kind, from: at + from, to: at + to }))
      }
  }
  return null
}

const DATE_BEGINS =
  /\s?[|•·]\s?|\s[-–—]\s|,\s|\s(?=(?:on\s)?(?:\d|published|updated|posted|last updated|publié|mis à jour|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\p{L}{0,7}\b))/giu
/** Text that only announces a date: "Published on", a bar. */
const LABEL_AT_END =
  /(?:[\s|•·,/:–—-]|\b(?:published|posted|updated|last|on|at|publié|le|mis|à|jour|veröffentlicht|am)\b){1,12}$/iu

/** Reading time and number of comments are not part of a byline. */
function withoutCounts(text: string, end: number): number {
  const found =
    /[\s|•·,]{1,5}\d{1,4}[\s-]{0,2}(?:min(?:ute)?s?\b\.?(?: read)?|comments?|shares?|views?|commentaires?|kommentare?|comentarios)\s{0,3}$/iu.exec(
      text.slice(0, end)
    )
  return found ? found.index : end
}

/** The page's markup calls the line an author, and it begins with a name: "Nora Lind, Harbour Correspondent". */
function isNamedByMarkup({ spans = [] }: PageLine, words: string): boolean {
  if (!spans.some(({ kind }) => kind === 'author') || words.length > 140) return false
  const [first = ''] = words.split(/[,;|/•·–—]|\s(?:in|for|at|and|with|avec|et|und|och|og|y|con|e)\s/u)
  const name = nameBeforeRole(cleanName(first))?.name ?? cleanName(first)
  return countSpaced(name) > 1 && isPersonName(name)
}

/** True if there is nothing besides the names except labels, roles and places of a few words. */
function isMostlyNames(words: string, names: readonly string[]): boolean {
  let rest = words
  for (const name of names) rest = rest.replace(name, ' ')
  return (rest.match(/[\p{L}\p{N}]+/gu) ?? []).length <= 9 && !/[.!?]\s+\p{Lu}/u.test(rest)
}

function ranges(text: string, { from, to, dates }: Cut): LineRange[] {
  const start = from + (/^[\s|•·,:–—-]{0,10}/u.exec(text.slice(from, to))?.[0].length ?? 0)
  const inner = /^[([]([^()[\]]+)[)\]]\.?\s*$/u.exec(text.slice(start, to))?.[1]
  if (inner !== undefined && dates.length === 0)
    return [{ kind: 'words', from: start + 1, to: start + 1 + inner.length }]
  const end = to - (/[\s|•·,;:/–—-]{0,10}$/u.exec(text.slice(start, to))?.[0].length ?? 0)
  const words: LineRange[] = end > start ? [{ kind: 'words', from: start, to: end }] : []
  return [...words, ...dates].sort((a, b) => a.from - b.from)
}

function whole(text: string): LineRange {
  const from = text.length - text.trimStart().length
  return { kind: 'words', from, to: Math.max(from, text.trimEnd().length) }
}
