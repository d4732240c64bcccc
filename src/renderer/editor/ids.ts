import { $getNodeByKey, type LexicalEditor, type LexicalNode, type NodeKey } from 'lexical'
import { newBlockId, type BlockId } from '../../shared/document/document.ts'
import { $factsOf, $setFacts } from './block-state.ts'
import { $blockOf } from './chunks.ts'

/**
 * Makes sure that every block has an id of its own: a block made by splitting, pasting or copying gets a new one, and
 * the block it was made from keeps its id. Undoing a change restores a block's id with it.
 */
export class BlockIds {
  /** Assigned in the current update; the mirror knows the rest. */
  readonly #pending = new Map<BlockId, NodeKey>()
  readonly #keyOf: (id: BlockId) => NodeKey | undefined

  constructor(keyOf: (id: BlockId) => NodeKey | undefined) {
    this.#keyOf = keyOf
  }

  /** The node transform. */
  $ensure(node: LexicalNode): void {
    if (!node.isAttached() || $blockOf(node) !== node) return
    const facts = $factsOf(node)
    const key = node.getKey()
    if (facts.id !== '' && !this.$isTaken(facts.id, key)) {
      this.#pending.set(facts.id, key)
      return
    }
    const id = newBlockId()
    this.#pending.set(id, key)
    $setFacts(node, { ...facts, id })
  }

  /** The update is committed and the mirror knows its ids. */
  settle(): void {
    this.#pending.clear()
  }

  $isTaken(id: BlockId, key: NodeKey): boolean {
    for (const owner of [this.#pending.get(id), this.#keyOf(id)]) {
      if (owner === undefined || owner === key) continue
      const node = $getNodeByKey(owner)
      if (node?.isAttached() && $factsOf(node).id === id) return true
    }
    return false
  }
}

export function registerIds(
  editor: LexicalEditor,
  ids: BlockIds,
  klasses: readonly Parameters<LexicalEditor['registerNodeTransform']>[0][]
): () => void {
  const removers = klasses.map((klass) => editor.registerNodeTransform(klass, (node) => ids.$ensure(node)))
  return () => {
    for (const remove of removers) remove()
  }
}
