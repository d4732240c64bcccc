import { isFact } from './facts.ts'
import { isLabelOnly } from './labels.ts'
import { isMetaBox } from './meta-box.ts'
import { isSummaryItem, keepHeadingsAbove } from './summary-list.ts'
import { isNameAndRole, isPersonName, isRole } from './names.ts'
import type { PageMeta } from './page.ts'
import { isRailTitle } from './rail-titles.ts'
import { isPair, isTableRow, type Unit } from './units.ts'
import { say } from '../words/message.ts'

/** How many lines may be between headline and first paragraph, including rails. */
const LONGEST_HEAD = 160
/** Rules that go only by class names; what the line itself says takes precedence. */
const BY_CLASS =
  /^html\.(?:links|share|menu-class|rail|prompts|advertisement|standfirst|caption-class|credit-class|keywords|footer)$/

/**
 * Decides, line by line, what is between headline and first paragraph of a page with markup: byline, dates, standfirst,
 * the lead picture's words. Returns where the body begins; -1 if no paragraph shows that.
 */
export function settleMarkedHead(units: readonly Unit[], headline: number, meta: PageMeta): number {
  const posts = firstPost(units, headline)
  const start = posts === -1 ? bodyStart(units, headline) : posts
  if (start === -1) return -1
  for (const unit of units.slice(Math.max(0, headline - 8), Math.max(0, headline)))
    if (isStrong(unit)) settleMarker(unit, undefined)
  const head = units.slice(headline + 1, start)
  for (const [n, unit] of head.entries()) settleMarker(unit, head[n - 1], isMetaBox(units, headline + 1 + n, meta))
  settleLooseDate(head, units[headline - 1])
  if (posts === -1) settleDateBelow(head, units.slice(start, start + 4))
  const opening = openingHeading(units, headline, start)
  settleStandfirst(head.filter((unit) => unit !== opening))
  settleNameAndRole(head)
  for (const [n, unit] of head.entries())
    if (unit.verdict === null && unit !== opening) settleOther(units, headline + 1 + n)
  keepHeadingsAbove(units, headline, start)
  const kept = units.findIndex((unit, n) => n > headline && n < start && unit.verdict === null)
  return kept === -1 ? start : kept
}

/**
 * Where a log of posts begins, each below its own time: what is between two times is text, times included. -1 for any
 * other page. A story's head has one or two dates, formatted differently.
 */
function firstPost(units: readonly Unit[], headline: number): number {
  const last = Math.min(units.length, Math.max(0, headline) + LONGEST_HEAD)
  const hours: number[] = []
  let paragraphs = 0
  let first = -1
  for (let n = headline + 1; n < last; n++) {
    const unit = units[n]
    if (!unit || unit.line.outside === true) continue
    if (isHour(unit)) {
      const before = units[hours.at(-1) ?? -1]
      if (before && (before.line.tag !== unit.line.tag || before.line.hints !== unit.line.hints)) return -1
      if (hours.length === 0 || paragraphs > 0) hours.push(n)
      paragraphs = 0
    } else if (isParagraph(unit)) {
      paragraphs += 1
      if (first === -1) first = n
    }
  }
  if (hours.length < 3 || first === -1) return -1
  const top = Math.min(first, hours[0] ?? first)
  return /^h[2-6]$/.test(units[top - 1]?.line.tag ?? '') && top - 1 > headline && top !== first ? top - 1 : top
}

/** A time on its own: marked up as one by the page, or written as only times are. */
function isHour(unit: Unit): boolean {
  if (unit.verdict !== null || unit.words > 8) return false
  const isMarked = unit.line.datetime !== undefined && /\d[:.h]\d\d|\d\s?[ap]m/iu.test(unit.text)
  return isMarked || /^\s?\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?\s?$/iu.test(unit.text)
}

/**
 * The heading directly above the first paragraph: below a byline or a date it belongs to the story, and so does one of
 * a few words. Further up, or directly below the headline, it does so only if the story continues in parts with
 * headings like it: a list, a guide, an interview.
 */
function openingHeading(units: readonly Unit[], headline: number, start: number): Unit | undefined {
  let at = start - 1
  while (at > headline && (units[at]?.line.tag === 'img' || units[at]?.isWithin('figure') === true)) at -= 1
  const unit = units[at]
  const tag = unit?.line.tag ?? ''
  if (!unit || at <= headline || !/^h[2-4]$/.test(tag) || unit.verdict !== null || unit.line.outside === true) return
  if (unit.line.href !== undefined || unit.isWithin('aside') || unit.words > 20 || isRailTitle(unit.text)) return
  if (at === start - 1 && (isShortHeading(unit) || units[at - 1]?.verdict?.role !== 'headline')) return unit
  const isAlike = (other: Unit, n: number): boolean =>
    other.line.tag === tag &&
    other.verdict === null &&
    other.line.outside !== true &&
    other.line.href === undefined &&
    other.line.hints === unit.line.hints &&
    units.slice(n + 1, n + 5).some(isParagraph)
  const others = units.slice(start + 1).filter((other, n) => isAlike(other, start + 1 + n)).length
  const isNumbered = /^[\W_]{0,3}\d/.test(unit.text)
  return others >= (isNumbered ? 1 : 2) && (isNumbered || at > headline + 1 || unit.words < 5) ? unit : undefined
}

/** Too short to be a standfirst, also in scripts without spaces. */
function isShortHeading({ text, words }: Unit): boolean {
  return words < 5 && text.length <= 40
}

/** "Nora Lind, Harbour Correspondent" in an element without meaning, if the head names nobody else. */
function settleNameAndRole(head: readonly Unit[]): void {
  if (head.some((unit) => unit.verdict?.role === 'byline')) return
  const found = head.filter(
    (unit) =>
      unit.verdict === null &&
      unit.line.outside !== true &&
      unit.line.href === undefined &&
      !unit.isWithin('aside') &&
      !unit.isWithin('figure') &&
      !/^h[1-6]$|^img$|^li$/.test(unit.line.tag ?? '') &&
      isNameAndRole(unit.text)
  )
  if (found.length === 1) found[0]?.decide('byline', say('reason.byline'))
}

function bodyStart(units: readonly Unit[], headline: number): number {
  const last = Math.min(units.length, Math.max(0, headline) + LONGEST_HEAD)
  for (let n = headline + 1; n < last; n++) {
    if (!isParagraph(units[n]) || markerBeforeText(units, n, last)) continue
    return firstOfRun(units, n, headline)
  }
  return -1
}

function isParagraph(unit: Unit | undefined): boolean {
  if (
    !unit ||
    unit.verdict !== null ||
    unit.line.outside === true ||
    isMarker(unit) ||
    unit.isWithin('figure') ||
    unit.isWithin('aside')
  )
    return false
  const { tag } = unit.line
  if (tag === 'li') return unit.line.href === undefined && unit.words >= 8
  return (
    unit.isProse &&
    unit.line.href === undefined &&
    !/^h[1-6]$|^img$|^figcaption$|^dt$|^th$/.test(tag ?? '') &&
    !unit.isCaption
  )
}

/** A byline or a date comes before the next paragraph: what precedes it is a standfirst. */
function markerBeforeText(units: readonly Unit[], from: number, last: number): boolean {
  for (let n = from + 1; n < Math.min(last, from + 25); n++) {
    const unit = units[n]
    if (!unit || unit.line.outside === true) continue
    if (isStrong(unit) && !unit.isWithin('aside') && !unit.isWithin('footer')) return paragraphFollows(units, n)
    if (unit.verdict === null && unit.isProse && unit.line.href === undefined) return false
  }
  return false
}

function paragraphFollows(units: readonly Unit[], from: number): boolean {
  for (let n = from + 1; n < Math.min(units.length, from + 60); n++) if (isParagraph(units[n])) return true
  return false
}

/** A paragraph of a few words directly above the first long one is the first paragraph. */
function firstOfRun(units: readonly Unit[], from: number, headline: number): number {
  let first = from
  for (let n = from - 1; n > headline; n--) {
    const unit = units[n]
    if (unit?.verdict === null && isBroken(units, n)) {
      first = n
      continue
    }
    if (
      !unit ||
      unit.verdict !== null ||
      unit.line.tag !== 'p' ||
      unit.line.href !== undefined ||
      isMarker(unit) ||
      !unit.endsSentence ||
      unit.words < 2 ||
      n === headline + 1
    )
      break
    first = n
  }
  return first
}

function isMarker(unit: Unit): boolean {
  return unit.dates.length > 0 || unit.isByline
}

/** Says who or when in words that cannot be copy. */
function isStrong(unit: Unit): boolean {
  if (
    unit.line.outside === true ||
    unit.words > 40 ||
    unit.isWithin('nav') ||
    (unit.verdict !== null && !canOverrule(unit))
  )
    return false
  return (
    unit.isByline ||
    unit.hasLabelledDate ||
    (unit.dates.length > 0 && (unit.line.datetime !== undefined || unit.dates[0]?.date.hasTime === true))
  )
}

function canOverrule(unit: Unit): boolean {
  const kinds = new Set(unit.line.spans?.map(({ kind }) => kind))
  if (unit.verdict?.rule === 'html.navigation') return kinds.has('author') && kinds.size > 1
  if (unit.verdict?.rule === 'en.time-ago') return unit.line.datetime !== undefined
  return (
    unit.verdict?.rule !== null &&
    BY_CLASS.test(unit.verdict?.rule ?? '') &&
    !unit.isWithin('button') &&
    !unit.isWithin('hidden')
  )
}

function settleMarker(unit: Unit, before: Unit | undefined, isInMetaBox = false): void {
  if (unit.verdict !== null && !canOverrule(unit)) return
  const wasOutside =
    unit.line.outside === true || (unit.isWithin('aside') && unit.line.spans === undefined && !isInMetaBox)
  if (wasOutside) return
  if (
    before?.verdict?.role === 'byline' &&
    isLabelOnly(before.text) &&
    unit.text.length <= 200 &&
    (unit.isByline || isPersonName(unit.text.split(/\s?[|,·•]\s?/)[0] ?? ''))
  )
    unit.decide('byline', say('reason.nameUnderBy'))
  else if (
    before?.verdict?.role === 'byline' &&
    unit.verdict === null &&
    unit.words <= 10 &&
    isRole(unit.text) &&
    !unit.endsSentence
  )
    unit.decide('byline', say('reason.authorsRole'))
  else if (unit.isByline || isLabelOnly(unit.text)) unit.decide('byline', say('reason.byline'))
  else if (unit.dates.length > 0 && unit.verdict === null) {
    const kind = unit.dates[0]?.kind ?? 'published'
    unit.decide(kind, kind === 'published' ? say('reason.dateAbove') : say('reason.updateDate'))
  } else if (
    unit.dates.length > 0 &&
    (unit.hasLabelledDate || unit.line.datetime !== undefined || unit.dates[0]?.date.hasTime === true)
  )
    unit.decide(unit.dates[0]?.kind ?? 'published', say('reason.saysPublished'))
}

/** If no publishing date was found in the head, a date on its own there is the story's, however far from the text. */
function settleLooseDate(head: readonly Unit[], above: Unit | undefined): void {
  if (hasPublished(head) || above?.verdict?.role === 'published') return
  const isCalledDate = (unit: Unit) => unit.hasHint('date', 'timestamp', 'published', 'pubdate')
  const loose =
    head.find((unit) => isLooseDate(unit) && (!unit.isWithin('aside') || isCalledDate(unit))) ??
    (above !== undefined && isLooseDate(above) && isCalledDate(above) ? above : undefined)
  if (loose) loose.decide(loose.dates[0]?.kind ?? 'published', say('reason.dateAbove'))
}

/** Pages that start with the first paragraph put the date and time below it. */
function settleDateBelow(head: readonly Unit[], text: readonly Unit[]): void {
  if (hasPublished(head)) return
  const below = text.find((unit) => isLooseDate(unit) && unit.dates[0]?.date.hasTime === true)
  if (below && below.line.outside !== true) below.decide(below.dates[0]?.kind ?? 'published', say('reason.dateBelow'))
}

function hasPublished(head: readonly Unit[]): boolean {
  return head.some((unit) => unit.verdict?.role === 'published')
}

/** A short line that is a date and nothing else. */
function isLooseDate(unit: Unit): boolean {
  return (
    unit.verdict === null &&
    unit.dates.length > 0 &&
    unit.words <= 8 &&
    unit.line.href === undefined &&
    !unit.isWithin('nav') &&
    !unit.isWithin('footer')
  )
}

/** The line that the page marks as its standfirst, or the first sentence above a byline or a date. */
function settleStandfirst(head: readonly Unit[]): void {
  if (head.some((unit) => unit.verdict?.role === 'standfirst')) return
  const open = head.filter(
    (unit) =>
      unit.verdict === null &&
      unit.line.outside !== true &&
      unit.line.href === undefined &&
      !unit.isWithin('figure') &&
      !unit.isWithin('aside') &&
      unit.line.tag !== 'img' &&
      unit.line.tag !== 'figcaption'
  )
  const named = open.find(
    (unit) =>
      unit.words >= 4 &&
      unit.text.length <= 700 &&
      unit.hasHint(
        'standfirst',
        'dek',
        'deck',
        'subheadline',
        'sub headline',
        'subhead',
        'subtitle',
        'summary',
        'excerpt',
        'intro',
        'strapline',
        'lede',
        'lead',
        'chapo',
        'description',
        'teaser',
        'abstract'
      )
  )
  const last = head.findLastIndex((unit) => ['byline', 'published', 'updated'].includes(unit.verdict?.role ?? ''))
  const first = open.find(
    (unit) =>
      (/^h[2-4]$/.test(unit.line.tag ?? '')
        ? unit === head[0] || head.indexOf(unit) < last
        : (unit.isProse || unit.line.tag === 'p') && head.indexOf(unit) < last) &&
      unit.words >= 5 &&
      unit.text.length <= 700 &&
      !unit.isCaption
  )
  const found = named ?? first
  found?.decide('standfirst', named ? say('reason.standfirstByMarkup') : say('reason.betweenHeadlineAndStory'))
}

/** Lines of one paragraph with line breaks: they all get the same role. */
function isBroken(units: readonly Unit[], n: number): boolean {
  if (units[n]?.line.join !== 'break' && units[n + 1]?.line.join !== 'break') return false
  let first = n
  while (units[first]?.line.join === 'break') first -= 1
  let length = 0
  let lines = 0
  let hasWords = false
  for (let at = first; at < units.length && (at === first || units[at]?.line.join === 'break'); at++) {
    length += units[at]?.text.length ?? 0
    lines += 1
    hasWords ||= (units[at]?.words ?? 0) >= 3
  }
  return length >= 120 || (isPlainParagraph(units[n]) && (hasWords || lines > 2))
}

/** In a paragraph of the story, without a link: lines of a list or a verse. */
function isPlainParagraph(unit: Unit | undefined): boolean {
  return (
    unit?.line.tag === 'p' &&
    unit.line.outside !== true &&
    unit.line.href === undefined &&
    !unit.isWithin('aside') &&
    !unit.isWithin('figure')
  )
}

/** Paragraphs of a word or two among longer ones: the ingredients of a recipe, the answers of a quiz. */
function isAmongParagraphs(units: readonly Unit[], n: number): boolean {
  for (const step of [-1, 1])
    for (let at = n + step; Math.abs(at - n) < 20; at += step) {
      const unit = units[at]
      if (!unit || unit.verdict !== null || !isPlainParagraph(unit)) break
      if (unit.words >= 3) return true
    }
  return false
}

function settleOther(units: readonly Unit[], n: number): void {
  const unit = units[n]
  if (!unit) return
  const { tag } = unit.line
  if (isBroken(units, n) || isSummaryItem(units, n)) return
  if (tag === 'img') unit.decide('alt', say('reason.altText'))
  else if (isPair(units, n)) {
    unit.decide('alt', say('reason.captionTwice'))
    units[n + 1]?.decide('caption', say('reason.leadCaption'))
  } else if (unit.isLabelledCredit) unit.decide('credit', say('reason.credit'))
  else if (unit.isWithin('figure') || tag === 'figcaption') unit.decide('caption', say('reason.pictureText'))
  else if (unit.isCaption) unit.decide('caption', say('reason.endsInCredit'))
  else if (isFact(units, n)) return
  else if (unit.line.outside === true || unit.isWithin('aside') || unit.line.href !== undefined)
    unit.decide('furniture', say('reason.betweenHeadlineAndStory'))
  // "Where: Harbour Road": the story begins with a list of facts.
  else if (tag === 'p' && /^\p{Lu}[\p{L} ]{2,20}:\s\S/u.test(unit.text.slice(0, 40))) return
  else if (isPlainParagraph(unit) && isAmongParagraphs(units, n)) return
  else if (isTableRow(units, n)) return
  else if ((unit.words >= 6 && (unit.endsSentence || unit.words >= 12)) || (tag === 'p' && unit.words >= 3)) return
  else unit.decide('furniture', say('reason.betweenHeadlineAndStory'))
}
