import type { Run } from '../runs.ts'
import type { HtmlElement } from './html-element.ts'
import type { NewList, ReadBlock } from './new-block.ts'

/** The deepest level the stored body allows. */
const DEEPEST = 8

/** An item being read. */
export interface Item {
  readonly depth: number
  readonly ordered: boolean
  /** Its number, if it has one. */
  readonly ordinal: number
  /** The item gives its own level, in a list of its own: this is how Word on the web writes lists. */
  readonly saysLevel: boolean
  /** The list a Word paragraph says it is an item of; null for an HTML item. */
  readonly paragraphOf: string | null
}

/**
 * Assembles items into list blocks: nesting becomes depth, a list in several pieces becomes one again, and numbers stay
 * as they were.
 */
export class Lists {
  item: Item | null = null
  readonly #open: { readonly ordered: boolean; next: number }[] = []
  #block: NewList | null = null
  /** Whether the list from which the block was read has ended: then only items that continue it join it. */
  #hasEnded = false
  #expected = 1
  #paragraphOf: string | null = null
  #marker = ''

  get isOpen(): boolean {
    return this.#open.length > 0
  }

  /** A list begins. Returns what to do when it ends. */
  open(ordered: boolean, start: number): () => void {
    const around = this.item
    this.item = null
    this.#open.push({ ordered, next: start })
    return () => {
      this.#open.pop()
      this.item = around
      if (this.#open.length === 0) this.#hasEnded = true
    }
  }

  /** An item begins. Returns what to do when it ends. */
  openItem(element: HtmlElement): () => void {
    const around = this.item
    const list = this.#open.at(-1)
    const level = element.number('aria-level', element.number('data-aria-level', 0))
    const depth = level > 0 && this.#open.length === 1 ? level - 1 : this.#open.length - 1
    const ordinal = element.number('value', list?.next ?? 1)
    if (list) list.next = ordinal + 1
    this.item = {
      depth: within(depth),
      ordered: list?.ordered ?? false,
      ordinal,
      saysLevel: level > 0,
      paragraphOf: null
    }
    return () => {
      this.item = around
    }
  }

  /** A Word paragraph that is an item begins. Returns what to do when it ends. */
  openParagraph(depth: number, list: string): () => void {
    const around = this.item
    this.#marker = ''
    this.item = { depth: within(depth), ordered: false, ordinal: 1, saysLevel: false, paragraphOf: list }
    return () => {
      this.item = around
    }
  }

  /** The number or bullet of an item, which Word writes out as text. */
  addMarker(text: string): void {
    if (this.#marker.length < 40) this.#marker += text
  }

  /** Adds the current item's text to its list, after what was read so far. */
  put(runs: Run[], blocks: ReadBlock[], dir: 'ltr' | 'rtl' | undefined): void {
    if (!this.item) return
    const item = this.item.paragraphOf === null ? this.item : withMarker(this.item, this.#marker)
    if (!this.#block || !this.#goesOn(this.#block, item)) {
      const ordered = this.#open[0]?.ordered ?? item.ordered
      const hasStart = ordered && item.depth === 0 && item.ordinal !== 1 && item.ordinal >= 0
      this.#block = {
        type: 'list',
        ordered,
        ...(hasStart && { start: item.ordinal }),
        items: [],
        ...(dir !== undefined && { dir })
      }
      blocks.push(this.#block)
    }
    this.#block.items.push({
      runs,
      depth: item.depth,
      ...(item.ordered !== this.#block.ordered && { ordered: item.ordered })
    })
    this.#hasEnded = false
    this.#paragraphOf = item.paragraphOf
    if (item.depth === 0) this.#expected = item.ordinal + 1
  }

  /** Something else follows, so the next item begins a new list. */
  end(): void {
    this.#block = null
  }

  #goesOn(block: NewList, item: Item): boolean {
    if ((item.paragraphOf === null) !== (this.#paragraphOf === null)) return false
    if (item.depth > 0) return !this.#hasEnded || item.saysLevel || item.paragraphOf !== null
    if (item.ordered !== block.ordered) return false
    if (item.paragraphOf !== null) return item.paragraphOf === this.#paragraphOf
    // The rest of an item after a nested list has the item's number.
    const follows = item.ordinal === this.#expected || (item.ordinal === this.#expected - 1 && !this.#hasEnded)
    if (!this.#hasEnded) return !item.ordered || follows
    return item.ordered ? item.ordinal > 1 && follows : item.saysLevel
  }
}

function within(depth: number): number {
  return Math.min(DEEPEST, Math.max(0, depth))
}

function withMarker(item: Item, marker: string): Item {
  const found = /^\s*\(?(?:(\d{1,6})|\p{L}{1,5})[.)]/u.exec(marker)
  return { ...item, ordered: found !== null, ordinal: Number(found?.[1] ?? 1) }
}
