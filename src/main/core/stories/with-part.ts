import type { VersionPart } from '../../../shared/contract/revisions.ts'
import type { Block } from '../../../shared/document/document.ts'
import type { Story } from '../../../shared/story/story.ts'

/**
 * A story with some fields and paragraphs as an older version of it has them. A paragraph that is gone comes back behind
 * the nearest one it followed that is still there; one that the version does not have goes.
 */
export function withPart(now: Story, old: Story, part: VersionPart): Pick<Story, 'fields' | 'body'> {
  const fields = { ...now.fields, ...Object.fromEntries(part.fields.map((name) => [name, old.fields[name]])) }
  const wanted = new Set(part.blocks)
  const before = new Map(old.body.blocks.map((block) => [block.id, block]))
  const blocks = now.body.blocks.flatMap((block): Block[] => {
    if (!wanted.has(block.id)) return [block]
    const again = before.get(block.id)
    return again ? [again] : []
  })
  let last: string | null = null
  for (const block of old.body.blocks) {
    const isThere = blocks.some(({ id }) => id === block.id)
    if (!isThere && wanted.has(block.id)) {
      blocks.splice(last === null ? 0 : blocks.findIndex(({ id }) => id === last) + 1, 0, block)
      last = block.id
    } else if (isThere) last = block.id
  }
  return { fields, body: { ...now.body, blocks } }
}
