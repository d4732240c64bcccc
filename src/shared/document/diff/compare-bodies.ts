import { diffArrays } from 'diff'
import { partsOfBlock, type Block } from '../document.ts'
import type { ImageUse } from '../image-use.ts'
import { blockToText } from '../to-text.ts'
import { diffOrder } from './order-diff.ts'
import { diffWords, type WordChange } from './words.ts'

/** What happened to one block. `words` covers both versions. */
export interface BlockChange {
  readonly kind: 'same' | 'changed' | 'new' | 'gone'
  /** It is in a different place now. */
  readonly moved: boolean
  /** The words are the same, but something else differs: a style, a link, the type of block. */
  readonly formatOnly: boolean
  readonly before: Block | null
  readonly after: Block | null
  readonly words: readonly WordChange[]
  readonly pictures: PictureChange | null
}

/** The pictures of both versions, side by side. */
export interface PictureChange {
  readonly before: readonly ImageUse[]
  readonly after: readonly ImageUse[]
}

/**
 * Compares two bodies block by block, in the order of the second, with deleted blocks where they were. Blocks are
 * matched by id, or by their words if the two share no ids.
 */
export function compareBodies(before: readonly Block[], after: readonly Block[]): readonly BlockChange[] {
  const old = new Map(before.map((block) => [block.id, block]))
  if (before.length > 0 && !after.some(({ id }) => old.has(id))) return byWords(before, after)
  const kept = new Set(after.map(({ id }) => id).filter((id) => old.has(id)))
  const order = diffOrder(
    before.map(({ id }) => id).filter((id) => kept.has(id)),
    after.map(({ id }) => id).filter((id) => kept.has(id))
  )
  const moved = new Set(order.placed.map(({ id }) => id))
  const changes = after.map((block) => changeOf(old.get(block.id) ?? null, block, moved.has(block.id)))
  return withGone(before, kept, changes)
}

/** Puts each deleted block after the block it followed. */
function withGone(before: readonly Block[], kept: ReadonlySet<string>, changes: readonly BlockChange[]): BlockChange[] {
  const goneAfter = new Map<string | null, BlockChange[]>()
  let last: string | null = null
  for (const block of before) {
    if (kept.has(block.id)) last = block.id
    else goneAfter.set(last, [...(goneAfter.get(last) ?? []), changeOf(block, null, false)])
  }
  return [
    ...(goneAfter.get(null) ?? []),
    ...changes.flatMap((change) => [change, ...(goneAfter.get(change.after?.id ?? '') ?? [])])
  ]
}

function byWords(before: readonly Block[], after: readonly Block[]): BlockChange[] {
  const result: BlockChange[] = []
  let gone: Block[] = []
  let from = 0
  let to = 0
  const settle = (): void => {
    for (const block of gone.splice(0)) result.push(changeOf(block, null, false))
  }
  for (const { count, added, removed } of diffArrays(before.map(blockToText), after.map(blockToText))) {
    if (removed) {
      settle()
      gone = before.slice(from, from + count)
      from += count
      continue
    }
    const blocks = after.slice(to, to + count)
    to += count
    if (added) {
      // A block in place of another counts as that block, changed.
      for (const block of blocks) result.push(changeOf(gone.shift() ?? null, block, false))
      settle()
    } else {
      settle()
      blocks.forEach((block, n) => result.push(changeOf(before[from + n] ?? block, block, false)))
      from += count
    }
  }
  settle()
  return result
}

function changeOf(before: Block | null, after: Block | null, moved: boolean): BlockChange {
  const [old, now] = [before ? blockToText(before) : '', after ? blockToText(after) : '']
  const pictures = { before: picturesOf(before), after: picturesOf(after) }
  const equal = before !== null && after !== null && JSON.stringify(content(before)) === JSON.stringify(content(after))
  return {
    kind: before === null ? 'new' : after === null ? 'gone' : equal ? 'same' : 'changed',
    moved,
    formatOnly: before !== null && after !== null && !equal && old === now,
    before,
    after,
    words: diffWords(old, now),
    pictures: pictures.before.length + pictures.after.length > 0 ? pictures : null
  }
}

function picturesOf(block: Block | null): readonly ImageUse[] {
  return block ? partsOfBlock(block).pictures(block) : []
}

/** The block without its id, which is not part of its content. */
function content({ id: _id, ...rest }: Block): unknown {
  return Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)))
}
