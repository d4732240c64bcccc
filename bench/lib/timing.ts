/** Milliseconds that `what` takes. */
export async function timed(what: () => unknown): Promise<number> {
  const began = performance.now()
  await what()
  return performance.now() - began
}
