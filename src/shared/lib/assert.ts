/** Throws when something the code relies on is not so. For bugs; expected failures are GalleyErrors. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`)
}

/** Marks a switch as exhaustive: a new case that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable value: ${JSON.stringify(value)}`)
}
