import type { Unit } from './units.ts'
import { say } from '../words/message.ts'

/**
 * Tracks whether a rail is open: the headlines and bullets directly below "Top Stories" belong to it, the next
 * paragraph does not.
 */
export class RailReader {
  readonly #units: readonly Unit[]
  #title = ''
  #opened = -1
  #items = 0

  constructor(units: readonly Unit[]) {
    this.#units = units
  }

  get isOpen(): boolean {
    return this.#title !== ''
  }

  /** Records a line that has been decided already. */
  pass(unit: Unit): void {
    // A rail in its own box ends with the box, which the page's markup already marks as furniture.
    if (
      !unit.verdict?.opensRail ||
      unit.isWithin('aside') ||
      unit.isWithin('nav') ||
      unit.hasHint('related', 'recommended', 'rail', 'sidebar', 'most read', 'trending')
    )
      return
    this.#title = unit.text.trim()
    this.#opened = unit.last
    this.#items = 0
  }

  /** Decides the line if it belongs to the open rail; otherwise closes the rail. */
  takes(n: number): boolean {
    const unit = this.#units[n]
    if (!unit || !this.isOpen) return false
    if (this.#belongs(n, unit)) {
      unit.decide('furniture', say('reason.inRail', { title: this.#title.slice(0, 60) }))
      this.#items += 1
      return true
    }
    this.#title = ''
    return false
  }

  #belongs(n: number, unit: Unit): boolean {
    if (unit.line.href !== undefined && !unit.endsSentence) return true
    if (unit.line.tag === 'p' || unit.line.tag === 'blockquote') return false
    const next = this.#nextOpen(n)
    if (unit.isProse || unit.text.trimEnd().endsWith('.')) {
      // A teaser: a headline of the rail above it and another headline below it. Longer text is never taken for one.
      return (
        this.#items > 0 &&
        unit.words < 35 &&
        next !== undefined &&
        !next.isProse &&
        !next.endsSentence &&
        next.words >= 4 &&
        !unit.line.join
      )
    }
    if (unit.isBullet) return true
    if (unit.words <= 4 && this.#items === 0 && unit.gapBefore && next?.isProse === true) return false
    if (
      /^h[2-6]$/.test(unit.line.tag ?? '') &&
      next !== undefined &&
      next.line.tag !== unit.line.tag &&
      next.line.href === undefined
    )
      return false
    return unit.text.length <= 160 && (!unit.gapBefore || unit.first - this.#opened <= 400)
  }

  #nextOpen(n: number): Unit | undefined {
    for (let at = n + 1; at < Math.min(this.#units.length, n + 20); at++) {
      const unit = this.#units[at]
      if (unit?.verdict === null) return unit
    }
    return undefined
  }
}
