import { z } from 'zod'
import { GalleyError } from '../rpc/errors.ts'
import { Block, BlockId, type StoredBody } from './document.ts'
import { say } from '../words/message.ts'

/**
 * What one autosave sends: the changed blocks, as operations in the order to apply them. Its size depends on the edit,
 * never on the story. `after: null` is the start of the body.
 */
export const PatchOperation = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert'), after: BlockId.nullable(), block: Block }),
  z.object({ op: z.literal('replace'), block: Block }),
  z.object({ op: z.literal('remove'), id: BlockId }),
  z.object({ op: z.literal('move'), id: BlockId, after: BlockId.nullable() })
])
export type PatchOperation = z.infer<typeof PatchOperation>

export const BodyPatch = z.array(PatchOperation)
export type BodyPatch = z.infer<typeof BodyPatch>

interface Link {
  block: Block
  before: Link | null
  after: Link | null
}

/** A body held open for patching: each operation costs the same at any length. */
export class BlockSequence {
  readonly #links = new Map<BlockId, Link>()
  #first: Link | null = null
  readonly #rest: Omit<StoredBody, 'blocks'>

  constructor(body: StoredBody) {
    const { blocks, ...rest } = body
    this.#rest = rest
    let last: Link | null = null
    for (const block of blocks) last = this.#put({ block, before: null, after: null }, last)
  }

  get size(): number {
    return this.#links.size
  }

  get(id: BlockId): Block | undefined {
    return this.#links.get(id)?.block
  }

  /**
   * Applies the whole patch or none of it, and returns the patch that reverts it. Throws `conflict` if it names blocks
   * that do not exist, or inserts ones that do.
   */
  apply(patch: BodyPatch): BodyPatch {
    const back: PatchOperation[] = []
    try {
      for (const operation of patch) back.push(this.#applyOne(operation))
    } catch (error) {
      for (const operation of back.reverse()) this.#applyOne(operation)
      throw error
    }
    return back.reverse()
  }

  toBody(): StoredBody {
    const blocks: Block[] = []
    for (let link = this.#first; link; link = link.after) blocks.push(link.block)
    return { ...this.#rest, blocks } as StoredBody
  }

  /** Applies one operation and returns the one that reverts it. */
  #applyOne(operation: PatchOperation): PatchOperation {
    switch (operation.op) {
      case 'insert': {
        const { id } = operation.block
        if (this.#links.has(id)) throw mismatch(`a block ${id} is there already`)
        this.#put({ block: operation.block, before: null, after: null }, this.#linkAfter(operation.after))
        return { op: 'remove', id }
      }
      case 'replace': {
        const link = this.#link(operation.block.id)
        const { block } = link
        link.block = operation.block
        return { op: 'replace', block }
      }
      case 'remove': {
        const link = this.#link(operation.id)
        const after = link.before?.block.id ?? null
        this.#take(link)
        return { op: 'insert', after, block: link.block }
      }
      case 'move': {
        const link = this.#link(operation.id)
        if (operation.after === operation.id) throw mismatch('a block cannot follow itself')
        const target = this.#linkAfter(operation.after)
        const after = link.before?.block.id ?? null
        this.#take(link)
        this.#put(link, target)
        return { op: 'move', id: operation.id, after }
      }
    }
  }

  #linkAfter(id: BlockId | null): Link | null {
    return id === null ? null : this.#link(id)
  }

  #link(id: BlockId): Link {
    const link = this.#links.get(id)
    if (!link) throw mismatch(`there is no block ${id}`)
    return link
  }

  #put(link: Link, before: Link | null): Link {
    const after = before ? before.after : this.#first
    link.before = before
    link.after = after
    if (before) before.after = link
    else this.#first = link
    if (after) after.before = link
    this.#links.set(link.block.id, link)
    return link
  }

  #take(link: Link): void {
    if (link.before) link.before.after = link.after
    else this.#first = link.after
    if (link.after) link.after.before = link.before
    this.#links.delete(link.block.id)
  }
}

/** The same for a plain body; the cost grows with the body. */
export function applyPatch(body: StoredBody, patch: BodyPatch): StoredBody {
  const sequence = new BlockSequence(body)
  sequence.apply(patch)
  return sequence.toBody()
}

function mismatch(why: string): GalleyError {
  return new GalleyError('conflict', say('stories.patchDoesNotFit'), {
    detail: { why }
  })
}
