import type { LineRole } from '../contract/intake.ts'
import { menuFrom } from './headline.ts'
import { isPersonName } from './names.ts'
import { RailReader } from './rails.ts'
import { isPair, type Unit } from './units.ts'
import { say } from '../words/message.ts'

/**
 * Decides every line from `start` on that is still undecided: paragraphs, headings, lists, quotes, rails, and what
 * follows the story.
 */
export function* settleBody(units: readonly Unit[], start: number, isMarkup: boolean): Generator<void> {
  if (start < 0) return
  const rails = new RailReader(units)
  // A rail that the head left open continues here only if its marker is directly before.
  const before = units[start - 1]
  if (before?.verdict) rails.pass(before)
  const end = lastParagraph(units)
  const below = isMarkup ? lastOfGallery(units, start, end) : end + 2
  for (let n = start; n < units.length; n++) {
    if (n % 2000 === 0) yield
    const unit = units[n]
    if (!unit) break
    if (unit.verdict === null && isMarkup && n > below && (unit.line.tag === 'img' || unit.isWithin('figure')))
      unit.decide('furniture', say('reason.pictureBeside'))
    if (unit.verdict) {
      rails.pass(unit)
      if (isMarkup && PICTURE.has(unit.verdict.role) && (unit.line.outside === true || n > below))
        unit.decide('furniture', say('reason.pictureBeside'), { rule: unit.verdict.rule })
    } else if (!settlePicture(units, n) && !rails.takes(n)) settleLine(units, n, end, isMarkup)
  }
}

/**
 * The last line of the pictures directly below the story, if there are several with their own captions and at least as
 * many as paragraphs: a story told in pictures. Otherwise, only two lines below the last paragraph still count as its
 * picture. A picture that is a link belongs to a teaser.
 */
function lastOfGallery(units: readonly Unit[], start: number, end: number): number {
  let last = end
  let captions = 0
  for (let n = end + 1; n < units.length; n++) {
    const unit = units[n]
    if (unit?.isWithin('figure') !== true || unit.line.outside === true || unit.line.href !== undefined) break
    if (unit.line.tag !== 'img' && unit.words >= 5) captions += 1
    last = n
  }
  const paragraphs = units.slice(start, end + 1).filter((unit) => unit.verdict === null && unit.isProse).length
  return captions >= 2 && captions >= paragraphs ? last : end + 2
}

const PICTURE: ReadonlySet<LineRole> = new Set<LineRole>(['caption', 'alt', 'credit'])

function settlePicture(units: readonly Unit[], n: number): boolean {
  const unit = units[n]
  if (!unit) return false
  const next = units[n + 1]
  const before = units[n - 1]?.verdict?.role
  if (unit.line.tag === 'img') unit.decide('alt', say('reason.altText'))
  else if (unit.isWithin('figure') && unit.line.tag !== 'blockquote')
    unit.decide(unit.isLabelledCredit ? 'credit' : 'caption', say('reason.pictureText'))
  else if (unit.isLabelledCredit && (before === 'caption' || before === 'alt' || next?.isCaption === true))
    unit.decide('credit', say('reason.credit'))
  else if (next && isPair(units, n) && (unit.isCaption || !unit.endsSentence)) {
    unit.decide('alt', say('reason.captionTwice'))
    next.decide('caption', say('reason.inlineCaption'))
  } else if (unit.isCaption && !endsInBracketedAgency(unit.text)) unit.decide('caption', say('reason.endsInCredit'))
  else return false
  return true
}

/** "… the minister said. (AFP)" ends a story more often than it captions a picture. */
function endsInBracketedAgency(text: string): boolean {
  return (
    /[.!?؟"”]\s*[([][^()[\]/:]{2,30}[)\]]\s*$/u.test(text.slice(-60)) &&
    !/photo|picture|image|صورة|تصوير/iu.test(text.slice(-30))
  )
}

function settleLine(units: readonly Unit[], n: number, end: number, isMarkup: boolean): void {
  const unit = units[n]
  if (!unit) return
  const { tag } = unit.line
  if (unit.hasLabelledDate) {
    const kind = unit.dates[0]?.kind ?? 'published'
    unit.decide(kind, kind === 'published' ? say('reason.saysPublished') : say('reason.saysUpdated'))
  } else if (unit.line.outside === true && (n > end || !unit.isProse)) {
    unit.decide('furniture', say('reason.outside'))
  } else if (
    isMarkup &&
    unit.line.href !== undefined &&
    !unit.endsSentence &&
    unit.words >= 3 &&
    tag !== 'h1' &&
    !unit.isLabelledCredit &&
    !isOfStory(units, n)
  ) {
    unit.decide('furniture', say('reason.linkOnItsOwn'))
  } else if (
    isMarkup &&
    n > end &&
    // Nothing follows the story on a page of a few lines, nor in a text that somebody wrote by hand.
    units.length >= 6 &&
    unit.line.within !== undefined &&
    !unit.endsSentence &&
    !unit.isWithin('table') &&
    tag !== 'blockquote' &&
    unit.line.join === undefined &&
    !isAnnounced(units, n)
  ) {
    unit.decide('furniture', say('reason.below'))
  } else if (n > end && menuFrom(units, n) > 0) {
    for (const item of units.slice(n, n + menuFrom(units, n))) item.decide('furniture', say('reason.menu'))
  } else if (tag === 'li') unit.decide('listItem', say('reason.listItem'))
  else if (tag === 'blockquote') unit.decide('quote', say('reason.quotation'))
  else if (/^h[1-6]$/.test(tag ?? '')) unit.decide('heading', say('reason.heading'))
  else if (tag !== 'p' && isCrosshead(units, n)) unit.decide('heading', say('reason.crosshead'))
  else unit.decide('body', unit.line.row ? say('reason.tableRow') : say('reason.paragraph'))
}

/** A link that is part of the story: the heading of a paragraph, or an item among others that are text or names. */
function isOfStory(units: readonly Unit[], n: number): boolean {
  const [above, unit, below] = [units[n - 1], units[n], units[n + 1]]
  if (/^h[2-6]$/.test(unit?.line.tag ?? ''))
    return below?.verdict === null && below.isProse && below.line.tag === 'p' && below.line.href === undefined
  const isText = (other: Unit | undefined): boolean =>
    other?.line.tag === 'li' &&
    other.line.href === undefined &&
    other.endsSentence &&
    (other.verdict?.role ?? 'listItem') === 'listItem'
  const isName = (other: Unit | undefined): boolean =>
    isListed(other) && other !== undefined && other.words <= 4 && isPersonName(other.text.trim())
  if (isName(unit) && (isName(above) || isName(below))) return true
  return unit?.line.tag === 'li' && (isText(above) || isText(below) || isAnnounced(units, n))
}

function isListed(unit: Unit | undefined): boolean {
  return unit?.line.tag === 'li' || unit?.line.row !== undefined
}

/** How many items of a list are examined, so that the cost of a page stays linear. */
const LONGEST_LIST = 100

/** An item of a list directly below a paragraph that ends in a colon. */
function isAnnounced(units: readonly Unit[], n: number): boolean {
  let above = n
  while (above > n - LONGEST_LIST && units[above]?.line.tag === 'li') above -= 1
  const unit = units[above]
  return above < n && unit?.verdict?.role === 'body' && /[:：]\s*$/u.test(unit.text)
}

/** A short line without a full stop, with space around it, between two paragraphs. */
function isCrosshead(units: readonly Unit[], n: number): boolean {
  const unit = units[n]
  const before = units[n - 1]
  const next = units[n + 1]
  if (!unit || !before || !next || unit.isBullet || unit.endsSentence || unit.words > 9 || unit.text.length > 80)
    return false
  if (!/^[\s"“«'‘(]*[\p{Lu}\p{Lo}\p{N}]/u.test(unit.text) || /[,;،]\s*$/.test(unit.text)) return false
  return (
    unit.gapBefore &&
    next.gapBefore &&
    next.isProse &&
    next.verdict === null &&
    (before.isProse || before.verdict?.role === 'furniture')
  )
}

/** The end of the running text; only what belongs below a story follows. */
function lastParagraph(units: readonly Unit[]): number {
  return units.findLastIndex(
    (unit) =>
      unit.verdict === null &&
      unit.line.outside !== true &&
      !unit.isWithin('footer') &&
      unit.line.href === undefined &&
      (unit.isProse || unit.line.tag === 'p' || unit.line.join === 'break')
  )
}
