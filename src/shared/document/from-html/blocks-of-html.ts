import { newBlockId, type Block } from '../document.ts'
import { emptyImageUse, linkedAddress } from '../image-use.ts'
import { HtmlReader } from './html-reader.ts'

/** Characters read at a time; nothing waits in between. */
const AT_ONCE = 1_000_000

/** An HTML body as blocks to store, in one go. A picture is a slot that says where it was; none is fetched. */
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
