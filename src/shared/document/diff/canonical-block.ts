import { sameJson } from '../../lib/same-json.ts'
import { partsOfBlock, type Block } from '../document.ts'

/** The block in the form the editor would write. */
export function canonicalBlock(block: Block): Block {
  return partsOfBlock(block).canonical(block)
}

/** Whether two blocks say the same, however their runs are split. `read` is in the editor's own form. */
export function sameBlock(read: Block, stored: Block): boolean {
  return sameJson(read, stored) || sameJson(read, canonicalBlock(stored))
}
