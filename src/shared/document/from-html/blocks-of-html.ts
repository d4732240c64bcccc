import { newBlockId, type Block } from '../document.ts'
import { emptyImageUse, linkedAddress } from '../image-use.ts'
import { HtmlReader } from './html-reader.ts'

/** Characters read per step; the steps follow one another without a pause. */
const AT_ONCE = 1_000_000

/**
 * Reads an HTML body into blocks to store, in one go. A picture becomes a slot that records where it was; none is
 * fetched.
 */
export function blocksOfHtml(html: string): Block[] {
  const reader = new HtmlReader(html)
  while (!reader.step(AT_ONCE));
  return reader.blocks.map((block) => {
    const id = newBlockId()
    if (block.type !== 'picture') return { ...block, id } as Block
    const { src, alt, caption, credit } = block
    return { id, type: 'image', image: { ...emptyImageUse(), caption, credit, alt, ...linkedAddress(src) } }
  })
}
