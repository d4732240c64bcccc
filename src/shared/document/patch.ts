import { z } from 'zod'
import { GalleyError } from '../rpc/errors.ts'
import { Block, BlockId, type StoredBody } from './document.ts'
import { say } from '../words/message.ts'

/**
 * What one autosave sends: the blocks that changed, in the order to apply them. Its size depends on the
 * edit, never on the story. `after: null` is the start of the body.
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

/** A body held open for patching: every operation costs the same at any length. */
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
   * Applies all of the patch or none of it. Throws `conflict` where it names blocks that are not there, or are there
   * already.
   */
  apply(patch: BodyPatch): void {
    const undo: (() => void)[] = []
    try {
      for (const operation of patch) undo.push(this.#applyOne(operation))
    } catch (error) {
      for (const step of undo.reverse()) step()
      throw error
    }
  }

  toBody(): StoredBody {
    const blocks: Block[] = []
    for (let link = this.#first; link; link = link.after) blocks.push(link.block)
    return { ...this.#rest, blocks } as StoredBody
  }

  /** Returns how to take the operation back. */
  #applyOne(operation: PatchOperation): () => void {
    switch (operation.op) {
      case 'insert': {
        if (this.#links.has(operation.block.id)) throw mismatch(`a block ${operation.block.id} is there already`)
        const link = this.#put({ block: operation.block, before: null, after: null }, this.#linkAfter(operation.after))
        return () => this.#take(link)
      }
      case 'replace': {
        const link = this.#link(operation.block.id)
        const old = link.block
        link.block = operation.block
        return () => {
          link.block = old
        }
      }
      case 'remove': {
        const link = this.#link(operation.id)
        const { before } = link
        this.#take(link)
        return () => {
          this.#put(link, before)
        }
      }
      case 'move': {
        const link = this.#link(operation.id)
        if (operation.after === operation.id) throw mismatch('a block cannot follow itself')
        const target = this.#linkAfter(operation.after)
        const { before } = link
        this.#take(link)
        this.#put(link, target)
        return () => {
          this.#take(link)
          this.#put(link, before)
        }
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

/** The same for a body in hand; the price grows with the body. */
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
