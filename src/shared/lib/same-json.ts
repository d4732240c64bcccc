/** Equality of JSON values, key order aside. `undefined` and a missing key are the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    )
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  // Own keys only: every object inherits a `constructor`, and a key of that name may be in a file.
  for (const key of Object.keys(left))
    if (!sameJson(left[key], Object.hasOwn(right, key) ? right[key] : undefined)) return false
  for (const key of Object.keys(right)) if (!Object.hasOwn(left, key) && right[key] !== undefined) return false
  return true
}
