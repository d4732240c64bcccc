import type { LineRole } from '../contract/intake.ts'
import { readBylineLine } from './byline-line.ts'
import { captionLabels, creditLabels, labelLength } from './labels.ts'
import { datesOf } from './date-line.ts'
import type { DatePart } from './date-line.ts'
import { creditLine, splitCaption } from './captions.ts'
import { textOfRuns } from '../document/runs.ts'
import type { Page, PageLine } from './page.ts'
import { countSpaced, endsSentence, fold } from './plain.ts'
import type { Message } from '../words/message.ts'

/** What was decided about a line. */
export interface Verdict {
  readonly role: LineRole
  /** Shown to the person, from words/en/said/reason.ts: “share bar”, “repeats the caption above”. */
  readonly reason: Message
  readonly rule: string | null
  /** Words at the start that are the rule's label, not the story's. */
  readonly labelWords: number
  readonly opensRail: boolean
}

/** A reading unit: a line, or the lines of one hard-wrapped paragraph. Blank lines are not units. */
export class Unit {
  readonly first: number
  last: number
  text: string
  readonly line: PageLine
  /** A blank line precedes it. */
  readonly gapBefore: boolean
  verdict: Verdict | null = null
  #folded: string | null = null
  #words = -1
  #dates: readonly DatePart[] | null = null
  #isByline: boolean | null = null

  constructor(n: number, line: PageLine, gapBefore: boolean) {
    this.first = n
    this.last = n
    this.text = line.markup ? line.text.slice(0, line.markLength ?? 0) + textOfRuns(line.runs ?? []) : line.text
    this.line = line
    this.gapBefore = gapBefore
  }

  decide(role: LineRole, reason: Message, more: Partial<Verdict> = {}): void {
    this.verdict = { role, reason, rule: null, labelWords: 0, opensRail: false, ...more }
  }

  get folded(): string {
    return (this.#folded ??= this.text.length > 20_000 ? this.text : fold(this.text.slice(this.line.markLength ?? 0)))
  }

  /** Words between spaces; counted only when needed. */
  get words(): number {
    if (this.#words === -1) this.#words = countSpaced(this.text.slice(this.line.markLength ?? 0, 2000))
    return this.#words
  }

  get isBullet(): boolean {
    return this.line.tag === 'li'
  }

  get endsSentence(): boolean {
    return endsSentence(this.text)
  }

  /** Running text: a sentence of some length, in scripts with and without spaces. */
  get isProse(): boolean {
    const length = this.text.length
    if (isUnspaced(this.text)) return length >= 18 && (this.endsSentence || length >= 60)
    return (this.words >= 8 && this.endsSentence) || length >= 170
  }

  get isShort(): boolean {
    if (isUnspaced(this.text)) return this.text.length <= 12 && !this.endsSentence
    return this.words <= 3 && this.text.length <= 40 && (!this.endsSentence || this.words === 1)
  }

  /** The dates in this line, labelled or alone; none for a sentence that contains a date. */
  get dates(): readonly DatePart[] {
    return (this.#dates ??= datesOf(this.line, this.text))
  }

  /** "Published: …", which is a date line anywhere on the page. */
  get hasLabelledDate(): boolean {
    return this.dates.some(({ labelled }) => labelled)
  }

  get isByline(): boolean {
    if (this.line.tag !== undefined && /^h[1-6]$/.test(this.line.tag)) return false
    return (this.#isByline ??=
      readBylineLine(this.first === this.last && !this.line.markup ? this.line : { ...this.line, text: this.text }) !==
      null)
  }

  /** A caption by its wording: "Photo caption: …", or with a credit at its end. */
  get isCaption(): boolean {
    if (this.text.length > 1200) return false
    if (labelLength(this.text, captionLabels, { needsColon: true }) > 0) return true
    // A credit in the middle, followed by a licence notice: certainly a caption, though it is unclear where the credit
    // ends.
    return (
      this.words >= 4 &&
      (splitCaption(this.text).credit !== '' ||
        /[.!?)]\s(?:REUTERS|AFP|AP Photo|Getty Images|EPA)\/\p{Lu}/u.test(this.text))
    )
  }

  /** "Photo: Amal Haddad" and nothing else. */
  get isLabelledCredit(): boolean {
    return (
      this.text.length <= 160 &&
      (labelLength(this.text, creditLabels, { needsColon: true }) > 0 || /^\s*(©|\(c\)|\w+ by )/iu.test(this.text)) &&
      creditLine(this.text) !== null
    )
  }

  hasHint(...hints: readonly string[]): boolean {
    const found = this.line.hints
    return found !== undefined && hints.some((hint) => found.includes(` ${hint} `))
  }

  isWithin(element: string): boolean {
    return this.line.within?.has(element) ?? false
  }
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** In a script that puts no spaces between words. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text.slice(0, 40))
}

/** True for lines without a letter or digit: spaces, rules, lone bullets. */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text)
}

/**
 * The same line exactly twice in a row is a caption, once as alternative text and once visible. Three or more are
 * something else.
 */
export function isPair(units: readonly Unit[], n: number): boolean {
  const unit = units[n]
  const next = units[n + 1]
  if (
    !unit ||
    next?.verdict !== null ||
    unit.words < 4 ||
    unit.text.length > 400 ||
    isText(unit) ||
    !repeats(unit, next)
  )
    return false
  return !repeats(unit, units[n + 2]) && !(units[n - 1]?.verdict?.role !== 'alt' && repeats(unit, units[n - 1]))
}

/** Of a table with more than one row: the only row of one is how the page is laid out. */
export function isTableRow(units: readonly Unit[], n: number): boolean {
  const table = units[n]?.line.row?.table
  return table !== undefined && [units[n - 1], units[n + 1]].some((other) => other?.line.row?.table === table)
}

/** Three or more sentences are a paragraph. */
function isText(unit: Unit): boolean {
  return (unit.text.match(/\p{L}{3}[.!?؟]["”’)]?\s+\p{Lu}/gu) ?? []).length >= 2
}

function repeats(unit: Unit, other: Unit | undefined): boolean {
  return other !== undefined && Math.abs(unit.text.length - other.text.length) <= 8 && unit.folded === other.folded
}

/** The units of a page; blank lines are in none of them. */
export function* unitsOf(page: Page): Generator<void, Unit[]> {
  const units: Unit[] = []
  let gap = false
  for (const [n, line] of page.lines.entries()) {
    if (n % 5000 === 0) yield
    if (isBlank(line.text)) {
      gap = true
      continue
    }
    const before = units.at(-1)
    if (line.join === 'wrap' && before?.last === n - 1) {
      before.last = n
      // Hard-wrapping the paragraph removed a space.
      before.text = `${before.text.trimEnd()} ${line.text.trimStart()}`
    } else {
      units.push(new Unit(n, line, gap))
    }
    gap = false
  }
  return units
}
