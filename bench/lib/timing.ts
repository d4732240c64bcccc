import { setImmediate as nextTask } from 'node:timers/promises'

/** Milliseconds that `what` takes. */
export async function timed(what: () => unknown): Promise<number> {
  const began = performance.now()
  await what()
  return performance.now() - began
}

/**
 * The same for something bare that stands beside a call to the core: it comes as a task of its own, as a window's calls
 * do, and waits for what is in front of it.
 */
export function timedTask(what: () => unknown): Promise<number> {
  return timed(async () => {
    await nextTask()
    await what()
  })
}
