/** Time as a parameter, so that everything that waits can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Calls back once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void
}

/** For waits alone: counts milliseconds from some moment on, and goes on evenly when somebody sets the system's clock. */
export const steadyClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => systemClock.after(ms, callback)
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    // A longer delay than a 32-bit timer holds would fire at once: wake early and let the caller look again.
    const timer = setTimeout(callback, Math.min(ms, 2_000_000_000))
    return () => clearTimeout(timer)
  }
}
