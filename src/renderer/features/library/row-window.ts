/** Rows in the page beyond those in sight, on each side. */
const AROUND = 8
/** The same while whole screens fly past: they would be gone before anybody saw them. */
const FLYING = 1

export interface RowsInSight {
  readonly startIndex: number
  readonly endIndex: number
  /** Rows in all. */
  readonly count: number
}

/**
 * Which rows are in the page, and which element shows each of them. While rows come in one by one, a row keeps its element. After a jump past everything
 * that was there, the new rows take over the elements of the old ones, in the same order: words change, and nothing is torn down and built again.
 */
export class RowWindow {
  #first = 0
  #last = -1
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
    return index - this.#base
  }

  #move({ startIndex, endIndex, count }: RowsInSight, afterJump: number): number[] {
    const jumped = startIndex > this.#last || endIndex < this.#first
    const around = jumped ? afterJump : AROUND
    const first = Math.max(0, startIndex - around)
    const last = Math.min(count - 1, endIndex + around)
    if (jumped) this.#base += first - this.#first
    this.#first = first
    this.#last = last
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  }
}
