import { canonicalBlock } from './canonical-block.ts'
import type { Block } from '../document.ts'

/** Parts of a block that a reader does not see, or that a CMS cannot store. */
const UNSEEN: ReadonlySet<string> = new Set(['id', 'dir', 'lang', 'focalPoint', 'address', 'title', 'rel'])

/** Blocks with the same key look the same to a reader, whichever system they were read from. */
export function contentKey(block: Block): string {
  return JSON.stringify(seenOf(canonicalBlock(block)))
}

function seenOf(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim()
  if (Array.isArray(value)) return (value as unknown[]).map(seenOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => !UNSEEN.has(key) && one !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => [key, key === 'text' && typeof one === 'string' ? one.replace(/\s+/g, ' ') : seenOf(one)])
  )
}
