import type { Run } from '../runs.ts'

/** An element of a page as the tokenizer gives it. Names are lower case. */
export interface HtmlElement {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
}

/** A block before it has an id. */
export type NewBlock<B> = B extends unknown
  ? { [Key in keyof B as string extends Key ? never : Key extends 'id' ? never : Key]: B[Key] }
  : never

/**
 * A block that was read, and where the page has its pictures: an address each, in the order of the block's `pictures`.
 */
export interface ReadBlock<B> {
  readonly block: NewBlock<B>
  readonly sources?: readonly string[]
}

/**
 * How a block is read from HTML. The reader of HTML knows text: spaces, entities, marks, links, line breaks, what is
 * hidden. It knows no block: an element named here goes to its block, which is fed the lines of text inside it.
 */
export interface HtmlBlockReader<B> {
  /** The elements that begin the block, lower case. No two blocks name the same one. */
  readonly tags: readonly string[]
  /** Null where the element is none of this block after all; it is then read as if it had no meaning. */
  begin(element: HtmlElement): HtmlBlockBuilder<B> | null
}

/** Takes in one element, from its start tag to its end tag. */
export interface HtmlBlockBuilder<B> {
  /**
   * True: elements inside that begin blocks of their own are read as text of this one (the paragraph in a table cell).
   */
  readonly isWhole: boolean
  /** An element inside opened or closed; what was gathered of a line has been handed over. */
  open?(element: HtmlElement): void
  close?(tag: string): void
  /** A line of text inside, trimmed, never empty. Gives blocks that are finished with it. */
  line(runs: Run[]): readonly ReadBlock<B>[]
  /** The element is closed. Gives the blocks that are left. */
  end(): readonly ReadBlock<B>[]
}

/** For a block that is one line of text: each line inside the element is one. */
export function lineReader<B>(
  tags: readonly string[],
  blockOf: (runs: Run[], element: HtmlElement) => NewBlock<B>
): HtmlBlockReader<B> {
  return {
    tags,
    begin: (element) => ({ isWhole: false, line: (runs) => [{ block: blockOf(runs, element) }], end: () => [] })
  }
}
