import { isBareName } from './bylines.ts'
import { creditLine } from './captions.ts'
import { isOutlet, isRole } from './names.ts'
import { isDateLabel } from './date-labels.ts'
import { nextOpen } from './headline.ts'
import { RailReader } from './rails.ts'
import { isPair, type Unit } from './units.ts'
import { say } from '../words/message.ts'

/**
 * Two sentences, or one with a full stop: not a standfirst, unless a byline or date below shows that the head
 * continues.
 */
function isParagraph(unit: Unit): boolean {
  return (
    (unit.isProse && unit.text.trimEnd().endsWith('.')) ||
    (unit.words > 12 && /\p{L}[.!?؟]["”’]?\s+\S/u.test(unit.text.slice(0, 2000)))
  )
}

/** "Hill News" ends in what it is; "Post Office Closes" is a heading. */
const NAME_OF_OUTLET =
  /\b(?:news|press|agency|times|post|media|magazine|tribune|herald|journal|gazette|network|desk|radio|tv)$/iu

/** How many lines a head may have between headline and first paragraph, furniture included. */
const LONGEST_HEAD = 120

/**
 * Decides what is between headline and first paragraph: standfirst, byline, dates, the lead picture's caption. Returns
 * where the body begins.
 */
export function settleHead(units: readonly Unit[], headline: number): number {
  const head = new Head(units, headline)
  return head.settle()
}

class Head {
  readonly #units: readonly Unit[]
  readonly #headline: number
  readonly #rails: RailReader
  /** Lines whose meaning depends on the next marker. */
  #pending: number[] = []
  #markers = 0
  #hasStandfirst: boolean
  #hasByline = false

  constructor(units: readonly Unit[], headline: number) {
    this.#units = units
    this.#headline = headline
    this.#rails = new RailReader(units)
    this.#hasStandfirst = units.some((unit) => unit.verdict?.role === 'standfirst')
  }

  settle(): number {
    const { length } = this.#units
    const last = Math.min(length, Math.max(this.#headline, 0) + LONGEST_HEAD)
    for (let n = Math.max(0, this.#headline + (this.#headline >= 0 ? 1 : 0)); n < last; n++) {
      const unit = this.#units[n]
      if (!unit) break
      if (unit.verdict) {
        this.#rails.pass(unit)
        if (['standfirst', 'caption', 'alt', 'credit'].includes(unit.verdict.role) && !this.#marker(n))
          return this.#bodyAt()
        continue
      }
      // "Published" alone, and the date below it.
      if (isDateLabel(unit.text) && (this.#units[n + 1]?.dates.length ?? 0) > 0) {
        unit.decide('furniture', say('reason.dateLabel'))
        continue
      }
      if (this.#readsAsMarker(n, unit)) {
        if (!this.#marker(n)) return this.#bodyAt()
        this.#decide(n, unit)
        continue
      }
      if (
        this.#units[n - 1]?.verdict?.role === 'byline' &&
        (isRole(unit.text) ||
          (isOutlet(unit.text.trim()) && NAME_OF_OUTLET.test(unit.text.trim()) && unit.words <= 3)) &&
        unit.words <= 10 &&
        !unit.endsSentence
      ) {
        unit.decide('byline', say('reason.authorsRole'))
        continue
      }
      if (this.#rails.takes(n)) continue
      if (
        unit.line.tag === 'h2' &&
        this.#pending.length === 0 &&
        !this.#hasStandfirst &&
        this.#markers === 0 &&
        n === this.#headline + 1 &&
        unit.words >= 5
      ) {
        unit.decide('standfirst', say('reason.underHeadline'))
        this.#hasStandfirst = true
        continue
      }
      this.#pending.push(n)
      if (this.#pending.length > 2) break
    }
    this.#settleLooseStandfirst()
    return this.#bodyAt()
  }

  #readsAsMarker(n: number, unit: Unit): boolean {
    return (
      unit.dates.length > 0 ||
      unit.isByline ||
      unit.line.tag === 'img' ||
      unit.isWithin('figure') ||
      isPair(this.#units, n) ||
      unit.isCaption ||
      unit.isLabelledCredit ||
      this.#isNameBeforeDate(n)
    )
  }

  /**
   * Adds the lines waiting before a marker to the head; false if they are body text, because the head had already
   * ended.
   */
  #marker(n: number): boolean {
    const waiting = this.#pending.map((at) => this.#units[at]).filter((unit) => unit !== undefined)
    const marker = this.#units[n]
    if (waiting.length === 0 || !marker) return this.#count(marker)
    const isStrong =
      marker.verdict === null && (marker.dates.length > 0 || marker.isByline || this.#isNameBeforeDate(n))
    const above = waiting.at(-1)
    const next = this.#units[n + 1]
    if (
      marker.verdict === null &&
      marker.isLabelledCredit &&
      (next?.isCaption === true || (above && isParagraph(above)))
    ) {
      // The credit belongs to the caption below it, or to a picture between two paragraphs.
      if (waiting.some(isParagraph)) return false
    } else if (marker.verdict === null && marker.isLabelledCredit) {
      this.#units[this.#pending.pop() ?? -1]?.decide('caption', say('reason.aboveCredit'))
      waiting.pop()
      if (waiting.length === 0) return this.#count(marker)
    }
    if (!isStrong && waiting.some(isParagraph)) return false
    if (!this.#paragraphFollows(n)) return false
    if (
      !this.#hasStandfirst &&
      (this.#markers === 0 || waiting.length === 1) &&
      waiting.every((unit) => unit.text.length <= 600)
    ) {
      for (const unit of waiting)
        unit.decide(
          'standfirst',
          this.#markers === 0 ? say('reason.betweenHeadlineAndByline') : say('reason.betweenBylineAndBody')
        )
      this.#hasStandfirst = true
    } else if (waiting.length > 1 || waiting.some((unit) => unit.words > 60)) {
      return false
    } else {
      for (const unit of waiting) {
        if (this.#hasByline && isRole(unit.text) && unit.words <= 10) unit.decide('byline', say('reason.authorsRole'))
        else if (unit.words >= 6) unit.decide('caption', say('reason.captionPlace'))
        else if (this.#hasByline && isBareName(unit.text)) unit.decide('byline', say('reason.nameBelowByline'))
        else unit.decide('furniture', say('reason.betweenBylineAndDate'))
      }
    }
    this.#pending = []
    return this.#count(marker)
  }

  #count(marker: Unit | undefined): true {
    this.#markers += 1
    if (marker?.isByline === true) this.#hasByline = true
    return true
  }

  #decide(n: number, unit: Unit): void {
    const before = this.#units[n - 1]?.verdict?.role
    if (unit.verdict) return
    if (unit.line.tag === 'img') unit.decide('alt', say('reason.altText'))
    else if (unit.dates.length > 0 && !(unit.isByline && /\p{L}/u.test(unit.text))) {
      const kind = unit.dates[0]?.kind ?? 'published'
      unit.decide(kind, kind === 'published' ? say('reason.dateAbove') : say('reason.updateDate'))
    } else if (isPair(this.#units, n)) {
      unit.decide('alt', say('reason.captionTwice'))
      this.#units[n + 1]?.decide('caption', say('reason.leadCaption'))
    } else if (
      unit.isLabelledCredit ||
      ((before === 'caption' || before === 'alt') && this.#hasByline && creditLine(unit.text) !== null)
    )
      unit.decide('credit', say('reason.credit'))
    else if (unit.isByline || this.#isNameBeforeDate(n)) {
      unit.decide('byline', say('reason.byline'))
      this.#hasByline = true
    } else unit.decide('caption', unit.isWithin('figure') ? say('reason.pictureText') : say('reason.endsInCredit'))
  }

  /** A person's name on its own, with the date right below it. */
  #isNameBeforeDate(n: number): boolean {
    const unit = this.#units[n]
    if (!unit || this.#hasByline || unit.words > 4 || !isBareName(unit.text)) return false
    const next = this.#units[nextOpen(this.#units, n)]
    return next !== undefined && next.dates.length > 0
  }

  #paragraphFollows(n: number): boolean {
    for (let at = n + 1; at < Math.min(this.#units.length, n + 200); at++) {
      const unit = this.#units[at]
      if (unit?.verdict === null && unit.isProse && !isPair(this.#units, at)) return true
    }
    return false
  }

  /** Below the last marker one line without a full stop, then paragraphs: a late standfirst. */
  #settleLooseStandfirst(): void {
    const first = this.#units[this.#pending[0] ?? -1]
    const second = this.#units[this.#pending[1] ?? -1]
    if (!first || !second || this.#hasStandfirst || this.#markers === 0) return
    if (
      first.words < 5 ||
      first.text.length > 300 ||
      isParagraph(first) ||
      first.endsSentence ||
      !second.isProse ||
      first.isBullet ||
      /^h[2-6]$/.test(first.line.tag ?? '')
    )
      return
    first.decide('standfirst', say('reason.noFullStop'))
    this.#pending.shift()
  }

  #bodyAt(): number {
    return this.#pending[0] ?? this.#units.findIndex((unit, n) => n > this.#headline && unit.verdict === null)
  }
}
