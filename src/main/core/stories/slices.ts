import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** The most things in one slice, and so in one transaction. */
const MOST = 100
/**
 * The longest stretch of work before others get their turn, in milliseconds; a single very long story may take longer.
 */
const SLICE = 8

/**
 * Works through many things on the thread that also saves, in slices, so that whoever is waiting gets a turn between
 * two of them. `work` receives what comes next, does as much as it can until `enough` returns true (at least one),
 * writes it down and returns how many it did. Throws `cancelled` between two slices once `signal` is aborted.
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
