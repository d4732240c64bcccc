import { textOfRuns, trimRuns, type Mark, type Run } from '../../../shared/document/runs.ts'
import type { LineSpan, PageLine } from '../../../shared/intake/page.ts'
import type { RawSpan } from './html-parts.ts'

/** How many names and dates are examined in one line. */
const MAX_SPANS = 100

/** How words are formatted at the reader's position. Words with the same format are one run. */
export interface Format {
  readonly marks: readonly Mark[]
  /** The address of the link; empty if only the page it is on could say where it leads. */
  readonly href: string | null
  readonly datetime: string
  /** The innermost element that says what its words are. */
  readonly says: Saying | null
}

/** An element whose markup says what the words in it are. */
export interface Saying {
  readonly number: number
  readonly says: LineSpan['kind'] | null
  readonly datetime: string
}

/** The line being read, with white space as a browser shows it. */
export class OpenLine {
  datetime = ''
  /** How many characters at its start are set small; -1 for a line that begins otherwise. */
  small = -1
  #linkedFrom = -1
  #linkedTo = -1
  /** Letters and digits in links. */
  #linked = 0
  readonly #runs: Run[] = []
  readonly #spans: RawSpan[] = []
  #isBegun = false
  #endsInSpace = false
  #format: Format | null = null
  #length = 0
  /** The last characters of the last run: asking a long string for its end would flatten it each time. */
  #tail = ''

  /** Characters so far. */
  get length(): number {
    return this.#length
  }

  /** A word has been seen. */
  get isBegun(): boolean {
    return this.#isBegun
  }

  /** It has nothing but what is set small. */
  get isSmall(): boolean {
    return this.small > 0 && this.#length - this.small <= (this.#endsInSpace ? 1 : 0)
  }

  /** `isSeam`: an element ended before these words and another began. Returns false if they add nothing. */
  add(text: string, format: () => Format, isSeam: boolean): boolean {
    let words = text.replace(/[\t\n\f\r ]+/g, ' ')
    if (words.startsWith(' ') && (this.#endsInSpace || !this.#isBegun)) words = words.slice(1)
    if (words === '') return false
    if (isSeam && this.#isGlued(words)) words = ` ${words}`
    this.#isBegun = true
    this.#endsInSpace = words.endsWith(' ')
    this.#set(words, format())
    return true
  }

  /**
   * What was read, without surrounding space, of which `shift` characters were at its start. `spans` as they lie in it.
   */
  take(): {
    readonly runs: Run[]
    readonly spans: RawSpan[]
    readonly shift: number
    /** From the first to the last link, and how many letters and digits are outside of links. */
    readonly linked: NonNullable<PageLine['linked']> | null
  } {
    const whole = textOfRuns(this.#runs)
    const runs = trimRuns(this.#runs)
    const shift = whole.length - whole.trimStart().length
    const { length } = textOfRuns(runs)
    const spans = this.#spans
      .map(({ from, to, ...span }) => ({
        ...span,
        from: Math.max(0, from - shift),
        to: Math.min(length, to - shift)
      }))
      .filter(({ from, to }) => to > from)
    const outside = countLetters(whole) - this.#linked
    const linked =
      this.#linked > outside
        ? { from: Math.max(0, this.#linkedFrom - shift), to: Math.min(length, this.#linkedTo - shift), outside }
        : null
    return { runs, spans, shift, linked }
  }

  #set(words: string, format: Format): void {
    this.datetime ||= format.datetime
    if (format.says) this.#addSpan(words, format.says)
    if (format.href !== null && words.trim() !== '') {
      if (this.#linkedFrom === -1) this.#linkedFrom = this.#length
      this.#linkedTo = this.#length + words.length
      this.#linked += countLetters(words)
    }
    this.#length += words.length
    const last = this.#runs.at(-1)
    if (this.#format === format) {
      if (last) last.text += words
      this.#tail = (this.#tail + words).slice(-4)
      return
    }
    this.#format = format
    const { marks, href } = format
    const run: Run = {
      text: words,
      ...(marks.length > 0 && { marks: [...marks] }),
      ...(href !== null && href !== '' && { link: { href } })
    }
    const goesOn = last !== undefined && sameFormat(last, run)
    if (goesOn) last.text += words
    else this.#runs.push(run)
    this.#tail = ((goesOn ? this.#tail : '') + words).slice(-4)
  }

  /** Adds words of the innermost element that says what they are; an outer one that only adds a label is its frame. */
  #addSpan(words: string, { says, number, datetime }: Saying): void {
    const last = this.#spans.at(-1)
    if (says === null) return
    if (last?.element === number && last.to === this.#length) last.to += words.length
    else if (this.#spans.length < MAX_SPANS)
      this.#spans.push({
        kind: says,
        from: this.#length,
        to: this.#length + words.length,
        element: number,
        ...(datetime !== '' && { datetime })
      })
  }

  /** "Nora LindStaff Writer": two elements shown apart on the page, with no space between them. */
  #isGlued(words: string): boolean {
    const before = this.#tail
    if (this.#length <= 12 && /^(?:by|par|von|por|by:)$/iu.test(before)) return /^\S/u.test(words)
    if (!/[\p{Ll}\d)]{2}$/u.test(before)) return false
    return /^[\p{Lu}@]/u.test(words) || /^(?:and|und|et|och|og|avec|with|mit)\s*$/u.test(words)
  }
}

function countLetters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}

function sameFormat(one: Run, other: Run): boolean {
  return one.link?.href === other.link?.href && (one.marks ?? []).join() === (other.marks ?? []).join()
}
