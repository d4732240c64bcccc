/** Length of one slice of long work, in ms: keys and frames wait at most this long, plus the frame it causes. */
const AT_ONCE_MS = 80

/** Divides long work into slices of as much as the machine can do in `AT_ONCE_MS`. */
export class Pace {
  #began = performance.now()
  /** The cost of one piece of work, in ms, as last measured. */
  #cost = Infinity

  /** Whether the slice has lasted long enough. */
  get isSpent(): boolean {
    return performance.now() - this.#began >= AT_ONCE_MS
  }

  /** How many pieces fit in what is left of the slice; at least `least`, and exactly that while the cost is unknown. */
  pieces(least: number): number {
    const left = AT_ONCE_MS - (performance.now() - this.#began)
    return Math.max(least, Math.floor(left / this.#cost))
  }

  /** Runs the work for a number of pieces, and measures what one costs. */
  work(pieces: number, work: () => void): void {
    const began = performance.now()
    work()
    this.#cost = (performance.now() - began) / pieces
  }

  /** Starts the next slice. */
  begin(): void {
    this.#began = performance.now()
  }
}
