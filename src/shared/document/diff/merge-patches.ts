import type { BlockId } from '../document.ts'
import type { BodyPatch, PatchOperation } from '../patch.ts'

/**
 * A single patch with the effect of `first` followed by `later`, and no more than needed: five replacements of a block
 * become one, insert and replace become an insert, insert and remove cancel out. Neither argument is changed, so an
 * autosave can fold what is waiting and, when a save fails, what was on its way: `mergePatches(inFlight, waiting)`.
 */
export function mergePatches(first: BodyPatch, later: BodyPatch): BodyPatch {
  const pending = new PendingPatch()
  pending.add(first)
  pending.add(later)
  return pending.take()
}

/**
 * What changed since the last save, kept small while updates keep coming. `add` costs as much as the update touched. An
 * operation that cannot be folded safely is kept as it is: the result is always exact, and minimal in all usual cases.
 */
export class PendingPatch {
  #operations: (PatchOperation | null)[] = []
  /** For each block, the positions of its operations, oldest first. */
  readonly #of = new Map<BlockId, number[]>()
  /** For each block, the positions of operations that place something after it. */
  readonly #anchoredOn = new Map<BlockId, number[]>()
  #size = 0

  get isEmpty(): boolean {
    return this.#size === 0
  }

  add(patch: BodyPatch): void {
    for (const operation of patch) this.#addOne(operation)
  }

  /** What is waiting, without removing it. */
  peek(): BodyPatch {
    return this.#operations.filter((operation) => operation !== null)
  }

  /** Returns what is waiting, and starts afresh. */
  take(): BodyPatch {
    const patch = this.peek()
    this.#operations = []
    this.#of.clear()
    this.#anchoredOn.clear()
    this.#size = 0
    return patch
  }

  #addOne(operation: PatchOperation): void {
    switch (operation.op) {
      case 'insert':
        return this.#insert(operation)
      case 'replace':
        return this.#replace(operation)
      case 'remove':
        return this.#remove(operation)
      case 'move':
        return this.#move(operation)
    }
  }

  #insert(operation: Extract<PatchOperation, { op: 'insert' }>): void {
    const { block, after } = operation
    const last = this.#last(block.id)
    if (last?.operation.op !== 'remove' || this.#of.get(block.id)?.length !== 1) return this.#push(operation)
    // It was removed and is back, so it was moved and perhaps changed. Nothing can refer to its place in between,
    // because it was not there.
    this.#drop(last.index)
    this.#push({ op: 'move', id: block.id, after })
    this.#push({ op: 'replace', block })
  }

  #replace(operation: Extract<PatchOperation, { op: 'replace' }>): void {
    const { block } = operation
    const indexes = this.#of.get(block.id) ?? []
    for (let at = indexes.length - 1; at >= 0; at -= 1) {
      const index = indexes[at] ?? -1
      const known = this.#operations[index]
      if (!known || known.op === 'remove') break
      if (known.op === 'move') continue
      this.#operations[index] = known.op === 'insert' ? { ...known, block } : operation
      return
    }
    this.#push(operation)
  }

  #remove(operation: Extract<PatchOperation, { op: 'remove' }>): void {
    const { id } = operation
    for (const index of [...(this.#of.get(id) ?? [])].reverse()) {
      const known = this.#operations[index]
      if (!known || known.op === 'remove') break
      if (known.op === 'replace') this.#drop(index)
      else if (known.op === 'insert') {
        if (!this.#free(id, index, known.after)) break
        this.#drop(index)
        return
      } else if (this.#free(id, index, null)) this.#drop(index)
      else break
    }
    this.#push(operation)
  }

  #move(operation: Extract<PatchOperation, { op: 'move' }>): void {
    const { id } = operation
    for (const index of [...(this.#of.get(id) ?? [])].reverse()) {
      const known = this.#operations[index]
      if (!known || known.op === 'remove' || known.op === 'insert') break
      if (known.op === 'replace') continue
      // Its intermediate place no longer matters, unless something was placed after it there.
      if (this.#anchorsSince(id, index).length > 0) break
      this.#drop(index)
    }
    this.#push(operation)
  }

  /**
   * Makes sure that nothing after `index` is placed relative to this block, by placing it relative to `instead`.
   * Returns whether that was possible: not if something else was placed after `instead`, or if that was itself moved or
   * removed in between.
   */
  #free(id: BlockId, index: number, instead: BlockId | null): boolean {
    const anchored = this.#anchorsSince(id, index)
    if (anchored.length === 0) return true
    const insert = this.#operations[index]
    if (insert?.op !== 'insert') return false
    const last = anchored.at(-1) ?? index
    const between = (at: number) => at > index && at <= last
    if (this.#anchorsSince(instead ?? START, index).some(between)) return false
    if (
      instead !== null &&
      (this.#of.get(instead) ?? []).some((at) => between(at) && this.#operations[at]?.op !== 'replace')
    )
      return false
    // If this block was moved in between, the later ones would end up elsewhere.
    if ((this.#of.get(id) ?? []).some((at) => between(at) && this.#operations[at]?.op === 'move')) return false
    for (const at of anchored) {
      const operation = this.#operations[at]
      if (operation?.op !== 'insert' && operation?.op !== 'move') continue
      if (operation.op === 'move' && operation.id === instead) return false
    }
    for (const at of anchored) {
      const operation = this.#operations[at]
      if (operation?.op !== 'insert' && operation?.op !== 'move') continue
      this.#operations[at] = { ...operation, after: instead }
      note(this.#anchoredOn, instead ?? START, at)
    }
    this.#anchoredOn.delete(id)
    return true
  }

  #anchorsSince(id: BlockId, index: number): number[] {
    return (this.#anchoredOn.get(id) ?? []).filter((at) => {
      const operation = this.#operations[at]
      return at > index && operation && 'after' in operation && (operation.after ?? START) === id
    })
  }

  #last(id: BlockId): { index: number; operation: PatchOperation } | undefined {
    const index = this.#of.get(id)?.at(-1)
    const operation = index === undefined ? null : this.#operations[index]
    return index === undefined || !operation ? undefined : { index, operation }
  }

  #push(operation: PatchOperation): void {
    const index = this.#operations.push(operation) - 1
    this.#size += 1
    note(this.#of, idOf(operation), index)
    if ('after' in operation) note(this.#anchoredOn, operation.after ?? START, index)
  }

  #drop(index: number): void {
    const operation = this.#operations[index]
    if (!operation) return
    this.#operations[index] = null
    this.#size -= 1
    const id = idOf(operation)
    const rest = (this.#of.get(id) ?? []).filter((at) => at !== index)
    if (rest.length === 0) this.#of.delete(id)
    else this.#of.set(id, rest)
  }
}

/** Represents the start of the body among anchors; no block id contains a space. */
const START = ' start'

function idOf(operation: PatchOperation): BlockId {
  return operation.op === 'insert' || operation.op === 'replace' ? operation.block.id : operation.id
}

function note(map: Map<BlockId, number[]>, id: BlockId, index: number): void {
  const indexes = map.get(id)
  if (indexes) indexes.push(index)
  else map.set(id, [index])
}
