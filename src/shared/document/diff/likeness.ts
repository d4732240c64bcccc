/** The least share of words two versions of a text have in common. */
export const ALIKE = 0.3

/** The words of a text, and how often each is in it. */
export type Words = ReadonlyMap<string, number>

export function wordsOf(text: string): Words {
  const words = new Map<string, number>()
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) words.set(word, (words.get(word) ?? 0) + 1)
  return words
}

/** From 0, nothing in common, to 1, the same; 1 if neither has any words. */
export function likeness(one: Words = new Map(), other: Words = new Map()): number {
  const size = (words: Words): number => [...words.values()].reduce((sum, n) => sum + n, 0)
  const all = size(one) + size(other)
  if (all === 0) return 1
  let common = 0
  for (const [word, n] of one) common += Math.min(n, other.get(word) ?? 0)
  return (2 * common) / all
}
