import { z } from 'zod'
import { BlockId } from '../block-id.ts'
import type { ImageUse } from '../image-use.ts'
import { Direction, Language } from '../language.ts'
import { runsOf, textOfRuns, type Run } from '../runs.ts'
import type { BlockFromHtml } from './from-html.ts'
import type { HtmlOptions } from './markup.ts'

/** What every block has: an id that never changes and, if they differ from the story's, its direction and language. */
export const blockShape = { id: BlockId, dir: Direction.optional(), lang: Language.optional() }

/** The schema of one type of block. Unknown keys are kept. */
export function blockSchema<const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({ ...blockShape, type: z.literal(type), ...shape })
}

/** One upgrade step of a block's stored form, from the document version it is listed under to the next. */
export type BlockUpgrade = (block: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** What search indexes of a block, and in which category. */
export interface BlockSearchText {
  /** Running text. */
  readonly body: string
  /** One text per picture: caption, credit and alt text, each on a line. */
  readonly captions: readonly string[]
}

/** A link inside a block: its address and its words. */
export interface BlockLink {
  readonly href: string
  readonly text: string
}

/** Returns the new runs for a text. A text without formatting keeps only their words. */
export type ChangeRuns = (runs: readonly Run[], part: string) => readonly Run[]

/** A picture of a block, listed among the associations of a ninjs item. */
export interface NinjsPart {
  /** Unique within the item. */
  readonly name: string
  readonly picture: ImageUse
}

/**
 * Everything the rest of Galley knows about one type of block. Nothing else reads a block by its type, so a block that
 * has all of these works in every export, in search, in counts, in publishing and on the clipboard.
 */
export interface BlockParts<B> {
  /**
   * Upgrade steps of its stored form, by the document version they start from. A step is never edited after release.
   */
  readonly upgrade: Readonly<Record<number, BlockUpgrade>>
  /**
   * The block in the exact form its editor writes, to tell a change of content from a different notation of the same.
   */
  canonical(block: B): B
  /** HTML: escaped, without scripts, styles or handlers, and always the same for the same block. May be empty. */
  toHtml(block: B, options: HtmlOptions): string
  /** Only its words, with a line break between parts. */
  toText(block: B): string
  /** As people read it in a text file: list items marked, pictures named. */
  toPlainText(block: B): string
  searchText(block: B): BlockSearchText
  /** How many words readers see, including captions. */
  words(block: B): number
  /** The pictures in it, in reading order. */
  pictures(block: B): readonly ImageUse[]
  /** The block with each of its pictures replaced. */
  withPictures(block: B, change: (use: ImageUse) => ImageUse): B
  links(block: B): readonly BlockLink[]
  /**
   * The block with `change` applied to each of its editable texts, in reading order. `part` identifies the text within
   * the block; the editor marks the element that shows it with the same name in `data-part`.
   */
  withTexts(block: B, change: ChangeRuns): B
  ninjs(block: B): readonly NinjsPart[]
  /**
   * How it is read from pages, the clipboard and imported HTML: by these rules, or by the reader itself, which
   * assembles paragraphs, lists and pictures from many elements. Null for a block that no element represents.
   */
  readonly fromHtml: BlockFromHtml<B> | 'reader' | null
}

type BlockSchema = ReturnType<typeof blockSchema<string, z.ZodRawShape>>

export type BlockDefinition<Schema extends z.ZodType> = BlockParts<z.infer<Schema>> & { readonly schema: Schema }

/** One type of block: its schema and all of its parts. A missing part does not compile. */
export function defineBlock<Schema extends BlockSchema>(definition: BlockDefinition<Schema>): BlockDefinition<Schema> {
  return definition
}

/** The parts that do not apply to a block without pictures. */
export function withoutPictures<B>(): Pick<BlockParts<B>, 'pictures' | 'withPictures' | 'ninjs'> {
  return { pictures: () => [], withPictures: (block) => block, ninjs: () => [] }
}

/** The links in runs; adjacent runs of one link are joined. */
export function linksOfRuns(runs: readonly Run[]): readonly BlockLink[] {
  const links: { href: string; text: string }[] = []
  let open: { href: string; text: string } | undefined
  for (const { link, text } of runs) {
    if (link && open?.href === link.href) open.text += text
    else if (link) links.push((open = { href: link.href, text }))
    else open = undefined
  }
  return links
}

/** Applies a change of runs to a text without formatting. */
export function changedText(text: string, part: string, change: ChangeRuns): string {
  const before = runsOf(text)
  const after = change(before, part)
  return after === before ? text : textOfRuns(after)
}
