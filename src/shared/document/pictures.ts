import { partsOfBlock, type Block, type StoredBody } from './document.ts'
import type { ImageUse } from './image-use.ts'

/** Every picture of the body, in reading order. */
export function picturesOf(body: Pick<StoredBody, 'blocks'>): ImageUse[] {
  return body.blocks.flatMap(picturesOfBlock)
}

export function picturesOfBlock(block: Block): readonly ImageUse[] {
  return partsOfBlock(block).pictures(block)
}
