import { diffArrays } from 'diff'
import type { Block } from '../document.ts'
import { blockToText } from '../to-text.ts'
import { contentKey } from './content-key.ts'

/** A block of the first list and the one it became in the second, by index; in the order of the lists. */
export interface Pair {
  readonly before: number
  readonly after: number
  readonly isSame: boolean
}

/** The least share of words two versions of a paragraph have in common. */
const ALIKE = 0.3
/** Above this many comparisons, only identical paragraphs are paired. */
const MOST_COMPARED = 250_000

/**
 * Matches the blocks of two lists that share no ids: first those that say the same, then, between these, those with the
 * most words in common. Pairs never cross: a moved block is gone in one place and new in another.
 */
export function pairBlocks(before: readonly Block[], after: readonly Block[]): Pair[] {
  const pairs: Pair[] = []
  let [from, to] = [0, 0]
  let [gone, come] = [0, 0]
  const settle = (): void => {
    pairs.push(...alike(before, after, { from: from - gone, gone, to: to - come, come }))
    gone = come = 0
  }
  for (const { count, added, removed } of diffArrays(before.map(contentKey), after.map(contentKey))) {
    if (removed) {
      gone += count
      from += count
    } else if (added) {
      come += count
      to += count
    } else {
      settle()
      for (let n = 0; n < count; n += 1) pairs.push({ before: from + n, after: to + n, isSame: true })
      from += count
      to += count
    }
  }
  settle()
  return pairs
}

/** The pairing with the greatest total similarity. */
function alike(
  before: readonly Block[],
  after: readonly Block[],
  { from, gone, to, come }: { from: number; gone: number; to: number; come: number }
): Pair[] {
  if (gone === 0 || come === 0 || gone * come > MOST_COMPARED) return []
  const old = before.slice(from, from + gone)
  const now = after.slice(to, to + come)
  const oldWords = old.map(wordsOf)
  const newWords = now.map(wordsOf)
  const width = come + 1
  const best = new Float64Array((gone + 1) * width)
  const likeness = new Float64Array(gone * come)
  for (let i = gone - 1; i >= 0; i -= 1)
    for (let j = come - 1; j >= 0; j -= 1) {
      const like = old[i]?.type === now[j]?.type || isText(old[i], now[j]) ? shared(oldWords[i], newWords[j]) : 0
      likeness[i * come + j] = like
      const paired = like >= ALIKE ? like + (best[(i + 1) * width + j + 1] ?? 0) : 0
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0)
    }
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < gone && j < come) {
    const like = likeness[i * come + j] ?? 0
    const here = best[i * width + j] ?? 0
    if (like >= ALIKE && here === like + (best[(i + 1) * width + j + 1] ?? 0)) {
      pairs.push({ before: from + i, after: to + j, isSame: false })
      i += 1
      j += 1
    } else if (here === best[(i + 1) * width + j]) i += 1
    else j += 1
  }
  return pairs
}

/** A paragraph may have become a heading or a quotation, but a picture never becomes text. */
function isText(one: Block | undefined, other: Block | undefined): boolean {
  return one?.type !== 'image' && other?.type !== 'image'
}

function wordsOf(block: Block): Map<string, number> {
  const words = new Map<string, number>()
  for (const [word] of blockToText(block)
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}\p{N}]+/gu))
    words.set(word, (words.get(word) ?? 0) + 1)
  return words
}

/** From 0, nothing in common, to 1, the same; 1 if neither has any words. */
function shared(one: ReadonlyMap<string, number> = new Map(), other: ReadonlyMap<string, number> = new Map()): number {
  const size = (words: ReadonlyMap<string, number>): number => [...words.values()].reduce((sum, n) => sum + n, 0)
  const all = size(one) + size(other)
  if (all === 0) return 1
  let common = 0
  for (const [word, n] of one) common += Math.min(n, other.get(word) ?? 0)
  return (2 * common) / all
}
