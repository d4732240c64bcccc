import { isKnown, partsOfBlock, type Block } from './document.ts'

/**
 * A block as it leaves for a CMS: one of another build as its words, in a paragraph. Nobody here has seen the rest of
 * it, and so nobody has approved it.
 */
export function wordsAlone(block: Block): Block {
  if (isKnown(block)) return block
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
