import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** Things in one slice, and so in one transaction, at most. */
const MOST = 100
/** Longest stretch of work before others get their turn, in milliseconds; one very long story may take longer. */
const SLICE = 8

/**
 * Goes through many things on the thread that saves, in slices: between two of them whoever waits goes first. `work`
 * gets what comes next and does as much of it as it can before `enough` says so, one at least, then writes it down; it
 * answers how many that were. Throws `cancelled` between two slices once `signal` says so.
 */
export async function inSlices<T>(
  things: readonly T[],
  work: (next: readonly T[], enough: () => boolean) => number,
  { signal, done = () => undefined }: { readonly signal?: AbortSignal; readonly done?: (n: number) => void } = {}
): Promise<void> {
  for (let at = 0; at < things.length;) {
    if (signal?.aborted) throw new GalleyError('cancelled', say('galley.stopped'))
    const end = performance.now() + SLICE
    at += Math.max(
      1,
      work(things.slice(at, at + MOST), () => performance.now() >= end)
    )
    done(at)
    if (at < things.length) await new Promise((resolve) => setImmediate(resolve))
  }
}
