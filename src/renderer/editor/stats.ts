import { isKnown, type Block, type BlockId } from '../../shared/document/document.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import type { ImageUse } from '../../shared/document/image-use.ts'
import { textOfRuns } from '../../shared/document/runs.ts'
import { blockToText } from '../../shared/document/to-text.ts'
import { countWords } from '../../shared/lib/words.ts'

export interface OutlineEntry {
  readonly id: BlockId
  readonly level: 2 | 3 | 4
  readonly text: string
}

export interface BodyStats {
  /** Null until the whole text has been counted. */
  readonly words: number | null
  readonly blocks: number
  readonly outline: readonly OutlineEntry[]
  readonly images: readonly { readonly id: BlockId; readonly image: ImageUse }[]
}

/**
 * What a desk shows about a story, as a store for `useSyncExternalStore`; during typing the snapshot changes at most
 * every `EVERY_MS`.
 */
export interface StatsStore {
  subscribe(listener: () => void): () => void
  getSnapshot(): BodyStats
}

/** In ms; often enough for a word count. */
const EVERY_MS = 1000
/**
 * In ms, for when no more keys come. A snapshot published on a key is drawn in that key's frame, while one published by
 * itself costs a frame of its own.
 */
const LAST_MS = 1200
/** Blocks counted before yielding. */
const AT_ONCE = 200
const none: BodyStats = { words: null, blocks: 0, outline: [], images: [] }

/**
 * Words, outline and pictures, kept per block from the patches the editor emits: a change costs its blocks, not the
 * whole story.
 */
export class EditorStats implements StatsStore {
  readonly #words = new Map<BlockId, number>()
  /** Headings and pictures: the blocks whose order matters here. */
  readonly #marked = new Map<BlockId, Block>()
  readonly #listeners = new Set<() => void>()
  readonly #inOrder: () => Iterable<Block>
  #total = 0
  #listsStale = false
  #toCount = new Map<BlockId, Block>()
  #counting: ReturnType<typeof setTimeout> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #publishedAt = -Infinity
  #snapshot: BodyStats = none

  constructor(inOrder: () => Iterable<Block>) {
    this.#inOrder = inOrder
  }

  /**
   * Counts a whole body, once on load: the beginning at once, and the rest of a long story in small steps, so that no
   * key waits for it.
   */
  reset(blocks: readonly Block[]): void {
    this.#words.clear()
    this.#marked.clear()
    this.#total = 0
    this.#listsStale = true
    this.#toCount = new Map(blocks.map((block) => [block.id, block]))
    this.#countSome()
  }

  apply(patch: BodyPatch): void {
    for (const operation of patch) {
      if (this.#toCount.size > 0 && operation.op !== 'insert' && operation.op !== 'move')
        this.#toCount.delete(operation.op === 'replace' ? operation.block.id : operation.id)
      if (operation.op === 'insert' || operation.op === 'replace') this.#put(operation.block)
      else if (operation.op === 'remove') this.#take(operation.id)
      else if (this.#marked.has(operation.id)) this.#listsStale = true
    }
    if (patch.length === 0) return
    if (performance.now() - this.#publishedAt >= EVERY_MS) this.#publish()
    else this.#timer ??= setTimeout(() => this.#publish(), LAST_MS)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  getSnapshot = (): BodyStats => this.#snapshot

  dispose(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#counting)
    this.#listeners.clear()
  }

  #countSome(): void {
    clearTimeout(this.#counting)
    let left = AT_ONCE
    for (const [id, block] of this.#toCount) {
      if (left-- === 0) break
      this.#toCount.delete(id)
      this.#put(block)
    }
    if (this.#toCount.size > 0) this.#counting = setTimeout(() => this.#countSome(), 10)
    else this.#publish()
  }

  #put(block: Block): void {
    const words = countWords(blockToText(block))
    this.#total += words - (this.#words.get(block.id) ?? 0)
    this.#words.set(block.id, words)
    const marked = isKnown(block) && (block.type === 'heading' || block.type === 'image')
    if (marked || this.#marked.has(block.id)) this.#listsStale = true
    if (marked) this.#marked.set(block.id, block)
    else this.#marked.delete(block.id)
  }

  #take(id: BlockId): void {
    this.#total -= this.#words.get(id) ?? 0
    this.#words.delete(id)
    if (this.#marked.delete(id)) this.#listsStale = true
  }

  #publish(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#publishedAt = performance.now()
    const lists = this.#listsStale ? this.#lists() : { outline: this.#snapshot.outline, images: this.#snapshot.images }
    this.#listsStale = false
    this.#snapshot = { words: this.#toCount.size > 0 ? null : this.#total, blocks: this.#words.size, ...lists }
    for (const listener of this.#listeners) listener()
  }

  #lists(): Pick<BodyStats, 'outline' | 'images'> {
    const outline: OutlineEntry[] = []
    const images: { id: BlockId; image: ImageUse }[] = []
    for (const block of this.#inOrder()) {
      if (!isKnown(block)) continue
      if (block.type === 'heading') outline.push({ id: block.id, level: block.level, text: textOfRuns(block.runs) })
      else if (block.type === 'image') images.push({ id: block.id, image: block.image })
    }
    return { outline, images }
  }
}
