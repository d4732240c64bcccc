import { GalleyError } from '../rpc/errors.ts'
import { knownParts } from './blocks/blocks.ts'
import { DOCUMENT_VERSION, StoredBody } from './document.ts'
import { say } from '../words/message.ts'

/**
 * How to get from the version named to the next. A step is never edited after release; a golden document proves each.
 */
const steps: Readonly<Record<number, (body: Record<string, unknown>) => Record<string, unknown>>> = {}

/**
 * Reads a stored body of any version this build knows. Throws `unsupported` for a body from the future and
 * `damaged` for one that does not fit its own version; neither is ever rewritten.
 */
export function upgradeBody(stored: unknown): StoredBody {
  let body = stored as Record<string, unknown>
  let version = typeof stored === 'object' && stored !== null && 'version' in stored ? stored.version : undefined
  if (typeof version !== 'number') throw damaged('it names no version')
  if (version > DOCUMENT_VERSION) {
    throw new GalleyError('unsupported', say('stories.newerStory'), {
      detail: { version }
    })
  }
  while (version < DOCUMENT_VERSION) {
    const step = steps[version]
    if (!step) throw damaged(`there is no way up from version ${version}`)
    body = withBlocksUpgraded(step(body), version)
    version += 1
  }
  const parsed = StoredBody.safeParse(body)
  if (!parsed.success) throw damaged(parsed.error.issues[0]?.message ?? 'it does not fit the format')
  return parsed.data
}

/** Each block by its own step, where its type has one from this version. */
function withBlocksUpgraded(body: Record<string, unknown>, from: number): Record<string, unknown> {
  return Array.isArray(body['blocks'])
    ? { ...body, blocks: body['blocks'].map((block: unknown) => upgradeBlock(block, from)) }
    : body
}

function upgradeBlock(block: unknown, from: number): unknown {
  if (typeof block !== 'object' || block === null || !('type' in block) || typeof block.type !== 'string') return block
  return knownParts(block.type)?.upgrade[from]?.(block as Readonly<Record<string, unknown>>) ?? block
}

function damaged(why: string): GalleyError {
  return new GalleyError('damaged', say('stories.textUnreadable'), {
    detail: { why }
  })
}
