import type { PageMeta } from './page.ts'
import { agreesOnDay, isToldAuthor } from './told.ts'
import type { Unit } from './units.ts'
import { say } from '../words/message.ts'

/** How far below the end of the story its footer may be. */
const NEAR = 30
/** What other stories are announced with, in a line of its own. */
const OTHERS =
  /^\W*(?:next|up next|previous|more|most|also|read|see|related|recommended|latest|trending|popular|top stor|further|keep reading|you may|you might|don['’]t miss|in this|from the|editor)/iu
/** Neither who wrote the story nor when it was published here. */
const OF_ANOTHER =
  /^\W*(?:translat|edit|illustrat|photo|picture|produc|review|narrat|read by|first |originally|previously|(?:re)?print)/iu

/**
 * An article's own footer says who wrote it and when, if its head does not. If it has anything of other stories, a
 * heading or a link in a line of its own, the names and dates there may be theirs. Several such footers belong to
 * several articles, and nobody can say which one counts.
 */
export function settleArticleFoot(units: readonly Unit[], meta: PageMeta): void {
  const has = (role: string): boolean => units.some(({ verdict }) => verdict?.role === role)
  const end = units.findLastIndex(({ verdict, isProse }) => verdict?.role === 'body' && isProse)
  if (end === -1) return
  const inFoot = units
    .slice(end + 1, end + 1 + NEAR)
    .filter((unit) => unit.isWithin('footer') && unit.isWithin('article'))
  const foot = inFoot.filter(
    (unit) => unit.verdict?.rule === 'html.footer' && !unit.isWithin('nav') && !OF_ANOTHER.test(unit.text)
  )
  const named = foot.filter(({ isByline }) => isByline)
  const dated = foot.filter(
    (unit) => unit.hasLabelledDate || (unit.dates.length > 0 && unit.line.datetime !== undefined)
  )
  if (inFoot.some((unit) => isOfOthers(unit) && !isToldAuthor(unit, meta))) return
  const [byline] = named
  const [date] = dated
  const isTold = byline !== undefined && ((meta.authors ?? []).length === 0 || isToldAuthor(byline, meta))
  if (byline && isTold && named.length === 1 && !has('byline')) byline.decide('byline', say('reason.byline'))
  if (!date || dated.length > 1 || date.verdict?.role === 'byline' || has('published') || !agreesOnDay(date, meta))
    return
  // Without a label, only beside the name.
  const isBeside = byline?.verdict?.role === 'byline' && Math.abs(units.indexOf(date) - units.indexOf(byline)) === 1
  if (date.hasLabelledDate || isBeside) date.decide(date.dates[0]?.kind ?? 'published', say('reason.dateBelow'))
}

function isOfOthers(unit: Unit): boolean {
  if (/^h[1-6]$/.test(unit.line.tag ?? '') || unit.verdict?.opensRail === true) return true
  if (unit.line.href !== undefined || unit.line.linked?.outside === 0) return !unit.isByline
  return unit.words <= 6 && unit.dates.length === 0 && OTHERS.test(unit.text)
}
