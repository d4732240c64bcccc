import type { Story } from '../../../shared/story/story.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import type { RevisionInfo, VersionPart, Wording } from '../../../shared/contract/revisions.ts'
import { canonicalBlock } from '../../../shared/document/diff/canonical-block.ts'
import type { Block } from '../../../shared/document/document.ts'
import { upgradeBody } from '../../../shared/document/upgrade.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { getStoryRow } from '../store/stories.ts'
import { getRevision, listRevisions, nameRevision } from '../store/contents.ts'
import type { Store } from '../store/store.ts'
import type { StoriesService } from './stories.ts'
import { withPart } from './with-part.ts'
import { say } from '../../../shared/words/message.ts'

/** The history of a story: snapshots that are never changed. */
export class RevisionsService {
  readonly #store: Store
  readonly #stories: StoriesService

  constructor(store: Store, stories: StoriesService) {
    this.#store = store
    this.#stories = stories
  }

  list(storyId: string): RevisionInfo[] {
    return this.#store.read((db) => listRevisions(db, this.#seq(storyId), storyId))
  }

  get(storyId: string, revision: number): Story {
    const stored = this.#store.read((db) => getRevision(db, this.#seq(storyId), revision))
    if (!stored) throw noSuchVersion(storyId, revision)
    return {
      id: storyId,
      revision,
      status: stored.status,
      fields: upgradeFields(JSON.parse(stored.fields)),
      body: upgradeBody(JSON.parse(stored.body)),
      changedAt: stored.savedAt
    }
  }

  /**
   * Earlier wordings of a paragraph, newest first: each wording once, from the newest version that has it, without the
   * current one. A version that is damaged or newer than this build is skipped. Reads every version.
   */
  wordings(storyId: string, blockId: string): Wording[] {
    const now = this.#stories.glance(storyId).body.blocks.find(({ id }) => id === blockId)
    const seen = new Set(now ? [wordingOf(now)] : [])
    const wordings: Wording[] = []
    for (const version of this.list(storyId)) {
      const block = this.#blockIn(storyId, version.revision, blockId)
      const wording = block && wordingOf(block)
      if (!block || wording === null || seen.has(wording)) continue
      seen.add(wording)
      wordings.push({ version, block })
    }
    return wordings
  }

  #blockIn(storyId: string, revision: number, blockId: string): Block | null {
    try {
      return this.get(storyId, revision).body.blocks.find(({ id }) => id === blockId) ?? null
    } catch {
      return null
    }
  }

  /** Names a version, or the current state if none is given; an empty name removes the name. */
  name(storyId: string, revision: number | undefined, name: string): RevisionInfo {
    const seq = this.#seq(storyId)
    const chosen = revision ?? this.#stories.settle(storyId).revision
    this.#store.write('name version', (db) => nameRevision(db, seq, chosen, name.trim() || null))
    const info = this.list(storyId).find((one) => one.revision === chosen)
    if (!info) throw noSuchVersion(storyId, chosen)
    return info
  }

  /** Restores a version, or part of it; what was there is kept as a version first. */
  restore(storyId: string, revision: number, part: VersionPart | undefined, by: string): Story {
    const old = this.get(storyId, revision)
    if (!part) return this.#stories.replace(storyId, old.fields, old.body, by)
    const { fields, body } = withPart(this.#stories.get(storyId), old, part)
    return this.#stories.replace(storyId, fields, body, by)
  }

  #seq(storyId: string): number {
    const row = this.#store.read((db) => getStoryRow(db, storyId))
    if (!row) throw new GalleyError('not_found', say('stories.noSuchStory'), { detail: { id: storyId } })
    return row.seq
  }
}

/** Blocks with the same wording look the same to a reader. */
function wordingOf(block: Block): string {
  return JSON.stringify(canonicalBlock(block))
}

function noSuchVersion(storyId: string, revision: number): GalleyError {
  return new GalleyError('not_found', say('stories.noSuchVersion'), { detail: { storyId, revision } })
}
