import { partsOfBlock, type Block } from '../document/document.ts'
import type { ImageUse } from '../document/image-use.ts'
import { picturesOf, picturesOfBlock } from '../document/pictures.ts'
import type { Story } from './story.ts'

type Pictured = Pick<Story, 'fields' | 'body'>

/** Every use of a picture, including empty slots: the lead first, then in reading order. */
export function pictureUses({ fields, body }: Pictured): ImageUse[] {
  const inBody = picturesOf(body)
  return fields.leadImage ? [fields.leadImage, ...inBody] : inBody
}

/** The same story with `change` applied to each use of a picture. */
export function withPictureUses<S extends Pictured>(story: S, change: (use: ImageUse) => ImageUse): S {
  const { fields, body } = story
  return {
    ...story,
    fields: { ...fields, leadImage: fields.leadImage && change(fields.leadImage) },
    body: { ...body, blocks: body.blocks.map((block) => partsOfBlock(block).withPictures(block, change)) }
  }
}

/**
 * The story without slots for pictures still to come. Slots are only for the desk: everything readers or other systems
 * get is made from this.
 */
export function withoutSlots<S extends Pictured>(story: S): S {
  const { fields, body } = story
  return {
    ...story,
    fields: { ...fields, leadImage: fields.leadImage?.mediaId === null ? null : fields.leadImage },
    body: { ...body, blocks: body.blocks.filter((block) => !isSlot(block)) }
  }
}

/** True for a picture block in which every picture is still to come. */
export function isSlot(block: Block): boolean {
  const uses = picturesOfBlock(block)
  return uses.length > 0 && uses.every(({ mediaId }) => mediaId === null)
}
