import { agencyNamed } from './agencies.ts'
import { authorsOf } from './bylines.ts'
import { sameName } from './names.ts'
import { readDateline } from './places.ts'
import { readSignOff } from './sign-off.ts'
import { isBareHeading, opensComments } from './reader-comments.ts'
import type { Unit } from './units.ts'
import { say, type Message } from '../words/message.ts'

/** How a desk or an agency marks the end of a story: "ends", "-ENDS-", "- 30 -", "(END)". */
const END_MARK = /^[\s(/#*–—-]{0,8}(?:ends?|30|more to follow|ende|fin)[\s)/#*.:–—-]{0,8}$/i
/** What senders add below: for the desk, not for readers. */
const NOTES =
  /^\W{0,4}(?:notes? (?:to|for) (?:the )?editors?|editors?['’]? notes?|(?:for )?(?:further|more) information(?:,? please)? contact|(?:press|media|news desk) (?:contacts?|enquiries|office)|about the (?:author|writer)|note aux rédactions|contact presse|pressekontakt|anmerkung für redaktionen)\b[^.!?]{0,40}$/iu
/** Initials of those who wrote and handled an agency's story: "bur-jh/ks", "ab/cd/ef". */
const SIGN_OFF = /^[a-z]{2,5}(?:[-/][a-z]{2,5}){1,8}$/
/** A company of the agency's own index: "HARBOUR LINES", "ACME CORP <ACM.N>". */
const TICKER = /^(?:[A-Z0-9][A-Z0-9&.'’-]{1,30})(?: [A-Z0-9&.'’-]{1,30}){0,6}(?: ?[(<][A-Z]{1,8}[:.][A-Z]{1,6}[)>])?$/
const INITIALS = say('reason.initials')
/**
 * Decides what follows a story by its words: everything after the end mark, notes to editors, readers' comments, an
 * agency's initials and index. `told`: the authors that the page's metadata names. Nothing above the second paragraph is ever taken for the end.
 */
export function settleTail(
  units: readonly Unit[],
  start: number,
  isMarkup: boolean,
  told: readonly string[] = []
): void {
  if (start < 0) return
  let paragraphs = 0
  let why: Message | null = null
  for (let n = start; n < units.length; n++) {
    const unit = units[n]
    if (!unit) break
    if (why !== null) {
      if (unit.verdict === null || !unit.verdict.rule) unit.decide('furniture', why)
      continue
    }
    if (unit.verdict === null && (unit.isProse || unit.endsSentence)) paragraphs += 1
    if (paragraphs < 2 || unit.text.length > 120) continue
    const text = unit.text.trim()
    if (END_MARK.test(text) && !isHeadingOnly(unit) && text !== '30') why = say('reason.afterEndMark')
    else if (NOTES.test(text)) why = say('reason.notes')
    else if ((!isMarkup || isHeadingOnly(unit)) && opensComments(units, n)) why = say('reason.comments')
    else {
      // The rules leave the word out wherever it is; as a heading directly above copy, it belongs to the story.
      if (isHeadingOnly(unit) && isBareHeading(unit) && units[n + 1]?.verdict === null && units[n + 1]?.isProse)
        unit.verdict = null
      continue
    }
    unit.decide('furniture', why, { rule: unit.verdict?.rule ?? null })
  }
  settleSignOff(units, start)
  settleCredits(units, start, told)
}

/**
 * "(AFP)", "(Reporting by Nora Lind; editing by Omar Said)" below the last paragraph: the story's byline if it has no
 * other. Below a byline it is left out if everybody who reported is named there or in the dateline; otherwise it stays.
 */
function settleCredits(units: readonly Unit[], start: number, told: readonly string[]): void {
  const bylines = units
    .slice(0, start)
    .filter(({ verdict, isByline }) => verdict?.role === 'byline' || (verdict === null && isByline))
    .map(({ text }) => text)
  const known = bylines.length > 0 ? bylines.flatMap(namesOf) : [...told]
  const hasByline = known.length > 0 || bylines.length > 0
  const agency = readDateline(units[start]?.text ?? '')?.source ?? ''
  for (let last = lastOpen(units, start); last > start; last = lastOpen(units, start)) {
    const unit = units[last]
    const signOff = unit?.verdict === null ? readSignOff(unit.text) : null
    if (!unit || !signOff) return
    if (units.slice(start, last).filter((above) => above.verdict === null && above.isProse).length < 2) return
    if (!hasByline) {
      // Of two, each names somebody else.
      if (signOff.isWhose && readSignOff(units[last - 1]?.text ?? '') === null)
        unit.decide('byline', say('reason.signOff'))
      return
    }
    if (!signOff.names.every((name) => [...known, agency].some((other) => isSame(name, other)))) return
    unit.decide('furniture', say('reason.signOff'))
  }
}

function namesOf(byline: string): string[] {
  return authorsOf(byline).authors.flatMap(({ name, role = '' }) => [name, role])
}

function isSame(name: string, other: string): boolean {
  const agency = agencyNamed(name)
  return sameName(name, other) || (agency !== null && agency === agencyNamed(other))
}

function lastOpen(units: readonly Unit[], start: number): number {
  return units.findLastIndex((unit, n) => n > start && unit.verdict?.role !== 'furniture')
}

/**
 * On a page with markup, only a heading shows that everything below is from readers; a count of comments is a link or a
 * button.
 */
function isHeadingOnly({ line }: Unit): boolean {
  return line.href === undefined && /^h[2-6]$/.test(line.tag ?? '')
}

function settleSignOff(units: readonly Unit[], start: number): void {
  const last = lastOpen(units, start)
  const signOff = units[last]
  const above = aboveTickers(units, start, last)
  if (above < last && SIGN_OFF.test(units[above]?.text.trim() ?? '')) {
    for (const unit of units.slice(above + 1, last + 1)) unit.decide('furniture', say('reason.companies'))
    units[above]?.decide('furniture', INITIALS)
    return
  }
  if (!signOff || !SIGN_OFF.test(signOff.text.trim())) return settleTickers(units, start, last)
  signOff.decide('furniture', INITIALS)
  settleTickers(units, start, last - 1)
}

/** Two or more names in capitals, or one with its ticker symbol, below the last sentence. */
function settleTickers(units: readonly Unit[], start: number, last: number): void {
  const first = aboveTickers(units, start, last)
  const found = units.slice(first + 1, last + 1)
  if (found.length === 0 || (units[first]?.endsSentence !== true && !/^["”’]/.test(units[first]?.text.slice(-1) ?? '')))
    return
  if (found.length === 1 && !/[(<]/.test(found[0]?.text ?? '') && units[last + 1]?.verdict?.reason.key !== INITIALS.key)
    return
  for (const unit of found) unit.decide('furniture', say('reason.companies'))
}

/** The line above those that name companies; `last` if the last line names none. */
function aboveTickers(units: readonly Unit[], start: number, last: number): number {
  let above = last
  while (above > start && TICKER.test(units[above]?.text.trim() ?? '') && units[above]?.verdict === null) above -= 1
  return above
}
