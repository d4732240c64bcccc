import {
  $getRoot,
  $isElementNode,
  type EditorState,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey
} from 'lexical'
import { sameBlock } from '../../shared/document/diff/canonical-block.ts'
import type { Block, BlockId, StoredBody } from '../../shared/document/document.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import { $factsOf } from './block-state.ts'
import { $isChunk } from './chunks.ts'
import { $readBlock } from './document-codec.ts'
import { childKeysOf, hasSameEnds, nodesOf, parentKeyOf, type NodeMap } from './lexical-internals.ts'
import { diffOrder, type OrderDiff } from '../../shared/document/diff/order-diff.ts'

interface Entry {
  readonly id: BlockId
  readonly block: Block
}

interface Reorder extends OrderDiff {
  /** The blocks' nodes in every container that was examined. */
  readonly keys: ReadonlyMap<BlockId, NodeKey>
}

/** What an update touched: the keys Lexical calls dirty, or null if it does not say (undo, redo, a whole new state). */
export interface Touched {
  readonly editorState: EditorState
  readonly prevEditorState: EditorState
  readonly dirtyKeys: Iterable<NodeKey> | null
}

/**
 * The body as last reported, block by block. After each update it reads only what the update touched and reports the
 * changes as a patch. Applied to the original body, the patches always give the editor's document.
 */
export class BodyMirror {
  readonly #entries = new Map<NodeKey, Entry>()
  readonly #keys = new Map<BlockId, NodeKey>()
  /** The root's children: chunks, and blocks outside any chunk. */
  #top: readonly NodeKey[] = []
  readonly #chunks = new Map<NodeKey, readonly NodeKey[]>()
  readonly #rest: Omit<StoredBody, 'blocks'>

  /** Call inside a read of the state loaded from `body`. */
  constructor(body: StoredBody) {
    const { blocks, ...rest } = body
    this.#rest = rest
    const stored = new Map(blocks.map((block) => [block.id, block]))
    this.#top = $childKeys($getRoot())
    for (const node of $getRoot().getChildren()) {
      if ($isChunk(node)) this.#chunks.set(node.getKey(), $childKeys(node))
      for (const block of $isChunk(node) ? node.getChildren() : [node]) {
        const { id } = $factsOf(block)
        // The blank paragraph of an empty body is not part of it until something is written.
        const from = stored.get(id)
        if (from) this.#remember(block.getKey(), { id, block: from })
      }
    }
  }

  /** The key of the block's node, as of the last update. */
  keyOf(id: BlockId): NodeKey | undefined {
    return this.#keys.get(id)
  }

  /** The blocks in order, as last reported. */
  *blocks(): Generator<Block> {
    for (const key of this.#top) {
      for (const blockKey of this.#chunks.get(key) ?? [key]) {
        const entry = this.#entries.get(blockKey)
        if (entry) yield entry.block
      }
    }
  }

  /** The blocks drawn between two heights of the window. Checks every chunk, but reads only those within that range. */
  blocksBetween(lexical: LexicalEditor, top: number, bottom: number): BlockId[] {
    const reachesIn = (key: NodeKey): boolean => {
      const box = lexical.getElementByKey(key)?.getBoundingClientRect()
      return box !== undefined && box.bottom >= top && box.top <= bottom
    }
    return this.#top
      .filter(reachesIn)
      .flatMap((key) => this.#chunks.get(key)?.filter(reachesIn) ?? [key])
      .flatMap((key) => this.#entries.get(key)?.id ?? [])
  }

  /** The body read from the nodes; an unchanged block is returned as it was stored. Call inside a read. */
  $toBody(): StoredBody {
    const blocks: Block[] = []
    for (const child of $getRoot().getChildren()) {
      for (const node of $isChunk(child) ? child.getChildren() : [child]) {
        const read = $readBlock(node)
        const known = this.#entries.get(node.getKey())
        if (read.id !== '') blocks.push(known && sameBlock(read, known.block) ? known.block : read)
      }
    }
    return { ...this.#rest, blocks } as StoredBody
  }

  /**
   * What the update changed. Call inside a read of the new state. Throws if a block has no id or another block's: see
   * `ids.ts`.
   */
  $patch({ editorState, prevEditorState, dirtyKeys }: Touched): BodyPatch {
    const next = nodesOf(editorState)
    const previous = nodesOf(prevEditorState)
    const containers = new Set<NodeKey>()
    const blocks = new Set<NodeKey>()
    for (const key of dirtyKeys ?? changedKeys(editorState, prevEditorState)) {
      const node = next.get(key)
      const before = previous.get(key)
      if (node === before) {
        if (node && !isContainer(node)) addBlock(node, next, blocks)
        continue
      }
      for (const version of [node, before])
        if (version && isTop(version, version === node ? next : previous)) addParents(version, containers)
      const container = node ?? before
      if (container && isContainer(container)) {
        if (!node || !before || !hasSameEnds(node as ElementNode, before as ElementNode)) containers.add(key)
      } else if (node) {
        addBlock(node, next, blocks)
      }
    }
    const order =
      containers.size > 0
        ? this.#reorder(containers, next)
        : { removed: [], placed: [], keys: new Map<BlockId, NodeKey>() }
    return this.#tell(order, blocks, next)
  }

  /** The same for the whole document, whatever was touched; for recovering from a fault. */
  $resync(editorState: EditorState): BodyPatch {
    const next = nodesOf(editorState)
    const containers = new Set<NodeKey>(this.#chunks.keys())
    const blocks = new Set<NodeKey>()
    for (const node of next.values()) {
      if (isContainer(node)) containers.add(node.getKey())
      else if (isTop(node, next)) blocks.add(node.getKey())
    }
    return this.#tell(this.#reorder(containers, next), blocks, next)
  }

  #tell(order: Reorder, touched: ReadonlySet<NodeKey>, next: NodeMap): BodyPatch {
    const patch: BodyPatch = []
    const changed = new Map<BlockId, { key: NodeKey; block: Block }>()
    for (const key of touched) {
      const node = next.get(key)
      if (!node) continue
      const block = $readBlock(node)
      if (block.id !== '') changed.set(block.id, { key, block })
    }
    for (const id of order.removed) {
      patch.push({ op: 'remove', id })
      this.#forget(id)
    }
    for (const { id, after, isNew } of order.placed) {
      if (!isNew) {
        patch.push({ op: 'move', id, after })
        continue
      }
      const fresh = changed.get(id) ?? $readNew(order.keys.get(id), next)
      patch.push({ op: 'insert', after, block: fresh.block })
      this.#remember(fresh.key, { id, block: fresh.block })
    }
    for (const [id, { key, block }] of changed) {
      const known = this.#entry(id)
      if (!known) continue
      if (sameBlock(block, known.block)) {
        if (this.#keys.get(id) !== key) this.#remember(key, known)
      } else {
        patch.push({ op: 'replace', block })
        this.#remember(key, { id, block })
      }
    }
    return patch
  }

  /** Updates the order and returns how it changed. A chunk in which nothing happened counts as a single item. */
  #reorder(touched: ReadonlySet<NodeKey>, next: NodeMap): Reorder {
    const before = this.#flatten(touched, (key) => this.#entries.get(key)?.id)
    const root = next.get('root') as ElementNode
    if (touched.has('root')) this.#top = childKeysOf(root, next)
    for (const key of touched) {
      const node = next.get(key)
      if (key === 'root') continue
      if (node && parentKeyOf(node) !== null && $isChunk(node)) this.#chunks.set(key, childKeysOf(node, next))
      else this.#chunks.delete(key)
    }
    for (const key of this.#top) {
      const node = next.get(key)
      if ($isChunk(node) && !this.#chunks.has(key)) this.#chunks.set(key, childKeysOf(node, next))
    }
    const keys = new Map<BlockId, NodeKey>()
    const after = this.#flatten(touched, (key) => {
      const node = next.get(key)
      const id = node ? $factsOf(node).id : undefined
      if (id) keys.set(id, key)
      return id
    })
    const diff = diffOrder(before, after, (id) => id.startsWith('#'))
    return {
      keys,
      removed: diff.removed,
      placed: diff.placed.map((place) => ({ ...place, after: this.#lastIdOf(place.after) }))
    }
  }

  #flatten(touched: ReadonlySet<NodeKey>, idOf: (key: NodeKey) => BlockId | undefined): string[] {
    const ids: string[] = []
    for (const key of this.#top) {
      const chunk = this.#chunks.get(key)
      if (chunk && !touched.has(key)) {
        ids.push(`#${key}`)
        continue
      }
      for (const blockKey of chunk ?? [key]) {
        const id = idOf(blockKey)
        if (id) ids.push(id)
      }
    }
    return ids
  }

  #lastIdOf(item: string | null): BlockId | null {
    if (item === null || !item.startsWith('#')) return item
    const last = this.#chunks.get(item.slice(1))?.at(-1)
    const id = last === undefined ? undefined : this.#entries.get(last)?.id
    if (id === undefined) throw new Error('an untouched chunk has no last block')
    return id
  }

  #entry(id: BlockId): Entry | undefined {
    const key = this.#keys.get(id)
    return key === undefined ? undefined : this.#entries.get(key)
  }

  #remember(key: NodeKey, entry: Entry): void {
    const old = this.#keys.get(entry.id)
    if (old !== undefined && old !== key) this.#entries.delete(old)
    this.#keys.set(entry.id, key)
    this.#entries.set(key, entry)
  }

  #forget(id: BlockId): void {
    const key = this.#keys.get(id)
    if (key !== undefined && this.#entries.get(key)?.id === id) this.#entries.delete(key)
    this.#keys.delete(id)
  }
}

/** Lexical does not count a block that is restored with its whole chunk as a new node. */
function $readNew(key: NodeKey | undefined, next: NodeMap): { key: NodeKey; block: Block } {
  const node = key === undefined ? undefined : next.get(key)
  if (key === undefined || !node) throw new Error('a block appeared that no chunk holds')
  return { key, block: $readBlock(node) }
}

function isContainer(node: LexicalNode): boolean {
  return node.getType() === 'root' || $isChunk(node)
}

/** Whether the node is a direct child of the root or a chunk in that version of the document. */
function isTop(node: LexicalNode, map: NodeMap): boolean {
  const parent = parentOf(node, map)
  return parent !== undefined && isContainer(parent)
}

function addParents(node: LexicalNode, containers: Set<NodeKey>): void {
  const key = parentKeyOf(node)
  if (key !== null) containers.add(key)
}

function addBlock(node: LexicalNode, map: NodeMap, blocks: Set<NodeKey>): void {
  for (let current: LexicalNode | undefined = node; current;) {
    const parent: LexicalNode | undefined = parentOf(current, map)
    if (!parent) return
    if (isContainer(parent)) {
      if (!isContainer(current)) blocks.add(current.getKey())
      return
    }
    current = parent
  }
}

/** Unchanged nodes are the same objects in both states, so this takes one comparison per node and reads no text. */
function* changedKeys(editorState: EditorState, prevEditorState: EditorState): Generator<NodeKey> {
  for (const [key, node] of nodesOf(editorState)) if (nodesOf(prevEditorState).get(key) !== node) yield key
  for (const key of nodesOf(prevEditorState).keys()) if (!nodesOf(editorState).has(key)) yield key
}

function parentOf(node: LexicalNode, map: NodeMap): LexicalNode | undefined {
  const key = parentKeyOf(node)
  return key === null ? undefined : map.get(key)
}

function $childKeys(parent: LexicalNode): NodeKey[] {
  return $isElementNode(parent) ? parent.getChildrenKeys() : []
}
