import { keysOfBlocks } from '../document/blocks/blocks.ts'
import { Block, isKnown, partsOfBlock, type StoredBody } from '../document/document.ts'
import { blocksOfHtml } from '../document/from-html/blocks-of-html.ts'
import { blockToHtml, type HtmlOptions } from '../document/to-html.ts'
import { attribute } from '../document/blocks/markup.ts'
import { attributeSafeJson } from './news-article.ts'

/** On an element of a body of ours: the block it was written from, where its HTML alone would be read as another. */
export const BLOCK_ATTRIBUTE = 'data-galley-block'

/** The body as HTML that is read back as the same blocks: a block to a line. */
export function ownBodyHtml(body: StoredBody, options: HtmlOptions): string {
  let above = 1
  return body.blocks
    .map((block) => {
      // A heading never skips a level, as those who go through a page by its headings need it.
      const shown = asShown(block, above)
      if (isKnown(shown) && shown.type === 'heading') above = shown.level
      const html = blockToHtml(shown, options)
      if (html === '' || isPlain(block)) return html
      const part = partSaid(block)
      if (part === undefined || isReadAs(html, part)) return html
      return html.replace(/^<[a-z][a-z0-9]*/, (tag) => tag + attribute(BLOCK_ATTRIBUTE, attributeSafeJson(part)))
    })
    .filter(Boolean)
    .join('\n')
}

/**
 * The block that an element of such a body says it was written from; null where somebody has changed the element since,
 * so that what it shows is what it is. `html`: the element without the attribute.
 */
export function blockSaid(json: string, html: string): Block | null {
  try {
    const block = Block.safeParse({ ...(JSON.parse(json) as object), id: 'none' }).data
    // As it is in a story of either direction.
    const shown = block?.type === 'heading' ? LEVELS.map((level): Block => ({ ...block, level })) : block ? [block] : []
    const written = shown.flatMap((one) => AROUND.map((direction) => blockToHtml(one, { direction })))
    return block && written.includes(html) ? block : null
  } catch {
    return null
  }
}

const AROUND = ['ltr', 'rtl'] as const
const LEVELS = [2, 3, 4] as const

function asShown(block: Block, above: number): Block {
  if (!isKnown(block) || block.type !== 'heading') return block
  return { ...block, level: shownLevel(block.level, above) }
}

/** A paragraph of one plain run, as most are, needs no trying. */
function isPlain(block: Block): boolean {
  if (!isKnown(block) || block.type !== 'paragraph' || block.dir !== undefined || block.lang !== undefined) return false
  const [run, ...more] = block.runs
  return (
    run !== undefined &&
    more.length === 0 &&
    run.link === undefined &&
    (run.marks ?? []).length === 0 &&
    // A sign in front may be read as that of a list.
    /^[\p{L}“‘«]/u.test(run.text) &&
    !/^\s|\s$|\s\s|[^\S ]|[\p{Cc}\p{Cf}]/u.test(run.text)
  )
}

function shownLevel(level: 2 | 3 | 4, above: number): 2 | 3 | 4 {
  return LEVELS.find((one) => one === Math.min(level, above + 1)) ?? 2
}

/**
 * The block without its id; for a known kind also without keys that this build does not know, whose content could be
 * anything. A block of another build is included completely: readers see all of its words anyway, and this build cannot
 * tell what else it needs. Undefined for pictures, which have their own attributes.
 */
function partSaid(block: Block): unknown {
  if (partsOfBlock(block).pictures(block).length > 0) return undefined
  const { id: _id, ...rest } = partsOfBlock(block).canonical(block)
  return isKnown(block) ? onlyKnown(rest) : rest
}

const KEYS = new Set(['type', 'dir', 'lang', 'text', 'marks', 'link', 'href', 'title', 'rel', ...keysOfBlocks()])

function onlyKnown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onlyKnown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (KEYS.has(key) ? [[key, onlyKnown(inner)]] : []))
  )
}

function isReadAs(html: string, known: unknown): boolean {
  const [read, ...more] = blocksOfHtml(html)
  if (!read || more.length > 0) return false
  const { id: _id, ...rest } = partsOfBlock(read).canonical(read)
  return same(rest, known)
}

function same(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const [a, b] = [Object.entries(one), new Map(Object.entries(other))]
  return a.length === b.size && a.every(([key, value]) => b.has(key) && same(value, b.get(key)))
}
