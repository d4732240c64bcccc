import {
  $getNodeByKey,
  $getRoot,
  $isElementNode,
  $isTextNode,
  type EditorState,
  type LexicalNode,
  type NodeKey
} from 'lexical'
import type { BlockId } from '../../../shared/document/document.ts'
import { $factsOf } from '../block-state.ts'
import { $isLineNode } from '../blocks/editor-blocks.ts'
import { $blocksOf, $createChunk, $isChunk, $neighbour, CHUNK_SIZE } from '../chunks.ts'
import { $insertBlocks } from './insert-blocks.ts'

/**
 * Blocks inserted on each side of the gap from the start: enough that neither chunk at its edges is short enough to be
 * merged.
 */
export const EDGE_BLOCKS = 20

interface Edge {
  readonly key: NodeKey
  readonly id: BlockId
}

/** Pasted words in a block that was there before, or that other words may have joined since. */
interface Stretch {
  readonly key: NodeKey
  readonly at: number
  readonly text: string
}

/**
 * Where a long paste is inserted. Its first and last blocks are there from the start, with the caret after the last,
 * where typing continues; the rest fills the gap between them in whole chunks. So nothing already drawn moves, and what
 * is off screen is never laid out.
 */
export class PasteGap {
  readonly #chunkSize: number
  readonly #placed: { readonly state: EditorState; readonly keys: readonly NodeKey[] }[] = []
  #above: Edge | null = null
  #below: Edge | null = null
  /** Where the first paragraph continued the line it was pasted into. */
  #joined: Stretch | null = null
  /** The last block, which the text after the caret may have joined. */
  #last: Stretch | null = null
  /** The text after the caret, if the last block was one it could not join. */
  #tail: NodeKey | null = null

  constructor(chunkSize: number | null) {
    this.#chunkSize = chunkSize ?? CHUNK_SIZE
  }

  $open(head: readonly LexicalNode[], foot: readonly LexicalNode[]): void {
    const first = head[0]
    const opening = $isElementNode(first) ? first.getFirstChild() : null
    const text = first?.getTextContent() ?? ''
    const last = foot.at(-1)
    if ($isLineNode(last)) this.#last = { key: last.getKey(), at: 0, text: last.getTextContent() }
    $insertBlocks([...head, ...foot])
    const line = opening?.getParent()
    if (opening && line && !line.is(first)) {
      this.#joined = {
        key: line.getKey(),
        at: opening.getPreviousSiblings().reduce((size, node) => size + node.getTextContentSize(), 0),
        text
      }
    }
    // A block without an id was created by this insertion.
    const behind = last?.isAttached() ? $neighbour(last, false) : null
    if (behind && $factsOf(behind).id === '') this.#tail = behind.getKey()
    this.#above = edgeOf(head.at(-1))
    this.#below = edgeOf(foot[0])
    const above = this.#above && $find(this.#above)
    if (above) $endChunk(above)
  }

  /** Whether part of the paste has been inserted, so that the rest comes in whole chunks. */
  get isOpen(): boolean {
    return this.#above !== null || this.#below !== null
  }

  /**
   * Inserts the next blocks after those already in. Returns false if neither edge exists any more: an undo or another
   * body removed the paste.
   */
  $add(nodes: readonly LexicalNode[]): boolean {
    if (!this.isOpen) {
      // None of the edge blocks could be read.
      this.$open(nodes, [])
      return true
    }
    const above = this.#above && $find(this.#above)
    const below = this.#below && $find(this.#below)
    if (above) this.#$putAfter(above, nodes)
    else if (below) this.#$putBefore(below, nodes)
    else return false
    this.#above = edgeOf(nodes.at(-1)) ?? this.#above
    return true
  }

  /** Records what an update inserted, and the state it produced. */
  placed(keys: readonly NodeKey[], state: EditorState): void {
    this.#placed.push({ state, keys })
  }

  /**
   * Removes what was pasted from among what was written meanwhile. A pasted block in which somebody wrote stays, with
   * its words.
   */
  $takeBack(): void {
    for (const { state, keys } of this.#placed) {
      const texts = state.read(() => keys.map((key) => $getNodeByKey(key)?.getTextContent()))
      for (const [index, key] of keys.entries()) {
        const node = $getNodeByKey(key)
        if (key !== this.#last?.key && node?.isAttached() && node.getTextContent() === texts[index]) node.remove()
      }
    }
    const last = this.#last && $cut(this.#last)
    const line = this.#joined && $cut(this.#joined)
    if (last) {
      if (line) line.append(...last.getChildren())
      if (last.isEmpty()) last.remove()
    }
    const tail = this.#tail === null ? null : $textBlock(this.#tail)
    if (!line || !tail || !$neighbour(line, false)?.is(tail)) return
    line.append(...tail.getChildren())
    tail.remove()
  }

  #$putBefore(below: LexicalNode, [first, ...rest]: readonly LexicalNode[]): void {
    if (!first) return
    below.insertBefore(first, false)
    this.#$putAfter(first, rest)
  }

  #$putAfter(above: LexicalNode, nodes: readonly LexicalNode[]): void {
    const parent = above.getParentOrThrow()
    if (!$isChunk(parent)) {
      parent.splice(above.getIndexWithinParent() + 1, 0, [...nodes])
      return
    }
    $endChunk(above)
    let before = parent
    for (let start = 0, end = 0; start < nodes.length; start = end) {
      // A small remainder joins the last full chunk rather than making a tiny one.
      end = nodes.length - start < this.#chunkSize * 1.5 ? nodes.length : start + this.#chunkSize
      const chunk = $createChunk()
      chunk.splice(0, 0, nodes.slice(start, end))
      before.insertAfter(chunk, false)
      before = chunk
    }
  }
}

function edgeOf(node: LexicalNode | undefined): Edge | null {
  return node ? { key: node.getKey(), id: $factsOf(node).id } : null
}

/** The block's node, which is a new one if its type was changed meanwhile. */
function $find({ key, id }: Edge): LexicalNode | null {
  const node = $getNodeByKey(key)
  if (node?.isAttached()) return node
  if (id !== '') for (const block of $blocksOf($getRoot())) if ($factsOf(block).id === id) return block
  return null
}

/** Makes the block the last one in its chunk. */
function $endChunk(block: LexicalNode): void {
  const chunk = block.getParent()
  const behind = block.getNextSiblings()
  if (!$isChunk(chunk) || behind.length === 0) return
  const next = $createChunk()
  chunk.insertAfter(next, false)
  next.splice(0, 0, behind)
}

/**
 * Removes the pasted words from their block, keeping the caret in place among the others. Returns the block, or null if
 * the words cannot be found.
 */
function $cut({ key, at, text }: Stretch): ReturnType<typeof $textBlock> {
  const block = $textBlock(key)
  if (!block?.getTextContent().startsWith(text, at)) return null
  let start = 0
  for (const leaf of block.getChildren().flatMap((child) => ($isElementNode(child) ? child.getChildren() : [child]))) {
    const size = leaf.getTextContentSize()
    const from = Math.max(0, at - start)
    const to = Math.min(size, at + text.length - start)
    start += size
    if (from >= to) continue
    if ($isTextNode(leaf) && to - from < size)
      leaf.splitText(...[from, to].filter((offset) => offset > 0 && offset < size))[from > 0 ? 1 : 0]?.remove()
    else leaf.remove()
  }
  return block
}

function $textBlock(key: NodeKey) {
  const node = $getNodeByKey(key)
  return node?.isAttached() && $isElementNode(node) ? node : null
}
