import { sectionNames } from './section-names.ts'
import type { PageMeta } from './page.ts'
import { fold, plain } from './plain.ts'
import type { Unit } from './units.ts'
import { say } from '../words/message.ts'

/** Headlines of news pages are far shorter; a longer first line is a paragraph. */
const LONGEST = 300
/** How far down the page a headline may be. */
const SEARCH = 400

/** Finds the headline, decides what is above it, and returns its index; -1 for a page without one. */
export function settleHeadline(units: readonly Unit[], meta: PageMeta): number {
  for (const unit of units.slice(0, SEARCH)) {
    if (unit.verdict === null && unit.isProse) break
    if (unit.verdict === null && isBreadcrumb(unit)) unit.decide('furniture', say('reason.breadcrumb'))
  }
  const isMarkup = units.some((unit) => unit.line.tag !== undefined && unit.line.tag !== 'li')
  const at = isMarkup ? markedHeadline(units, meta) : firstHeadline(units, 0)
  if (at === -1) return -1
  const headline = units[at]
  if (!headline) return -1
  headline.decide('headline', isMarkup ? say('reason.mainHeading') : say('reason.firstLine'))
  const running = (list: readonly Unit[]) =>
    list.reduce((sum, unit) => sum + (unit.verdict === null && unit.isProse ? unit.text.length : 0), 0)
  settleAbove(units.slice(0, at), headline, meta, isMarkup, running(units.slice(at)) > 600)
  return at
}

function markedHeadline(units: readonly Unit[], meta: PageMeta): number {
  const told = units.findIndex((unit) => unit.line.isHeading === true)
  if (told !== -1) return told
  const wanted = fold(meta.headline ?? meta.title ?? '')
  const tagged = (tag: RegExp) =>
    units
      .map((unit, n) => ({ unit, n }))
      .filter(
        ({ unit }) =>
          (unit.verdict === null || unit.line.tag === 'h1') &&
          tag.test(unit.line.tag ?? '') &&
          unit.text.length <= 1000 &&
          !unit.isWithin('nav') &&
          !unit.isWithin('footer')
      )
  const opening = units.findIndex((unit) => unit.verdict === null && unit.isProse && unit.line.outside !== true)
  // A heading below the story that shares no word with the page's own title belongs to something else.
  const main = tagged(/^h1$/).filter(
    ({ unit, n }) => opening === -1 || n < opening || wanted === '' || shareWords(unit.folded, wanted)
  )
  const same = (list: readonly { unit: Unit; n: number }[]) =>
    wanted === ''
      ? undefined
      : list.find(({ unit }) => unit.folded === wanted || (unit.words >= 3 && wanted.startsWith(unit.folded)))
  const best =
    same(main) ??
    main.find(({ unit }) => unit.line.outside !== true && unit.words > 1) ??
    main.findLast(({ unit }) => unit.words >= 3) ??
    main[0]
  if (best) return best.n
  const anywhere = units.findIndex(
    (unit) => unit.verdict === null && wanted !== '' && unit.folded === wanted && unit.line.tag !== 'img'
  )
  if (anywhere !== -1) return anywhere
  if (wanted !== '') return -1
  const second = tagged(/^h[23]$/).find(({ unit }) => unit.words >= 3 && unit.line.outside !== true)
  const prose = units.findIndex((unit) => unit.verdict === null && unit.isProse)
  if (second && (prose === -1 || second.n < prose)) return second.n
  return firstHeadline(units, 0)
}

function shareWords(one: string, other: string): boolean {
  const words = new Set(one.match(/[\p{L}\p{N}]{3,}/gu) ?? [])
  return words.size === 0 || (other.match(/[\p{L}\p{N}]{3,}/gu) ?? []).some((word) => words.has(word))
}

/** In plain text the headline is the first line that is not anything else. */
function firstHeadline(units: readonly Unit[], from: number): number {
  for (let n = from; n < Math.min(units.length, from + SEARCH); n++) {
    const unit = units[n]
    if (!unit || unit.verdict || unit.line.tag === 'img') continue
    if (unit.dates.length > 0 || unit.isByline) continue
    // A paragraph of many words, or of more than one sentence, is no headline.
    if ((unit.line.tag === 'p' || unit.line.tag === 'li') && (unit.words >= 25 || hasTwoSentences(unit))) return -1
    if (unit.text.length > LONGEST || (unit.isProse && unit.text.trimEnd().endsWith('.') && unit.words > 14)) return -1
    const menu = menuFrom(units, n)
    if (menu > 0) {
      for (const item of units.slice(n, n + menu)) item.decide('furniture', say('reason.menu'))
      n += menu - 1
      continue
    }
    return unit.words <= 3 ? (belowShortLines(units, n) ?? n) : n
  }
  return -1
}

function hasTwoSentences(unit: Unit): boolean {
  return unit.words >= 12 && /\p{Ll}{2}[.!?]["”’]?\s+\p{Lu}/u.test(unit.text.slice(0, 2000))
}

/** "Home / World / Europe": three or more items of a few words each, separated by one kind of arrow or stroke. */
function isBreadcrumb(unit: Unit): boolean {
  if (unit.text.length > 160 || unit.endsSentence) return false
  return [' / ', ' > ', ' › ', ' » ', ' → '].some((mark) => {
    const places = unit.text.split(mark)
    return places.length >= 3 && places.every((place) => place.trim() !== '' && place.trim().split(/\s+/).length <= 4)
  })
}

/**
 * Sections and a kicker appear above a headline as a few short lines; the first longer line below them is the headline.
 */
function belowShortLines(units: readonly Unit[], from: number): number | null {
  let short = 1
  for (let n = nextOpen(units, from); n !== -1 && short <= 6; n = nextOpen(units, n)) {
    const unit = units[n]
    if (canFollowKicker(unit)) return hasStoryBelow(units, n) ? n : null
    // "White: Mora" is a statement, not the name of a section.
    if (!unit || !unit.isShort || unit.isByline || unit.dates.length > 0 || /\p{L}:\s\S/u.test(unit.text)) return null
    short += 1
  }
  return null
}

/** Lists, weather tables and the like come below a headline, not above one. */
function hasStoryBelow(units: readonly Unit[], n: number): boolean {
  return units.slice(n + 1, n + 60).some((unit) => unit.isProse)
}

function canFollowKicker(unit: Unit | undefined): boolean {
  return (
    unit !== undefined &&
    unit.words >= 4 &&
    unit.text.length <= LONGEST &&
    !(unit.isProse && unit.text.trimEnd().endsWith('.')) &&
    unit.dates.length === 0 &&
    !unit.isByline &&
    !unit.isBullet &&
    // "500 g of white fish" right below "2 onions"
    (unit.gapBefore || !/^\s{0,20}\d/u.test(unit.text))
  )
}

function settleAbove(
  above: readonly Unit[],
  headline: Unit,
  meta: PageMeta,
  isMarkup: boolean,
  hasMoreBelow: boolean
): void {
  const nearest = above.findLast(
    (unit) => unit.verdict === null && unit.dates.length === 0 && !unit.isByline && unit.line.tag !== 'img'
  )
  // Text before the heading belongs to the page, not to the story, if the heading is certain and most of the text is
  // below it.
  const isSure = headline.line.isHeading === true && hasMoreBelow
  // A menu above the headline ends with a line that some rule recognises: everything before it belongs to the menu.
  const isNear =
    nearest !== undefined && !above.slice(above.indexOf(nearest)).some(({ verdict }) => verdict?.role === 'furniture')
  for (const unit of above) {
    if (unit.verdict || unit.dates.length > 0 || unit.isByline || unit.line.tag === 'img') continue
    const name = plain(unit.text)
    if (unit.folded === headline.folded) unit.decide('duplicate', say('reason.repeatsHeadline'))
    else if (
      unit === nearest &&
      isNear &&
      (sectionNames.has(name) || (meta.section !== undefined && fold(meta.section) === unit.folded))
    )
      unit.decide('section', say('reason.sectionAbove'))
    // A label inside the heading itself.
    else if (unit.line.tag === 'kicker' && unit === above.at(-1)) unit.decide('kicker', say('reason.shortLineAbove'))
    else if (
      unit === nearest &&
      isNear &&
      unit.words <= 5 &&
      unit.text.length <= 60 &&
      (!isMarkup || unit.line.outside !== true)
    )
      unit.decide('kicker', say('reason.shortLineAbove'))
    else if (isMarkup ? isSure || unit.line.outside === true || !unit.isProse : unit.isShort)
      unit.decide('furniture', say('reason.aboveHeadline'))
  }
}

/** How many lines of a menu begin here: four or more short ones in a row, with hardly any digits or symbols. */
export function menuFrom(units: readonly Unit[], from: number): number {
  let n = from
  while (
    n < units.length &&
    n < from + 200 &&
    units[n]?.verdict === null &&
    units[n]?.isShort === true &&
    units[n]?.dates.length === 0
  )
    n += 1
  if (n - from < 4) return 0
  const told = units.slice(from, n).filter((unit) => /[\d=:：@§$€£]|www\./u.test(unit.text)).length
  return told > (n - from) * 0.25 ? 0 : n - from
}

export function nextOpen(units: readonly Unit[], from: number): number {
  for (let n = from + 1; n < Math.min(units.length, from + 50); n++) if (units[n]?.verdict === null) return n
  return -1
}
