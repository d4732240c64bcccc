import {
  $createParagraphNode,
  $getEditor,
  $isDecoratorNode,
  $isElementNode,
  $isRootNode,
  ElementNode,
  type ElementDOMSlot,
  type LexicalNode,
  type RootNode
} from 'lexical'
import { sizeOf, withoutManagedLineBreak } from './lexical-internals.ts'

/** How many blocks a chunk has when the story is loaded; it is split at twice that and merged below a quarter. */
export const CHUNK_SIZE = 40

/**
 * A stretch of blocks that the browser may leave out of layout while it is off screen. It exists only in the editor: no
 * stored body, clipboard or history entry of ours mentions it.
 */
export class ChunkNode extends ElementNode {
  override $config() {
    return this.config('galley-chunk', { extends: ElementNode })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'chunk'
    // A first estimate; the browser remembers the true height once it has drawn the chunk.
    element.style.containIntrinsicSize = `auto ${Math.max(1, sizeOf(this)) * 84}px`
    return element
  }

  override updateDOM(): false {
    return false
  }

  /**
   * If an element's last child is a picture, Lexical adds a line break to put a caret on; here that would be a blank
   * line between blocks.
   */
  override getDOMSlot(element: HTMLElement): ElementDOMSlot {
    return withoutManagedLineBreak(super.getDOMSlot(element))
  }

  override canBeEmpty(): false {
    return false
  }

  override canIndent(): false {
    return false
  }
}

export function $createChunk(): ChunkNode {
  return new ChunkNode()
}

export function $isChunk(node: LexicalNode | null | undefined): node is ChunkNode {
  return node instanceof ChunkNode
}

/** The nodes of the stored blocks in order, across chunks. */
export function* $blocksOf(root: RootNode): Generator<LexicalNode> {
  for (let child = root.getFirstChild(); child; child = child.getNextSibling()) {
    if ($isChunk(child)) {
      for (let block = child.getFirstChild(); block; block = block.getNextSibling()) yield block
    } else {
      yield child
    }
  }
}

/** The block that a node is or is inside of; null for the root, a chunk and detached nodes. */
export function $blockOf(node: LexicalNode): LexicalNode | null {
  for (let current: LexicalNode | null = node; current; current = current.getParent()) {
    const parent = current.getParent()
    if (parent === null) return null
    if (($isRootNode(parent) || $isChunk(parent)) && !$isChunk(current)) return current
  }
  return null
}

/** The block before or after, also across chunks. */
export function $neighbour(block: LexicalNode, backward: boolean): LexicalNode | null {
  const sibling = backward ? block.getPreviousSibling() : block.getNextSibling()
  const parent = block.getParent()
  let next: LexicalNode | null = sibling
  if (next === null && $isChunk(parent)) next = backward ? parent.getPreviousSibling() : parent.getNextSibling()
  return $isChunk(next) ? (backward ? next.getLastChild() : next.getFirstChild()) : next
}

/** Fills an empty root with block nodes, either in chunks of `size` or directly. */
export function $fillRoot(root: RootNode, blocks: readonly LexicalNode[], size: number | null): void {
  const all = blocks.length === 0 ? [$createParagraphNode()] : blocks
  if (size === null) {
    root.splice(root.getChildrenSize(), 0, [...all])
    return
  }
  const chunks: ChunkNode[] = []
  for (let start = 0; start < all.length; start += size)
    chunks.push($createChunk().append(...all.slice(start, start + size)))
  root.splice(root.getChildrenSize(), 0, chunks)
}

/**
 * Splits a chunk that has grown too long, and merges one that has become too short. It is a node transform, so undo
 * never sees it as a change of its own.
 */
export function $balanceChunk(chunk: ChunkNode, size: number): void {
  // Moving the block being composed in would tear it away from the input method; the next change tries again.
  if (!chunk.isAttached() || $getEditor().isComposing()) return
  if (chunk.isEmpty()) {
    chunk.remove()
    return
  }
  $wrapInline(chunk)
  const count = chunk.getChildrenSize()
  if (count > size * 2) {
    const blocks = chunk.getChildren()
    let after = chunk
    for (let start = size; start < blocks.length; start += size) {
      // A small remainder joins the last full chunk rather than making a tiny one.
      const end = blocks.length - start < size * 1.5 ? blocks.length : start + size
      const next = $createChunk()
      after.insertAfter(next, false)
      next.append(...blocks.slice(start, end))
      after = next
      if (end === blocks.length) break
    }
  } else if (count < size / 4) {
    const next = chunk.getNextSibling()
    const previous = chunk.getPreviousSibling()
    if ($isChunk(next) && next.getChildrenSize() + count <= size * 1.5) $joinChunks(chunk, next)
    else if ($isChunk(previous) && previous.getChildrenSize() + count <= size * 1.5) $joinChunks(previous, chunk)
  }
}

/**
 * Moves blocks that ended up directly in the root (after select all and delete, say) into a chunk, and makes sure there
 * is at least one block.
 */
export function $wrapStrays(root: RootNode, size: number | null): void {
  if (root.isEmpty()) {
    root.append($createParagraphNode())
    root.selectStart()
  }
  $wrapInline(root)
  if (size === null) return
  for (let child = root.getFirstChild(); child; child = child.getNextSibling()) {
    if ($isChunk(child)) continue
    const previous: LexicalNode | null = child.getPreviousSibling()
    const stray: LexicalNode = child
    if ($isChunk(previous)) {
      previous.append(stray)
      child = previous
    } else {
      const chunk = $createChunk()
      stray.insertBefore(chunk, false)
      chunk.append(stray)
      child = chunk
    }
  }
}

/** Text placed directly among blocks becomes a paragraph. */
function $wrapInline(parent: ElementNode): void {
  for (let child = parent.getFirstChild(); child; child = child.getNextSibling()) {
    if (!$isInline(child)) continue
    const paragraph = $createParagraphNode()
    child.insertBefore(paragraph, false)
    let next: LexicalNode | null = child
    while (next && $isInline(next)) {
      const moved: LexicalNode = next
      next = moved.getNextSibling()
      paragraph.append(moved)
    }
    child = paragraph
  }
}

function $isInline(node: LexicalNode): boolean {
  return $isElementNode(node) || $isDecoratorNode(node) ? node.isInline() : true
}

function $joinChunks(first: ChunkNode, second: ChunkNode): void {
  const blocks = second.getChildren()
  if (!$isElementNode(second) || blocks.length === 0) return
  first.append(...blocks)
  if (second.isAttached()) second.remove()
}
