import type { LineKind } from './block-rules.ts'
import { PARAGRAPH } from './block-rules.ts'
import type { HtmlElement } from './html-element.ts'
import { isSeen, PLAIN, settingIn, type Setting } from './setting.ts'
import { CLOSED_BY, BLOCK_TAGS, FORMATTING_TAGS, MARK_TAGS, UNSEEN_TAGS, WALLS } from './tags.ts'

/** How many formatting elements of one name a block can leave open for the next, as in browsers. */
const MOST_REOPENED = 3

const CELLS: ReadonlySet<string> = new Set(['td', 'th', 'caption'])
const PARTS_OF_TABLE: ReadonlySet<string> = new Set(['table', 'tr', 'td', 'th', 'caption', 'tbody', 'thead', 'tfoot'])
const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const DRAWINGS: ReadonlySet<string> = new Set(['svg', 'math'])
const P: ReadonlySet<string> = new Set(['p'])
const BUTTON: ReadonlySet<string> = new Set(['button'])

/** An element that has begun and not ended yet. */
export interface OpenElement {
  readonly element: HtmlElement
  readonly isBlock: boolean
  /** How its text is formatted, and what a line of it becomes. */
  readonly setting: Setting
  readonly kind: LineKind
  /** What to do when it ends. */
  readonly leave: (() => void) | null
}

/**
 * The elements open at a position in the copy, and which of them a tag ends. Real HTML leaves out end tags and nests
 * what must not be nested; this follows browsers, so that a line ends where a reader sees it end.
 */
export class OpenElements {
  /** The setting of copy outside any element. */
  root: Setting = PLAIN
  readonly #stack: OpenElement[] = []
  /** The innermost; needed for each piece of text. */
  #top: OpenElement | undefined
  /** How many elements of each name are open. */
  readonly #counts = new Map<string, number>()
  readonly #reopen: (element: HtmlElement) => void

  /** `reopen` begins an element again whose formatting continues after a block that ended around it. */
  constructor(reopen: (element: HtmlElement) => void) {
    this.#reopen = reopen
  }

  get depth(): number {
    return this.#stack.length
  }

  get setting(): Setting {
    return this.#top?.setting ?? this.root
  }

  get kind(): LineKind {
    return this.#top?.kind ?? PARAGRAPH
  }

  /** True in a drawing or a formula, whose tags follow rules of their own. */
  get isForeign(): boolean {
    return this.has('svg') || this.has('math')
  }

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0
  }

  add(opened: OpenElement): void {
    this.#stack.push(opened)
    this.#top = opened
    const { name } = opened.element
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Discards the copy of the last element of that name and of everything in it. */
  silence(name: string): void {
    const at = this.#stack.findLastIndex(({ element }) => element.name === name)
    if (at === -1) return
    for (const [n, one] of this.#stack.entries())
      if (n >= at) this.#stack[n] = { ...one, setting: { ...one.setting, sink: 'nowhere' } }
    this.#top = this.#stack.at(-1)
  }

  /** Ends what the start of an element implicitly ends. */
  endBefore(name: string): void {
    if (!this.isForeign && (isSeen(this.setting) || !this.#isStrayCell(name))) this.#endImplied(name)
    if (name === 'table' || name === 'button') this.#endAround(name)
  }

  /** Ends what an end tag ends; returns false if no element of that name was open. */
  end(name: string): boolean {
    const isHeading = HEADINGS.has(name)
    if (!this.has(name) && !isHeading) return false
    for (let at = this.#stack.length - 1; at >= 0; at -= 1) {
      const around = this.#nameAt(at)
      // The end tag of any heading ends the current one, whatever its level.
      if (around === name || (isHeading && HEADINGS.has(around))) {
        this.#endAt(at)
        break
      }
      if (around === 'button' && (name === 'p' || this.#isStrayCell(name))) break
      if (this.#isWall(around) && !PARTS_OF_TABLE.has(name) && !DRAWINGS.has(name)) break
    }
    return true
  }

  endForeign(): void {
    const at = this.#stack.findIndex(({ element }) => DRAWINGS.has(element.name))
    if (at >= 0) this.#endDownTo(at)
  }

  endAll(): void {
    this.#endDownTo(0)
  }

  #nameAt(at: number): string {
    return this.#stack[at]?.element.name ?? ''
  }

  #endImplied(name: string): void {
    if (BLOCK_TAGS.has(name) && this.has('p')) this.#endUpTo(P, BUTTON)
    const rule = CLOSED_BY.get(name)
    if (rule) this.#endUpTo(rule.closes, rule.within)
  }

  /**
   * As in browsers, a table that begins between the cells of another ends that one, and a button ends the button around
   * it, so that what follows is visible again.
   */
  #endAround(name: 'table' | 'button'): void {
    if (!this.has(name)) return
    for (let at = this.#stack.length - 1; at >= 0; at -= 1) {
      const around = this.#nameAt(at)
      if (around === name) return this.#endAt(at)
      if (this.#isWall(around)) return
    }
  }

  #endUpTo(closes: ReadonlySet<string>, within: ReadonlySet<string>): void {
    const isPartOfTable = within.has('table') && this.has('table')
    // A control left open in a table ends where the next part of the table begins.
    let control: number | null = null
    for (let at = this.#stack.length - 1; at >= 0; at -= 1) {
      const name = this.#nameAt(at)
      if (closes.has(name)) return this.#endAt(at)
      if (isPartOfTable && name === 'button') control = at
      else if (UNSEEN_TAGS.has(name)) return
      else if (control !== null && within.has(name)) return this.#endAt(control)
      if (
        within.has(name) ||
        (this.#isWall(name) && !closes.has('td') && !closes.has('tr') && !closes.has('tbody')) ||
        name === 'table'
      )
        return
    }
  }

  /** A part of a table without a table: browsers ignore it. */
  #isStrayCell(name: string): boolean {
    return PARTS_OF_TABLE.has(name) && name !== 'table' && !this.has('table')
  }

  /** Cells outside a table are no barrier: a browser does not open them there. */
  #isWall(name: string): boolean {
    return WALLS.has(name) && (!CELLS.has(name) || this.has('table'))
  }

  /** Ends the element at this position and those inside it; formatting continues as in browsers. */
  #endAt(at: number): void {
    const ended = this.#stack[at]
    if (!ended) return
    const inner = this.#stack.slice(at + 1)
    if (FORMATTING_TAGS.has(ended.element.name) && inner.some(isSpecial)) return this.#unwrap(at)
    this.#endDownTo(at)
    if (inner.length === 0 || !ended.isBlock || WALLS.has(ended.element.name)) return
    const counts = new Map<string, number>()
    for (const { element } of inner) {
      const count = (counts.get(element.name) ?? 0) + 1
      counts.set(element.name, count)
      if (
        FORMATTING_TAGS.has(element.name) &&
        (MARK_TAGS.has(element.name) || element.has('style')) &&
        count <= MOST_REOPENED
      )
        this.#reopen(element)
    }
  }

  /** Removes a formatting element from around blocks that continue without it. */
  #unwrap(at: number): void {
    const [taken] = this.#stack.splice(at, 1)
    if (!taken) return
    this.#countOff(taken.element.name)
    for (let index = at; index < this.#stack.length; index += 1) {
      const one = this.#stack[index]
      if (!one) continue
      const around = this.#stack[index - 1]?.setting ?? this.root
      this.#stack[index] = { ...one, setting: settingIn(around, one.element, one.kind.type === 'heading') }
    }
    this.#top = this.#stack.at(-1)
  }

  #endDownTo(at: number): void {
    while (this.#stack.length > at) {
      // What ends with it still has its setting.
      this.#top?.leave?.()
      const ended = this.#stack.pop()
      this.#top = this.#stack.at(-1)
      if (ended) this.#countOff(ended.element.name)
    }
  }

  #countOff(name: string): void {
    this.#counts.set(name, Math.max(0, (this.#counts.get(name) ?? 0) - 1))
  }
}

/** True for what formatting left open around it continues inside of, as browsers read it. */
function isSpecial({ isBlock, element }: OpenElement): boolean {
  return isBlock || element.name === 'button'
}
