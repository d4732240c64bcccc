import type { VersionPart } from '../../../shared/contract/revisions.ts'
import type { Block } from '../../../shared/document/document.ts'
import type { Story } from '../../../shared/story/story.ts'

/**
 * The story with some fields and paragraphs taken from an older version. A paragraph deleted since is put back after
 * the nearest remaining one it followed; one that the older version does not have is removed.
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
