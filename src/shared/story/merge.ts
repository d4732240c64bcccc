import { contentKey } from '../document/diff/content-key.ts'
import { newBlockId, type Block, type BlockId } from '../document/document.ts'
import { sameJson } from '../lib/same-json.ts'
import { StoryFields } from './fields.ts'
import type { Story } from './story.ts'

export type MergeSide = 'mine' | 'theirs' | 'both'

export type MergeField = Exclude<keyof typeof StoryFields.shape, 'times'>

/** The copy of a story. Its times are not part of it. */
export type Copy = Pick<Story, 'fields' | 'body'>

/** A field or block in which the two versions differ, with the version both came from. */
export type MergePart = {
  /** Its key among the choices. */
  readonly id: string
  readonly choices: readonly MergeSide[]
  /** The only side that changed it; null if both did and a person has to choose. */
  readonly proposed: MergeSide | null
} & (
  | {
      readonly kind: 'field'
      readonly field: MergeField
      readonly base: unknown
      readonly mine: unknown
      readonly theirs: unknown
    }
  /** Null where the block does not exist. */
  | { readonly kind: 'block'; readonly base: Block | null; readonly mine: Block | null; readonly theirs: Block | null }
)

/** The body in order: the parts, and between them the unchanged blocks, so that each part is seen in its place. */
export type MergeRow =
  { readonly kind: 'part'; readonly part: MergePart } | { readonly kind: 'same'; readonly block: Block }

export type MergeChoices = Readonly<Record<string, MergeSide>>

/** The parts that both sides changed and for which nobody has chosen yet. */
export function toBeChosen(parts: readonly MergePart[], choices: MergeChoices): MergePart[] {
  return parts.filter((part) => sideOf(part, choices) === null)
}

/** The chosen side, or else the proposed one. */
export function sideOf(part: MergePart, choices: MergeChoices): MergeSide | null {
  const chosen = choices[part.id]
  return chosen !== undefined && part.choices.includes(chosen) ? chosen : part.proposed
}

/** All differences, field by field and then block by block; what reads the same on both sides is left out. */
export function mergeParts(base: Copy, mine: Copy, theirs: Copy): MergePart[] {
  const fields = Object.keys(StoryFields.shape)
    .filter((name): name is MergeField => name !== 'times')
    .flatMap((field) => fieldPart(field, base.fields[field], mine.fields[field], theirs.fields[field]))
  return [...fields, ...mergeRows(base, mine, theirs).flatMap((row) => (row.kind === 'part' ? [row.part] : []))]
}

/** The merged body in our order; a block only they have follows the one it follows in theirs. */
export function mergeRows(base: Copy, mine: Copy, theirs: Copy): MergeRow[] {
  const sides = sidesOf(base, mine, theirs)
  return sides.order.flatMap((id): MergeRow[] => {
    const part = blockPart(id, sides)
    if (part) return [{ kind: 'part', part }]
    const block = sides.mine.get(id)
    return block ? [{ kind: 'same', block }] : []
  })
}

/** The story as chosen. Where a choice is needed and was not made, ours is used. */
export function merged(base: Copy, mine: Copy, theirs: Copy, choices: MergeChoices): Copy {
  const sides = sidesOf(base, mine, theirs)
  const fields: StoryFields = { ...mine.fields }
  for (const part of mergeParts(base, mine, theirs)) {
    if (part.kind !== 'field') continue
    const side = sideOf(part, choices) ?? 'mine'
    if (side !== 'mine')
      Object.assign(fields, { [part.field]: side === 'theirs' ? part.theirs : bothOf(part.mine, part.theirs) })
  }
  const blocks = sides.order.flatMap((id): Block[] => {
    const [ours, others] = [sides.mine.get(id), sides.theirs.get(id)]
    const part = blockPart(id, sides)
    if (!part) return ours ? [ours] : []
    const side = sideOf(part, choices) ?? 'mine'
    const [own, other] = [ours ? [ours] : [], others ? [others] : []]
    if (side === 'both') return [...own, ...other.map((block) => ({ ...block, id: newBlockId() }))]
    return side === 'mine' ? own : other
  })
  return { fields, body: { ...mine.body, blocks } }
}

function fieldPart(field: MergeField, base: unknown, mine: unknown, theirs: unknown): MergePart[] {
  const [byUs, byThem] = [!sameJson(base, mine), !sameJson(base, theirs)]
  if ((!byUs && !byThem) || sameJson(mine, theirs)) return []
  const proposed = byUs && byThem ? null : byUs ? 'mine' : 'theirs'
  const choices: MergeSide[] = ['mine', 'theirs']
  if (canBeBoth(field, mine, theirs)) choices.push('both')
  return [{ kind: 'field', id: `field:${field}`, field, base, mine, theirs, choices, proposed }]
}

function canBeBoth(field: MergeField, mine: unknown, theirs: unknown): boolean {
  if (Array.isArray(mine) && Array.isArray(theirs)) return true
  const isProse = field !== 'slug' && field !== 'language' && field !== 'direction'
  return isProse && typeof mine === 'string' && typeof theirs === 'string' && mine !== '' && theirs !== ''
}

function bothOf(mine: unknown, theirs: unknown): unknown {
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    const [own, others] = [mine as readonly unknown[], theirs as readonly unknown[]]
    return [...own, ...others.filter((one) => !own.some((known) => sameJson(known, one)))]
  }
  return `${String(mine)} ${String(theirs)}`
}

interface Sides {
  readonly base: ReadonlyMap<BlockId, Block>
  readonly mine: ReadonlyMap<BlockId, Block>
  readonly theirs: ReadonlyMap<BlockId, Block>
  readonly order: readonly BlockId[]
}

function sidesOf(base: Copy, mine: Copy, theirs: Copy): Sides {
  const from = byId(base.body.blocks)
  const ours = byId(mine.body.blocks)
  const blocks = withoutDoubles(from, mine.body.blocks, theirs.body.blocks)
  const order = mine.body.blocks.map(({ id }) => id)
  const known = new Set(order)
  let last: BlockId | null = null
  for (const { id } of blocks) {
    if (!known.has(id)) {
      order.splice(last === null ? 0 : order.indexOf(last) + 1, 0, id)
      known.add(id)
    }
    last = id
  }
  return { base: from, mine: ours, theirs: byId(blocks), order }
}

/** A text that both sides wrote, wherever they put it, appears once, under our id. */
function withoutDoubles(base: ReadonlyMap<BlockId, Block>, mine: readonly Block[], theirs: readonly Block[]): Block[] {
  const theirIds = new Set(theirs.map(({ id }) => id))
  const written = new Map<string, BlockId>()
  for (const block of mine) {
    const old = base.get(block.id)
    const isOurs = old === undefined || (!theirIds.has(block.id) && contentKey(old) !== contentKey(block))
    if (isOurs && block.type !== 'divider') written.set(contentKey(block), block.id)
  }
  return theirs.map((block) => {
    if (base.has(block.id)) return block
    const key = contentKey(block)
    const id = written.get(key)
    if (id === undefined) return block
    written.delete(key)
    return { ...block, id }
  })
}

function blockPart(id: BlockId, sides: Sides): MergePart | null {
  const [base, mine, theirs] = [sides.base.get(id) ?? null, sides.mine.get(id) ?? null, sides.theirs.get(id) ?? null]
  const [byUs, byThem] = [!sameBlocks(base, mine), !sameBlocks(base, theirs)]
  if (!byUs && !byThem) return null
  if (mine === theirs || (mine && theirs && contentKey(mine) === contentKey(theirs))) return null
  const choices: MergeSide[] = mine && theirs ? ['mine', 'theirs', 'both'] : ['mine', 'theirs']
  const proposed = byUs && byThem ? null : byUs ? 'mine' : 'theirs'
  return { kind: 'block', id: `block:${id}`, base, mine, theirs, choices, proposed }
}

function sameBlocks(one: Block | null, other: Block | null): boolean {
  return one === other || (one !== null && other !== null && sameJson(one, other))
}

function byId(blocks: readonly Block[]): Map<BlockId, Block> {
  return new Map(blocks.map((block) => [block.id, block]))
}
