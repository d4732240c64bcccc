import type { Story } from '../../../shared/story/story.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import type { RevisionInfo } from '../../../shared/contract/revisions.ts'
import { upgradeBody } from '../../../shared/document/upgrade.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { getStoryRow } from '../store/stories.ts'
import { getRevision, listRevisions } from '../store/contents.ts'
import type { Store } from '../store/store.ts'
import type { StoriesService } from './stories.ts'
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
    if (!stored)
      throw new GalleyError('not_found', say('stories.noSuchVersion'), {
        detail: { storyId, revision }
      })
    return {
      id: storyId,
      revision,
      status: stored.status,
      fields: upgradeFields(JSON.parse(stored.fields)),
      body: upgradeBody(JSON.parse(stored.body)),
      changedAt: stored.savedAt
    }
  }

  restore(storyId: string, revision: number, by: string): Story {
    const { fields, body } = this.get(storyId, revision)
    return this.#stories.replace(storyId, fields, body, by)
  }

  #seq(storyId: string): number {
    const row = this.#store.read((db) => getStoryRow(db, storyId))
    if (!row) throw new GalleyError('not_found', say('stories.noSuchStory'), { detail: { id: storyId } })
    return row.seq
  }
}
