import { readDate } from './dates.ts'
import { isFact } from './facts.ts'
import { isPersonName } from './names.ts'
import type { Unit } from './units.ts'
import { say } from '../words/message.ts'

/** What outlets put before a link to another story. */
const LABEL =
  /^[^\p{L}]*(?:read(?: more| also| next| on)?|also read|see(?: also)?|watch(?: now| live)?|listen(?: now)?|video|audio|photos?|gallery|in pictures|opinion|analysis|explainer|podcast|interactive|exclusive|related|live|more|lire(?: aussi)?|à lire(?: aussi)?|voir(?: aussi)?|lesen(?: sie auch)?|mehr|leer|lea(?: también)?|lee(?: también)?|vea(?: también)?|leia(?: também|mais)?|veja(?: também)?|leggi(?: anche)?|guarda(?: anche)?|lees(?: ook)?|bekijk(?: ook)?|läs(?: också)?|læs(?: også)?|les(?: også)?|lue(?: myös)?|czytaj(?: też| także)?|zobacz(?: też| także)?|читайте(?: также)?|смотрите(?: также)?|читайте також|اقرا(?: ايضا)?|اقرأ(?: أيضا| أيضاً)?|شاهد(?: أيضا| أيضاً)?)\s?[:：|–—>»-]*\s*$/iu

/**
 * Decides links to other stories between the paragraphs: two or more in a row, each a headline that is all link, with
 * the heading above and the dates between them. A list in which only some items are links belongs to the story, and so
 * does one announced by a colon.
 */
export function settleTeasers(units: readonly Unit[], start: number): void {
  for (let n = Math.max(0, start); n < units.length; n++) {
    if (!isTeaser(units[n]) || isFact(units, n)) continue
    const run = runFrom(units, n)
    if (run.links > 1 || isAlone(units, n)) settleRun(units, n, run)
    n = run.last
  }
}

/** A single link is a teaser if it is labelled, or a headline without anything below that could be its text. */
function isAlone(units: readonly Unit[], n: number): boolean {
  const unit = units[n]
  if (!unit) return false
  // One item among others belongs to their list.
  if (isListed(unit) && (isListItem(units[n - 1]) || isListItem(units[n + 1]))) return false
  if (isLabelled(unit) || isRowOfLinks(unit)) return true
  if (!isAllLink(unit) || unit.line.join !== undefined || units[n + 1]?.line.join !== undefined) return false
  const below = units[n + 1]
  const isHeading = /^h[2-6]$/.test(unit.line.tag ?? '')
  return !isListed(unit) && unit.line.tag !== 'blockquote' && !(isHeading && below?.verdict === null && below.isProse)
}

interface Run {
  readonly last: number
  readonly links: number
}

/** The teasers from here on, with what is between them. */
function runFrom(units: readonly Unit[], first: number): Run {
  let last = first
  let links = 1
  for (let n = first + 1; n < Math.min(units.length, last + 4); n++) {
    const unit = units[n]
    if (!unit) break
    if (isTeaser(unit) || (n === last + 1 && isSummary(unit))) {
      last = n
      if (isTeaser(unit)) links += 1
    } else if (!isBetween(unit)) break
  }
  return { last, links }
}

function settleRun(units: readonly Unit[], first: number, { last, links }: Run): void {
  const above = nearest(units, first, -1)
  const below = nearest(units, last, 1)
  if (isOfNames(units.slice(first, last + 1))) return
  if (links > 1 && isListed(units[first]) && (isListItem(above) || isListItem(below))) return
  if (above?.verdict === null && !isAllLink(above) && /[:：]\s*$/u.test(above.text) && above.words > 4) return
  for (const unit of units.slice(first, last + 1))
    if (unit.verdict === null) unit.decide('furniture', say('reason.linksToStories'))
  const after = units[last + 1]
  if (after?.verdict === null && isDateAlone(after)) after.decide('furniture', say('reason.linksToStories'))
  if (links > 1 && above && isTitle(above)) above.decide('furniture', say('reason.linksToStories'))
}

/** A headline that is all link, except for a label before it or a date after it. */
function isTeaser(unit: Unit | undefined): boolean {
  if (!unit || unit.verdict !== null || unit.line.outside === true) return false
  if (/^(?:h1|img|figcaption)$/.test(unit.line.tag ?? '') || unit.isWithin('figure')) return false
  if (unit.isLabelledCredit || (unit.line.row?.cells ?? []).filter(({ from, to }) => to > from).length > 1) return false
  if (unit.words < 3 || unit.text.length > 600 || /[.。…:：]["”’»)\]]{0,3}\s*$/u.test(unit.text)) return false
  return (isAllLink(unit) && unit.words <= 25) || isLabelled(unit) || isDated(unit) || isRowOfLinks(unit)
}

function isLabelled({ text, line, words }: Unit | undefined = NOBODY): boolean {
  const { linked } = line
  if (!linked || words > 28 || /\p{L}/u.test(text.slice(linked.to))) return false
  return linked.outside === countLetters(text.slice(0, linked.from)) && LABEL.test(text.slice(0, linked.from))
}

/** A real date follows: "6-4 6-3", "(2014)" and "437 points" describe what is linked. */
function isDated({ text, line, words }: Unit): boolean {
  const { linked } = line
  if (!linked || words > 28 || /\p{L}/u.test(text.slice(0, linked.from))) return false
  const behind = text.slice(linked.to)
  if (linked.outside !== countLetters(behind) || behind.length > 30 || readDate(behind)?.alone !== true) return false
  // A fixture also has its date after a dash; a teaser's date is marked up as one.
  const isMarked =
    line.datetime !== undefined || line.spans?.some(({ from, kind }) => kind !== 'author' && from >= linked.to)
  return isMarked === true || !/^\s?[-–—,(:]/u.test(behind)
}

/** Nominees, a cast, a table of players: links that are all short names are not headlines. */
function isOfNames(units: readonly Unit[]): boolean {
  const links = units.filter((unit) => unit.verdict === null && isTeaser(unit))
  return (
    links.length > 1 &&
    links.every((unit) => unit.words <= 4 && !isLabelled(unit) && !isRowOfLinks(unit) && isPersonName(unit.text.trim()))
  )
}

/** The whole line is one or more links, to anywhere. */
function isAllLink({ line }: Unit): boolean {
  return line.href !== undefined || line.linked?.outside === 0
}

/** "A headline • Another headline • A third" */
function isRowOfLinks({ text, line }: Unit): boolean {
  return line.linked !== undefined && line.linked.outside === 0 && /\s[•·|/]\s/u.test(text)
}

/** Also all link, below a headline that is: the other story's summary. */
function isSummary(unit: Unit): boolean {
  return unit.verdict === null && isAllLink(unit) && unit.line.tag !== 'img' && unit.words <= 60
}

function isBetween(unit: Unit): boolean {
  if (unit.verdict !== null) return unit.verdict.role === 'furniture' || unit.verdict.role === 'alt'
  return unit.line.tag === 'img' || isDateAlone(unit)
}

function isDateAlone(unit: Unit): boolean {
  return unit.dates.length > 0 && unit.words <= 8 && !unit.hasLabelledDate
}

/** A heading, or a paragraph of a few bold words. */
function isTitle(unit: Unit): boolean {
  if (unit.verdict !== null || unit.endsSentence || unit.words > 8 || unit.line.outside === true) return false
  const { tag, runs = [] } = unit.line
  return /^h[2-6]$/.test(tag ?? '') || (runs.length > 0 && runs.every(({ marks = [] }) => marks.includes('bold')))
}

function nearest(units: readonly Unit[], from: number, step: 1 | -1): Unit | undefined {
  for (let n = from + step; n >= 0 && n < units.length && Math.abs(n - from) < 8; n += step) {
    const unit = units[n]
    if (unit && (unit.verdict === null || unit.verdict.role !== 'furniture')) return unit
  }
  return undefined
}

function isListed(unit: Unit | undefined): boolean {
  return unit?.line.tag === 'li' || unit?.line.row !== undefined
}

function isListItem(unit: Unit | undefined): boolean {
  return isListed(unit) && unit?.verdict === null
}

function countLetters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}

const NOBODY = { text: '', line: { text: '' }, words: 0 } as Unit
