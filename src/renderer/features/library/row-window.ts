/** How many rows are in the page beyond those in view, on each side. */
const AROUND = 8
/** The same during fast scrolling: more would be gone before anybody saw them. */
const FLYING = 1
/** The key of the row with the keyboard focus while it is out of view: it keeps its element, whatever scrolls past. */
const AWAY = -Infinity

export interface RowsInSight {
  readonly startIndex: number
  readonly endIndex: number
  /** The total number of rows. */
  readonly count: number
  /** The row with the keyboard focus. */
  readonly active: number
}

/**
 * Decides which rows are in the page, and which element shows each: those in view, some around them, and the one with
 * the keyboard focus, which screen readers need wherever it is. While rows come in one by one, each keeps its element.
 * After a jump past everything that was there, the new rows reuse the old elements in the same order: only their text
 * changes, and no element is removed or created.
 */
export class RowWindow {
  #first = 0
  #last = -1
  /** The focused row if it is in the page only for that reason; otherwise -1. */
  #away = -1
  /** The row whose key is 0. */
  #base = 0

  scrolling(range: RowsInSight): number[] {
    return this.#move(range, FLYING)
  }

  /** Once scrolling stops, fills in the rows left out meanwhile. */
  atRest(range: RowsInSight): number[] {
    return this.#move(range, AROUND)
  }

  /** The key of the element that shows this row; unique within the window. */
  keyOf(index: number): number {
    return index === this.#away ? AWAY : index - this.#base
  }

  /** The first and last row of the contiguous range in the page. */
  get span(): readonly [number, number] {
    return [this.#first, this.#last]
  }

  #move({ startIndex, endIndex, count, active }: RowsInSight, afterJump: number): number[] {
    const jumped = startIndex > this.#last || endIndex < this.#first
    const around = jumped ? afterJump : AROUND
    const first = Math.max(0, startIndex - around)
    const last = Math.min(count - 1, endIndex + around)
    if (jumped) this.#base += first - this.#first
    this.#first = first
    this.#last = last
    this.#away = active < first || active > last ? active : -1
    const rows = Array.from({ length: last - first + 1 }, (_, at) => first + at)
    if (this.#away === -1) return rows
    return active < first ? [active, ...rows] : [...rows, active]
  }
}
