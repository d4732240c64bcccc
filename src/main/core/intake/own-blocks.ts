import { Parser } from 'htmlparser2'
import { newBlockId, type Block } from '../../../shared/document/document.ts'
import { blocksOfHtml } from '../../../shared/document/from-html/blocks-of-html.ts'
import { BLOCK_ATTRIBUTE, blockSaid } from '../../../shared/formats/own-blocks.ts'

interface Piece {
  readonly html: string
  /** What the element says it was written from. */
  readonly said: string | undefined
}

/**
 * Reads the HTML of a body, ours or anybody's, into blocks: an element of ours as the block it says it was written
 * from, everything else by what it shows.
 */
export function blocksOfOwnHtml(html: string): Block[] {
  if (!html.includes(BLOCK_ATTRIBUTE)) return blocksOfHtml(html)
  return piecesOf(html).flatMap(({ html: piece, said }): Block[] => {
    const bare = piece.replace(ATTRIBUTE, '')
    const block = said === undefined ? null : blockSaid(said, bare)
    return block ? [{ ...block, id: newBlockId() }] : blocksOfHtml(bare)
  })
}

const ATTRIBUTE = new RegExp(` ${BLOCK_ATTRIBUTE}="[^"]*"`)

/** The top-level elements, and the text between them. */
function piecesOf(html: string): Piece[] {
  const pieces: Piece[] = []
  let depth = 0
  let from = 0
  let said: string | undefined
  const put = (to: number): void => {
    const piece = html.slice(from, to)
    if (piece.trim() !== '') pieces.push({ html: piece, said })
    from = to
    said = undefined
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (depth === 0) {
          put(parser.startIndex)
          said = attributes[BLOCK_ATTRIBUTE]
        }
        depth += 1
      },
      onclosetag() {
        depth -= 1
        if (depth === 0) put(parser.endIndex + 1)
      }
    },
    { decodeEntities: true }
  )
  parser.end(html)
  put(html.length)
  return pieces
}
