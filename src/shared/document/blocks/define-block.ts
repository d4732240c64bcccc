import { z } from 'zod'
import { BlockId } from '../block-id.ts'
import type { ImageUse } from '../image-use.ts'
import { Direction, Language } from '../language.ts'
import { runsOf, textOfRuns, type Run } from '../runs.ts'
import type { BlockFromHtml } from './from-html.ts'
import type { HtmlOptions } from './markup.ts'

/**
 * What every block has: an id that never changes and, where they differ from the story's, its direction and language.
 */
export const blockShape = { id: BlockId, dir: Direction.optional(), lang: Language.optional() }

/** The schema of one type of block. Keys it does not name are kept. */
export function blockSchema<const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({ ...blockShape, type: z.literal(type), ...shape })
}

/** One step of a block's stored form, from the document version it is listed under to the next. */
export type BlockUpgrade = (block: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** What search finds in a block, and under what. */
export interface BlockSearchText {
  /** Running text. */
  readonly body: string
  /** A text per picture: caption, credit and alt text, one below the other. */
  readonly captions: readonly string[]
}

/** A link inside a block: where it leads and the words it is on. */
export interface BlockLink {
  readonly href: string
  readonly text: string
}

/** Gives the runs of a text as they are to be. A text without formatting keeps the words alone. */
export type ChangeRuns = (runs: readonly Run[], part: string) => readonly Run[]

/** A picture of a block that a ninjs item lists among its associations. */
export interface NinjsPart {
  /** Unique within the item. */
  readonly name: string
  readonly picture: ImageUse
}

/**
 * Everything the rest of Galley knows of one type of block. Nothing else asks a block for its type in order to read
 * it, so a block that has all of these is in every export, in search, in counts, in publishing and on the clipboard.
 */
export interface BlockParts<B> {
  /** How its stored form goes up from the document version named. A step is never edited after release. */
  readonly upgrade: Readonly<Record<number, BlockUpgrade>>
  /** The block in the one form its editor writes it in, to tell a change of content from a change of spelling. */
  canonical(block: B): B
  /** HTML: escaped, without scripts, styles or handlers, the same for the same block always. May be empty. */
  toHtml(block: B, options: HtmlOptions): string
  /** Its words and nothing else, a line break between parts. */
  toText(block: B): string
  /** As somebody reads it in a text file: items marked, pictures named. */
  toPlainText(block: B): string
  searchText(block: B): BlockSearchText
  /** How many words readers get, captions included. */
  words(block: B): number
  /** The pictures in it, in reading order. */
  pictures(block: B): readonly ImageUse[]
  /** The block with each of its pictures replaced. */
  withPictures(block: B, change: (use: ImageUse) => ImageUse): B
  links(block: B): readonly BlockLink[]
  /**
   * The block with each text changed that somebody writes in it, in reading order. `part` names the text among those of
   * the block; what the editor shows of it has the same name in `data-part`.
   */
  withTexts(block: B, change: ChangeRuns): B
  ninjs(block: B): readonly NinjsPart[]
  /**
   * How it is read from pages, clipboards and imported HTML: by what it says here, or by the reader itself, which puts
   * paragraphs, lists and pictures together out of many elements. Null for a block that no element stands for.
   */
  readonly fromHtml: BlockFromHtml<B> | 'reader' | null
}

type BlockSchema = ReturnType<typeof blockSchema<string, z.ZodRawShape>>

export type BlockDefinition<Schema extends z.ZodType> = BlockParts<z.infer<Schema>> & { readonly schema: Schema }

/** One type of block: its schema and all of its parts. A part that is missing does not compile. */
export function defineBlock<Schema extends BlockSchema>(definition: BlockDefinition<Schema>): BlockDefinition<Schema> {
  return definition
}

/** The parts that mean nothing to a block without pictures. */
export function withoutPictures<B>(): Pick<BlockParts<B>, 'pictures' | 'withPictures' | 'ninjs'> {
  return { pictures: () => [], withPictures: (block) => block, ninjs: () => [] }
}

/** The links of runs, the runs of one link joined. */
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

/** A text without formatting, changed as runs are. */
export function changedText(text: string, part: string, change: ChangeRuns): string {
  const before = runsOf(text)
  const after = change(before, part)
  return after === before ? text : textOfRuns(after)
}
