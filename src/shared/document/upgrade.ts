import { GalleyError } from '../rpc/errors.ts'
import { knownParts } from './blocks/blocks.ts'
import { DOCUMENT_VERSION, StoredBody } from './document.ts'
import { say } from '../words/message.ts'

type Step = (stored: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** The upgrade path from a body of any older version to the newest. */
export interface BodyUpgrades {
  /** The newest version. */
  readonly version: number
  /** The step from each version to the next. A step is never edited after release; a golden document tests each one. */
  readonly steps: Readonly<Record<number, Step>>
  /** A block's own step from that version, if its type has one. */
  readonly blockStep: (type: string, from: number) => Step | undefined
}

const ours: BodyUpgrades = {
  version: DOCUMENT_VERSION,
  steps: {},
  blockStep: (type, from) => knownParts(type)?.upgrade[from]
}

/**
 * Reads a stored body in any version this build knows. Throws `unsupported` for a newer version and `damaged` for a
 * body that does not fit its own version; neither is ever rewritten.
 */
export function upgradeBody(stored: unknown): StoredBody {
  const parsed = StoredBody.safeParse(bodyUpgradedBy(ours, stored))
  if (!parsed.success) throw damaged(parsed.error.issues[0]?.message ?? 'it does not fit the format')
  return parsed.data
}

/** A stored body converted to the newest version, not yet validated. Throws like `upgradeBody`. */
export function bodyUpgradedBy(upgrades: BodyUpgrades, stored: unknown): Record<string, unknown> {
  let body = stored as Record<string, unknown>
  let version = typeof stored === 'object' && stored !== null && 'version' in stored ? stored.version : undefined
  if (typeof version !== 'number') throw damaged('it names no version')
  if (version > upgrades.version) {
    throw new GalleyError('unsupported', say('stories.newerStory'), {
      detail: { version }
    })
  }
  while (version < upgrades.version) {
    const from = version
    const step = upgrades.steps[from]
    if (!step) throw damaged(`there is no way up from version ${from}`)
    body = step(body)
    if (Array.isArray(body['blocks']))
      body = { ...body, blocks: body['blocks'].map((block: unknown) => blockUpgradedBy(upgrades, block, from)) }
    version += 1
  }
  return body
}

function blockUpgradedBy(upgrades: BodyUpgrades, block: unknown, from: number): unknown {
  if (typeof block !== 'object' || block === null || !('type' in block) || typeof block.type !== 'string') return block
  return upgrades.blockStep(block.type, from)?.(block as Readonly<Record<string, unknown>>) ?? block
}

function damaged(why: string): GalleyError {
  return new GalleyError('damaged', say('stories.textUnreadable'), {
    detail: { why }
  })
}
