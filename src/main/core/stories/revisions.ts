import type { Story } from '../../../shared/story/story.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import type { RevisionInfo, VersionPart } from '../../../shared/contract/revisions.ts'
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

  /** Keeps a version under a name, the present one where none is said; an empty name takes it away again. */
  name(storyId: string, revision: number | undefined, name: string): RevisionInfo {
    const seq = this.#seq(storyId)
    const chosen = revision ?? this.#stories.settle(storyId).revision
    this.#store.write('name version', (db) => nameRevision(db, seq, chosen, name.trim() || null))
    const info = this.list(storyId).find((one) => one.revision === chosen)
    if (!info) throw noSuchVersion(storyId, chosen)
    return info
  }

  /** The version again, whole or a part of it; what was there is kept as a version first. */
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

function noSuchVersion(storyId: string, revision: number): GalleyError {
  return new GalleyError('not_found', say('stories.noSuchVersion'), { detail: { storyId, revision } })
}
