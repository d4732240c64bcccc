/** Rows in the page beyond those in sight, on each side. */
const AROUND = 8
/** The same while whole screens fly past: they would be gone before anybody saw them. */
const FLYING = 1
/**
 * The key of the row the keyboard is on while it is away from those in sight: whatever flies past, it keeps its
 * element.
 */
const AWAY = -Infinity

export interface RowsInSight {
  readonly startIndex: number
  readonly endIndex: number
  /** Rows in all. */
  readonly count: number
  /** The row the keyboard is on. */
  readonly active: number
}

/**
 * Which rows are in the page, and which element shows each of them: those in sight, some around them, and the one the
 * keyboard is on, which the list names to screen readers wherever it is. While rows come in one by one, a row keeps its
 * element. After a jump past everything that was there, the new rows take over the elements of the old ones, in the
 * same order: words change, and nothing is torn down and built again.
 */
export class RowWindow {
  #first = 0
  #last = -1
  /** The row the keyboard is on where it is in the page on its own account; otherwise -1. */
  #away = -1
  /** The row whose key is 0. */
  #base = 0

  scrolling(range: RowsInSight): number[] {
    return this.#move(range, FLYING)
  }

  /** Coming to rest fills in what was left out in flight. */
  atRest(range: RowsInSight): number[] {
    return this.#move(range, AROUND)
  }

  /** Of the element that shows this row; the same for no two rows of one window. */
  keyOf(index: number): number {
    return index === this.#away ? AWAY : index - this.#base
  }

  /** From which row to which the page holds them without a gap. */
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
