import { knownKeys, withOwnKeys } from './known-keys.ts'
import { sameJson } from '../lib/same-json.ts'
import { blockSchemaOf } from './blocks/blocks.ts'
import { relOf } from './blocks/markup.ts'
import { isKnown, partsOfBlock, type Block } from './document.ts'
import { isMark, Run } from './runs.ts'

/**
 * A block as it leaves for a CMS: with what this build knows of it, and one of another build as its words, in a
 * paragraph. Nobody here has seen the rest, and so nobody has approved it.
 */
export function wordsAlone(block: Block): Block {
  if (isKnown(block)) return knownKeys(blockSchemaOf(block.type), block, REDUCED)
  const { id, dir, lang } = block
  const text = partsOfBlock(block).toText(block)
  return {
    id,
    type: 'paragraph',
    ...(dir !== undefined && { dir }),
    ...(lang !== undefined && { lang }),
    runs: text === '' ? [] : [{ text }]
  }
}

/**
 * What came back of a block that left as `left`: the block itself if that was not changed, otherwise what came back,
 * with what had not left of a block of the same type.
 */
export function wholeAgain(own: Block, back: Block, left: Block): Block {
  if (sameJson(left, back)) return own
  if (!isKnown(own) || own.type !== back.type) return back
  return withOwnKeys(blockSchemaOf(own.type), own, back, REDUCED) as Block
}

/** A run without the formatting of another build; of a link, also how it is meant (paid, of a reader), as in HTML. */
const REDUCED = new Map<unknown, (value: unknown) => unknown>([
  [
    Run,
    (value) => {
      const run = Run.safeParse(value).data
      if (!run) return value
      const { text, link } = run
      const marks = run.marks?.filter(isMark) ?? []
      const rel = link ? relOf(link) : ''
      const reduced: Run = {
        text,
        ...(marks.length > 0 && { marks }),
        ...(link && {
          link: { href: link.href, ...(link.title !== undefined && { title: link.title }), ...(rel !== '' && { rel }) }
        })
      }
      return sameJson(reduced, value) ? value : reduced
    }
  ]
])
