import type { Run } from '../runs.ts'

/** A start tag of a page: its name in lower case, and those of its attributes that mean something to a reader. */
export interface HtmlTag {
  readonly name: string
  /** The value of an attribute; empty where it is not there. */
  get(attribute: string): string
  hasClass(name: string): boolean
  /** A whole number an attribute gives, or `otherwise`. */
  number(attribute: string, otherwise: number): number
}

/** A block before it has an id. */
export type NewBlock<B> = B extends unknown
  ? { [Key in keyof B as string extends Key ? never : Key extends 'id' ? never : Key]: B[Key] }
  : never

/**
 * How a block is read from HTML. The reader of HTML knows text: spaces, entities, marks, links, line breaks, what is
 * hidden. A block says which elements it is, and what it makes of a line of text in one, or of the element by itself.
 */
export interface BlockFromHtml<B> {
  /** The elements that are the block, lower case. No two blocks name the same one. */
  readonly tags: readonly string[]
  /** Whether an element of another name is one too: by its role, or a class of Word's. */
  readonly isAlso?: (tag: HtmlTag) => boolean
  /** What a line of text inside becomes; without it, what the text is anyway. */
  readonly line?: (runs: Run[], tag: HtmlTag) => NewBlock<B>
  /** What the element is by itself, whatever is in it: put where it ends. */
  readonly whole?: (tag: HtmlTag) => NewBlock<B>
}
