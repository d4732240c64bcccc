import type { LineRole } from '../contract/intake.ts'
import { settleArticleFoot } from './article-foot.ts'
import { settleBody } from './body.ts'
import { settleContinues } from './continues.ts'
import { RuleEngine, type Neighbours } from './engine.ts'
import { settleHead } from './head.ts'
import { isLabelOnly } from './labels.ts'
import { settleMarkedHead } from './marked-head.ts'
import { settleHeadline } from './headline.ts'
import { embargoLabel, isStanding } from './embargo.ts'
import { creditLine } from './captions.ts'
import type { Page, PageLine, PageMeta } from './page.ts'
import type { IntakeRule } from './rules.ts'
import { settleTail } from './tail.ts'
import { dayOf } from './told.ts'
import { settleTeasers } from './teasers.ts'
import { isSentence } from './sentences.ts'
import { unitsOf, type Unit, type Verdict } from './units.ts'
import { say } from '../words/message.ts'
import { reasonOf } from './rules.ts'

export interface Classified {
  /** One for each line of the page, in its order. */
  readonly verdicts: readonly Verdict[]
  /** False for a page with nothing but furniture. */
  readonly hasStory: boolean
}

const SLICE = 2000

/**
 * Decides what each line of the page is. Yields every few thousand lines, so that the caller can do other work in
 * between.
 */
export function* classify(page: Page, rules: readonly IntakeRule[], language: string): Generator<void, Classified> {
  const engine = new RuleEngine(rules, language)
  const units = yield* unitsOf(page)
  const isMarkup = page.format !== 'text'
  yield* applyRules(units, engine)
  for (const unit of units) if (unit.line.tag === 'comment') unit.decide('furniture', say('reason.marginComment'))
  settlePictureRights(units)
  settleContinues(units)
  settleEmbargoes(units)
  settleChannels(units)
  const hasStory = yield* settleMenusOnly(units)
  let headline = -1
  let start = -1
  if (hasStory) {
    yield* applyPlaced(units, engine, 'beforeBody', 0, firstParagraph(units))
    headline = settleHeadline(units, page.meta)
    const marked = page.format === 'html' ? settleMarkedHead(units, headline, page.meta) : -1
    start = marked === -1 ? settleHead(units, headline) : marked
    if (start >= 0) {
      const end = units.findLastIndex((unit) => unit.verdict === null && unit.isProse)
      yield* applyPlaced(units, engine, 'inBody', start, end)
      yield* applyPlaced(units, engine, 'afterBody', end + 1, units.length)
    }
    settleTail(units, start, isMarkup, page.meta.authors)
    if (page.format === 'html' && start >= 0) settleTeasers(units, start)
    yield* settleBody(units, start, isMarkup)
    yield* settleRest(units, headline, start)
  }
  yield
  if (page.format === 'html' && start >= 0) settleArticleFoot(units, page.meta)
  settleBylines(units, headline, start)
  settleOnceOnly(units, headline, start, page.meta)
  yield
  settleRepeats(units)
  return { verdicts: verdictsOf(page, units), hasStory }
}

function* applyRules(units: readonly Unit[], engine: RuleEngine): Generator<void> {
  for (const [n, unit] of units.entries()) {
    if (n % SLICE === 0) yield
    // A page's main heading stays what it is, whatever the element around it is called.
    const hit = engine.find(
      unit.line.tag === 'h1' ? { text: unit.text, tag: 'h1' } : wholeLine(unit),
      neighbours(units, n)
    )
    if (hit)
      unit.decide(hit.rule.role, reasonOf(hit.rule), {
        rule: hit.rule.id,
        labelWords: hit.labelWords,
        opensRail: hit.rule.opensRail
      })
  }
}

function* applyPlaced(
  units: readonly Unit[],
  engine: RuleEngine,
  place: IntakeRule['where'],
  from: number,
  to: number
): Generator<void> {
  for (let n = Math.max(0, from); n < Math.min(to, units.length); n++) {
    if (n % SLICE === 0) yield
    const unit = units[n]
    if (!unit || unit.verdict || unit.line.tag === 'h1') continue
    const hit = engine.findAt(wholeLine(unit), neighbours(units, n), place)
    if (hit?.rule.role === 'standfirst' && (unit.words < 4 || unit.dates.length > 0 || unit.isByline)) continue
    if (hit)
      unit.decide(hit.rule.role, reasonOf(hit.rule), {
        rule: hit.rule.id,
        labelWords: hit.labelWords,
        opensRail: hit.rule.opensRail
      })
  }
}

/** Beside a picture a line that begins with © says whose picture it is, and often what it shows; it is no notice of the site. */
function settlePictureRights(units: readonly Unit[]): void {
  for (const [n, unit] of units.entries()) {
    if (!/^\s*(?:©|\(c\)|copyright\b)/iu.test(unit.text.slice(0, 60)) || unit.verdict?.role !== 'furniture') continue
    if (
      unit.line.outside === true ||
      unit.isWithin('footer') ||
      /rights reserved|reproduc|permission/iu.test(unit.text)
    )
      continue
    const isBeside =
      unit.isWithin('figure') ||
      unit.hasHint('caption') ||
      // A logo and the year are beside each other at the foot of a page, below the story.
      (units[n - 1]?.line.tag === 'img' && units.slice(n + 1, n + 20).some((below) => isOpenText(below)))
    if (!isBeside || OF_SITE.test(unit.text)) continue
    if (creditLine(unit.text) === null) unit.decide('caption', say('reason.pictureText'))
    else unit.decide('credit', say('reason.credit'))
  }
}

/** "© 2024 Harbour Post Ltd" */
const OF_SITE = /\b(?:ltd|limited|inc|llc|plc|gmbh|s\.?a\.?|b\.?v\.?|publishing|company|co)\.?\s*$/iu

function isOpenText(unit: Unit): boolean {
  return unit.verdict === null && unit.isProse && unit.line.outside !== true
}

function wholeLine(unit: Unit): PageLine {
  return unit.first === unit.last ? unit.line : { ...unit.line, text: unit.text }
}

function neighbours(units: readonly Unit[], n: number): Neighbours {
  return { previous: () => units[n - 1]?.text ?? '', next: () => units[n + 1]?.text ?? '' }
}

function firstParagraph(units: readonly Unit[]): number {
  const start = Math.max(
    0,
    units.findIndex((unit) => unit.line.tag === 'h1')
  )
  const first = units.findIndex(
    (unit, n) =>
      n > start &&
      unit.verdict === null &&
      unit.isProse &&
      unit.line.tag === 'p' &&
      unit.line.outside !== true &&
      !unit.hasHint(
        'standfirst',
        'dek',
        'deck',
        'subtitle',
        'summary',
        'intro',
        'subheadline',
        'excerpt',
        'strapline',
        'description'
      )
  )
  return first === -1 ? units.length : first
}

/**
 * An embargo is an instruction to the desk and never copy, wherever it is; if its time is on the next line, that line
 * belongs to it. A sentence within the story that names no time only mentions one: "Embargo until the end is no answer,
 * she said."
 */
function settleEmbargoes(units: readonly Unit[]): void {
  let paragraphs = 0
  for (const [n, unit] of units.entries()) {
    if (unit.verdict?.role === 'embargo') continue
    const label = embargoLabel(unit.text)
    const speaks = label > 0 && paragraphs > 0 && isSentence(unit.line) && !/\d/u.test(unit.text)
    if (label === 0 && unit.verdict === null && unit.isProse) paragraphs += 1
    if (label === 0 || speaks) {
      if (isStanding(unit.text)) unit.decide('furniture', say('reason.standing'))
      continue
    }
    unit.decide('embargo', say('reason.embargo'))
    const next = units[n + 1]
    if (unit.text.slice(label).trim() === '' && next && next.text.length < 80 && /\d/u.test(next.text))
      next.decide('embargo', say('reason.embargoHour'))
  }
}

/** Bullets under "Follow us on" are channels even where no rule knows their name. */
function settleChannels(units: readonly Unit[]): void {
  let open = false
  for (const unit of units) {
    if (unit.verdict) open = unit.verdict.rule !== null && /follow-us|channel-names/.test(unit.verdict.rule)
    else if (open && unit.isBullet && unit.words <= 3) unit.decide('furniture', say('reason.underFollowUs'))
    else open = false
  }
}

/** A page of furniture and menu words contains no story; reports that and decides its lines. */
function* settleMenusOnly(units: readonly Unit[]): Generator<void, boolean> {
  let open = 0
  for (const [n, unit] of units.entries()) {
    if (n % SLICE === 0) yield
    if (unit.verdict !== null || unit.dates.length > 0) continue
    if (unit.words >= 4 || unit.text.length > 40 || unit.isProse) return true
    open += 1
  }
  // Nobody embargoes a menu.
  if (units.some((unit) => unit.verdict?.role === 'embargo')) return true
  if (open > 0 && open === units.length && units.length < 4) return true
  for (const unit of units) if (unit.verdict === null) unit.decide('furniture', say('reason.menu'))
  return false
}

/** Further above the headline, a date belongs to the page: today's date. */
const NEAR_HEADLINE = 25

function* settleRest(units: readonly Unit[], headline: number, start: number): Generator<void> {
  for (const [n, unit] of units.entries()) {
    if (n % SLICE === 0) yield
    if (unit.verdict) continue
    const isNear = start === -1 || (n < start && n >= headline - NEAR_HEADLINE)
    const isDate = unit.dates.length > 0 && !unit.isByline && (unit.hasLabelledDate || isNear)
    if (unit.line.tag === 'img')
      unit.decide(unit.line.outside === true || n < headline - 8 ? 'furniture' : 'alt', say('reason.altText'))
    else if (isDate && (unit.line.outside !== true || unit.hasLabelledDate))
      unit.decide(unit.dates[0]?.kind ?? 'published', say('reason.dateBeside'))
    else if (unit.isByline && n < start) unit.decide('byline', say('reason.byline'))
    else if (unit.line.outside === true) unit.decide('furniture', say('reason.outside'))
    else unit.decide('body', say('reason.kept'))
  }
}

/**
 * The byline is in the story's head, on adjacent lines; if the head has none, directly above the headline. Names
 * further away belong to something else: a rail, the comments.
 */
function settleBylines(units: readonly Unit[], headline: number, start: number): void {
  const found = units.flatMap((unit, n) => (unit.verdict?.role === 'byline' ? [n] : []))
  const inHead = found.filter((n) => n > headline && (start === -1 || n < start))
  const above = found.filter((n) => n < headline && headline - n <= 8)
  const chosen = inHead.length > 0 ? inHead : above.length > 0 ? above : firstTogether(units, found)
  let last = chosen[0] ?? 0
  for (const n of found) {
    const unit = units[n]
    const isTogether = chosen.includes(n) && n - last <= 6
    if (isTogether) last = n
    else if (unit?.line.tag !== undefined && unit.line.tag !== 'li') unit.decide('furniture', say('reason.nameBeside'))
  }
}

/** The first byline, and the names directly below it if it is only a label. */
function firstTogether(units: readonly Unit[], found: readonly number[]): number[] {
  const first = found[0]
  if (first === undefined || !isLabelOnly(units[first]?.text ?? '')) return found.slice(0, 1)
  return found.filter((n, at) => n - first === at)
}

/** A story has only one of these: the first on the page. */
const once: readonly LineRole[] = ['headline', 'section', 'kicker', 'published', 'updated']

/** `headline` and `start`: where the story's head begins and ends; -1 when it has none. */
function settleOnceOnly(units: readonly Unit[], headline: number, start: number, meta: PageMeta): void {
  const days = { published: dayOf(meta.published), updated: dayOf(meta.modified) }
  const best = new Map<LineRole, { readonly unit: Unit; readonly rank: number }>()
  for (const [n, unit] of units.entries()) {
    const role = unit.verdict?.role
    if (!role || !once.includes(role)) continue
    const isDate = role === 'published' || role === 'updated'
    // Of two visible dates, the one that is in the metadata as well.
    const isAgreed = isDate && unit.dates.some(({ kind, date }) => dayOf(date) !== null && dayOf(date) === days[kind])
    const rank = isDate ? rankOfDate(unit, n, headline, start) + (isAgreed ? 4 : 0) : 0
    // A line with both dates fills both.
    for (const kind of isDate ? new Set<LineRole>([role, ...unit.dates.map(({ kind: each }) => each)]) : [role]) {
      if (rank > (best.get(kind)?.rank ?? -Infinity)) best.set(kind, { unit, rank })
    }
  }
  for (const unit of units) {
    const role = unit.verdict?.role
    if (!unit.verdict || !role || !once.includes(role)) continue
    const first = best.get(role)?.unit
    if (!first || first === unit || [...best.values()].some((one) => one.unit === unit)) continue
    if (first.folded === unit.folded) unit.decide('duplicate', say('reason.repeatsAbove', { role }))
    else
      unit.decide('furniture', role === 'section' ? unit.verdict.reason : say('reason.second', { role }), {
        rule: unit.verdict.rule
      })
  }
}

/**
 * Prefers a date in the story's head to one above it, a labelled date to a bare one, and any of these to a date
 * elsewhere on the page.
 */
function rankOfDate(unit: Unit, n: number, headline: number, start: number): number {
  const isAround =
    unit.line.outside === true || unit.isWithin('nav') || unit.isWithin('aside') || unit.isWithin('footer')
  const place = n > headline && (start === -1 || n < start) ? 5 : n < headline ? (headline - n <= 6 ? 3 : 0) : 1
  const isTold = unit.line.spans?.some(({ kind }) => kind === 'published' || kind === 'updated') === true
  return (
    place +
    (unit.hasLabelledDate ? 4 : 0) +
    (isTold ? 3 : unit.line.datetime ? 2 : 0) +
    (unit.dates[0]?.date.hasTime === true ? 1 : 0) -
    (isAround ? 4 : 0)
  )
}

/** Lines that repeat the headline, the standfirst or a caption. */
function settleRepeats(units: readonly Unit[]): void {
  const said = new Map<string, string>()
  for (const unit of units) {
    const role = unit.verdict?.role
    if ((role === 'headline' || role === 'standfirst' || role === 'caption') && unit.words >= 3) {
      const earlier = said.get(unit.folded)
      if (earlier !== undefined) unit.decide('duplicate', say('reason.repeatsAbove', { role: earlier }))
      else said.set(unit.folded, role)
    }
  }
  for (const unit of units) {
    const role = unit.verdict?.role
    if (role !== 'body' && role !== 'heading' && role !== 'furniture') continue
    const kept = unit.verdict?.rule === null ? said.get(unit.folded) : undefined
    if (kept !== undefined) unit.decide('duplicate', say('reason.repeats', { role: kept }))
  }
}

const BLANK: Verdict = { role: 'blank', reason: say('reason.noWords'), rule: null, labelWords: 0, opensRail: false }

function verdictsOf(page: Page, units: readonly Unit[]): Verdict[] {
  const verdicts = Array.from({ length: page.lines.length }, (): Verdict => BLANK)
  for (const unit of units) {
    const verdict = unit.verdict ?? {
      ...BLANK,
      role: 'body' as const,
      reason: say('reason.kept')
    }
    verdicts[unit.first] = verdict
    for (let n = unit.first + 1; n <= unit.last; n++) verdicts[n] = { ...verdict, labelWords: 0 }
  }
  return verdicts
}
