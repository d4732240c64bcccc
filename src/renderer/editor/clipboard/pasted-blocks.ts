import { newBlockId, type Block, type BlockId } from '../../../shared/document/document.ts'
import { hasBytes } from '../../../shared/document/from-html/pictures.ts'
import type { NewPicture, ReadBlock } from '../../../shared/document/from-html/new-block.ts'
import { emptyImageUse, linkedAddress } from '../../../shared/document/image-use.ts'

/** A picture whose bytes were part of a paste. */
export interface PastedPicture {
  /** The image block waiting for it. */
  readonly id: BlockId
  readonly file: File
}

/** A block to insert into the body. Its id may be empty: it gets one when it is inserted. */
export type PastedBlock = Block | ReadBlock

/**
 * The block to store for one that was read. A picture becomes a slot: with bytes, it waits for them to be stored;
 * without, it records where the picture was. Nothing is fetched.
 */
export function storedBlock(block: PastedBlock, id: BlockId): { block: Block; picture: PastedPicture | null } {
  if (!isPicture(block)) return { block: { ...block, id } as Block, picture: null }
  const { src, alt, caption, credit } = block
  const file = hasBytes(src) ? fileOfDataUrl(src) : null
  // A slot never takes over an empty block's id, so it gets its own from the start.
  const slot: Block = {
    id: newBlockId(),
    type: 'image',
    image: { ...emptyImageUse(), caption, credit, alt, ...linkedAddress(src) }
  }
  return { block: slot, picture: file && { id: slot.id, file } }
}

export function isPicture(block: PastedBlock): block is NewPicture {
  return block.type === 'picture' && 'src' in block
}

function fileOfDataUrl(src: string): File | null {
  const comma = src.indexOf(',')
  const [, type = '', kind = ''] = /^data:(image\/([a-z]+))/i.exec(src.slice(0, 40)) ?? []
  if (comma < 0 || !/;base64$/i.test(src.slice(0, comma))) return null
  try {
    const binary = atob(
      src
        .slice(comma + 1)
        .replaceAll('%2B', '+')
        .replaceAll('%2F', '/')
        .replaceAll('%3D', '=')
    )
    const bytes = new Uint8Array(binary.length)
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
    return new File([bytes], `pasted.${kind.toLowerCase()}`, { type: type.toLowerCase() })
  } catch {
    return null
  }
}
