/** How to turn one order of ids into another: what to remove, and what to place after what, in this order. */
export interface OrderDiff {
  readonly removed: readonly string[]
  readonly placed: readonly { readonly id: string; readonly after: string | null; readonly isNew: boolean }[]
}

/**
 * Ids for which `isFixed` returns true are in both orders, in the same relative order, and stay where they are. As many
 * of the others as possible stay too; moving one block far is one placement.
 */
export function diffOrder(
  before: readonly string[],
  after: readonly string[],
  isFixed: (id: string) => boolean = () => false
): OrderDiff {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1

  const old = before.slice(start, before.length - end)
  const wanted = after.slice(start, after.length - end)
  const oldIndex = new Map(old.map((id, index) => [id, index]))
  const wantedIds = new Set(wanted)
  const stays = heaviestIncreasing(
    wanted.map((id) => oldIndex.get(id) ?? -1),
    wanted.map((id) => (isFixed(id) ? wanted.length + 1 : 1))
  )
  const placed: { id: string; after: string | null; isNew: boolean }[] = []
  let previous = start === 0 ? null : (after[start - 1] ?? null)
  for (const [index, id] of wanted.entries()) {
    if (!stays.has(index)) placed.push({ id, after: previous, isNew: !oldIndex.has(id) })
    previous = id
  }
  return { removed: old.filter((id) => !wantedIds.has(id)), placed }
}

/** The positions of the heaviest increasing subsequence; -1 is never part of it. */
function heaviestIncreasing(values: readonly number[], weights: readonly number[]): Set<number> {
  const size = values.reduce((max, value) => Math.max(max, value), -1) + 1
  // A Fenwick tree over values: the heaviest subsequence so far that ends at or below a value.
  const tree: ({ weight: number; position: number } | undefined)[] = Array.from({ length: size + 1 })
  const from: number[] = values.map(() => -1)
  let best: { weight: number; position: number } | undefined
  for (const [position, value] of values.entries()) {
    if (value < 0) continue
    let ahead: { weight: number; position: number } | undefined
    for (let node = value; node > 0; node -= node & -node) {
      const entry = tree[node]
      if (entry && (!ahead || entry.weight > ahead.weight)) ahead = entry
    }
    from[position] = ahead?.position ?? -1
    const entry = { weight: (ahead?.weight ?? 0) + (weights[position] ?? 1), position }
    for (let node = value + 1; node <= size; node += node & -node) {
      const there = tree[node]
      if (!there || there.weight < entry.weight) tree[node] = entry
    }
    if (!best || entry.weight > best.weight) best = entry
  }
  const kept = new Set<number>()
  for (let position = best?.position ?? -1; position >= 0; position = from[position] ?? -1) kept.add(position)
  return kept
}
