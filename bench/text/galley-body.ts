import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { emptyImageUse } from '../../src/shared/document/image-use.ts'
import type { BenchBlock } from './story.ts'

/** The story in the product's stored form; `pictures` are ids of stored pictures by number. */
export function toGalleyBody(blocks: readonly BenchBlock[], pictures: readonly string[]): StoredBody {
  return { version: 1, blocks: blocks.map((block, at) => toBlock(block, `bench-${at}`, pictures)) }
}

function toBlock(block: BenchBlock, id: string, pictures: readonly string[]): Block {
  if (block.kind === 'picture')
    return {
      id,
      type: 'image',
      image: { ...emptyImageUse(pictures[block.number] ?? null), alt: block.alt, caption: block.alt, credit: 'Bench' }
    }
  const runs = block.pieces.map((piece) => ({
    text: piece.text,
    ...(piece.bold && { marks: ['bold'] }),
    ...(piece.href && { link: { href: piece.href } })
  }))
  return block.kind === 'heading' ? { id, type: 'heading', level: 2, runs } : { id, type: 'paragraph', runs }
}
