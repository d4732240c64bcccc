import type { BlockId } from '../../../shared/document/document.ts'
import type { BodyPatch, PatchOperation } from '../../../shared/document/patch.ts'

/**
 * Body changes that wait to be sent, kept small: typing in one paragraph for a minute is one operation. Taking a block's newest
 * content into the operation that last wrote it is right whatever lies between, because content and order do not touch.
 */
export class BodyLog {
  readonly #operations: PatchOperation[] = []
  /** Where each block's content was written last. */
  readonly #written = new Map<BlockId, number>()

  get size(): number {
    return this.#operations.length
  }

  add(patch: BodyPatch): void {
    for (const operation of patch) this.#addOne(operation)
  }

  toPatch(): BodyPatch {
    return [...this.#operations]
  }

  #addOne(operation: PatchOperation): void {
    if (operation.op === 'replace') {
      const at = this.#written.get(operation.block.id)
      const earlier = at === undefined ? undefined : this.#operations[at]
      if (at !== undefined && earlier && (earlier.op === 'insert' || earlier.op === 'replace')) {
        this.#operations[at] = { ...earlier, block: operation.block }
        return
      }
    }
    this.#operations.push(operation)
    if (operation.op === 'insert' || operation.op === 'replace') this.#written.set(operation.block.id, this.#operations.length - 1)
    if (operation.op === 'remove') this.#written.delete(operation.id)
  }
}
