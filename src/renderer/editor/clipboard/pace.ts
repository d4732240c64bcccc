/** Of one go at long work, in ms: keys and frames wait no longer than this and the frame it makes. */
const AT_ONCE_MS = 80

/** Parts long work into goes, each as long as the machine needs for `AT_ONCE_MS`. */
export class Pace {
  #began = performance.now()
  /** Of one piece of the work, in ms, as last seen. */
  #cost = Infinity

  /** Whether the go has lasted long enough. */
  get isSpent(): boolean {
    return performance.now() - this.#began >= AT_ONCE_MS
  }

  /** Pieces that fit into what is left of the go; `least` when that is not known yet. */
  pieces(least: number): number {
    const left = AT_ONCE_MS - (performance.now() - this.#began)
    return Math.max(least, Math.floor(left / this.#cost))
  }

  /** Does a number of pieces, and learns from it what one costs. */
  work(pieces: number, work: () => void): void {
    const began = performance.now()
    work()
    this.#cost = (performance.now() - began) / pieces
  }

  /** The next go begins. */
  begin(): void {
    this.#began = performance.now()
  }
}
