import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** Stories in one transaction, at most. */
const BATCH = 20
/** Longest stretch of work before others get their turn, in milliseconds; one very long story may take longer. */
const SLICE = 8

/**
 * Goes through many things on the thread that saves: `work` gets a few at a time, more the quicker it is, and between
 * two slices whoever waits goes first. Throws `cancelled` between two slices once `signal` says so.
 */
export async function inSlices<T>(
  things: readonly T[],
  work: (some: readonly T[]) => void,
  { signal, done = () => undefined }: { readonly signal?: AbortSignal; readonly done?: (n: number) => void } = {}
): Promise<void> {
  let size = 1
  for (let at = 0; at < things.length;) {
    if (signal?.aborted) throw new GalleyError('cancelled', say('galley.stopped'))
    const started = performance.now()
    const some = things.slice(at, at + size)
    work(some)
    at += some.length
    done(at)
    const each = (performance.now() - started) / some.length
    size = Math.max(1, Math.min(BATCH, size * 2, Math.floor(SLICE / Math.max(each, 0.001))))
    if (at < things.length) await new Promise((resolve) => setImmediate(resolve))
  }
}
