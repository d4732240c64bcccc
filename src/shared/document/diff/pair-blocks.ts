import { diffArrays } from 'diff'
import type { Block } from '../document.ts'
import { blockToText } from '../to-text.ts'
import { contentKey } from './content-key.ts'
import { heaviestPairs, MOST_COMPARED } from './heaviest-pairs.ts'
import { ALIKE, likeness, wordsOf } from './likeness.ts'

/** A block of the first list and the one it became in the second, by index; in the order of the lists. */
export interface Pair {
  readonly before: number
  readonly after: number
  readonly isSame: boolean
}

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

/** The pairing with the greatest total similarity; of more than can be compared, none. */
function alike(
  before: readonly Block[],
  after: readonly Block[],
  { from, gone, to, come }: { from: number; gone: number; to: number; come: number }
): Pair[] {
  if (gone === 0 || come === 0 || gone * come > MOST_COMPARED) return []
  const old = before.slice(from, from + gone)
  const now = after.slice(to, to + come)
  const oldWords = old.map((block) => wordsOf(blockToText(block)))
  const newWords = now.map((block) => wordsOf(blockToText(block)))
  return heaviestPairs(gone, come, (i, j) => {
    if (old[i]?.type !== now[j]?.type && !isText(old[i], now[j])) return 0
    const like = likeness(oldWords[i], newWords[j])
    return like >= ALIKE ? like : 0
  }).map(([i, j]) => ({ before: from + i, after: to + j, isSame: false }))
}

/** A paragraph may have become a heading or a quotation, but a picture never becomes text. */
function isText(one: Block | undefined, other: Block | undefined): boolean {
  return one?.type !== 'image' && other?.type !== 'image'
}
