import type { Unit } from './units.ts'
import { say } from '../words/message.ts'

/** How far below the last of the story its foot may stand. */
const NEAR = 30

/**
 * An article's own footer says who wrote it and when, where its head does not. Several such footers are those of several
 * articles, and nobody can say which is meant.
 */
export function settleArticleFoot(units: readonly Unit[]): void {
  const has = (role: string): boolean => units.some(({ verdict }) => verdict?.role === role)
  const end = units.findLastIndex(({ verdict, isProse }) => verdict?.role === 'body' && isProse)
  if (end === -1) return
  const foot = units
    .slice(end + 1, end + 1 + NEAR)
    .filter((unit) => unit.verdict?.rule === 'html.footer' && unit.isWithin('article') && !unit.isWithin('nav'))
  const named = foot.filter(({ isByline }) => isByline)
  const dated = foot.filter(
    (unit) => unit.hasLabelledDate || (unit.dates.length > 0 && unit.line.datetime !== undefined)
  )
  const [byline] = named
  const [date] = dated
  if (byline && named.length === 1 && !has('byline')) byline.decide('byline', say('reason.byline'))
  if (date && dated.length === 1 && date.verdict?.role !== 'byline' && !has('published'))
    date.decide(date.dates[0]?.kind ?? 'published', say('reason.dateBelow'))
}
