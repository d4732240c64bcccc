import type { Run } from '../runs.ts'

/** A start tag: its name in lower case, and the attributes that matter to a reader. */
export interface HtmlTag {
  readonly name: string
  /** The value of an attribute; empty if it is missing. */
  get(attribute: string): string
  hasClass(name: string): boolean
  /** An attribute's value as a whole number, or else `otherwise`. */
  number(attribute: string, otherwise: number): number
}

/** A block before it has an id. */
export type NewBlock<B> = B extends unknown
  ? { [Key in keyof B as string extends Key ? never : Key extends 'id' ? never : Key]: B[Key] }
  : never

/**
 * How a block is read from HTML. The HTML reader handles text: spaces, entities, marks, links, line breaks, and what is
 * hidden. A block declares its elements, and what it makes of a line of text in one or of the element as a whole.
 */
export interface BlockFromHtml<B> {
  /** The elements that are this block, in lower case. No two blocks list the same one. */
  readonly tags: readonly string[]
  /** Whether another element is one too, by its role or one of Word's classes. */
  readonly isAlso?: (tag: HtmlTag) => boolean
  /** What a line of text inside becomes; without it, the text stays what it would be anyway. */
  readonly line?: (runs: Run[], tag: HtmlTag) => NewBlock<B>
  /** What the element becomes as a whole, whatever its content; added where it ends. */
  readonly whole?: (tag: HtmlTag) => NewBlock<B>
}
