import { upgradeBody } from '../../../shared/document/upgrade.ts'
import type { StoryFields } from '../../../shared/story/fields.ts'
import type { Story } from '../../../shared/story/story.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import { getRevision } from '../store/contents.ts'
import type { Store } from '../store/store.ts'
import { getStoryRow } from '../store/stories.ts'
import { copyDigest } from './copy-digest.ts'

/** How many digests of approved versions are kept in memory. */
const KEPT = 200

/** The approved versions of stories, and how the desk's copy compares with them. */
export class ApprovedCopies {
  readonly #store: Store
  /** Digests by story and revision. */
  readonly #digests = new Map<string, string>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Null if the version no longer exists. */
  fields(storyId: string, revision: number): StoryFields | null {
    const snapshot = this.#snapshot(storyId, revision)
    return snapshot ? upgradeFields(JSON.parse(snapshot.fields)) : null
  }

  /** True if readers would get the same from the story as from that revision. */
  isSame(story: Story, revision: number): boolean {
    if (story.revision === revision) return true
    const approved = this.#digest(story.id, revision)
    return approved !== null && copyDigest(story) === approved
  }

  /** Null if the version no longer exists. Needed at every save while the delivery waits. */
  #digest(storyId: string, revision: number): string | null {
    const key = `${storyId} ${revision}`
    const known = this.#digests.get(key)
    if (known !== undefined) return known
    const snapshot = this.#snapshot(storyId, revision)
    if (!snapshot) return null
    const digest = copyDigest({
      fields: upgradeFields(JSON.parse(snapshot.fields)),
      body: upgradeBody(JSON.parse(snapshot.body))
    })
    // A day's stories need fewer; beyond that, all are computed again.
    if (this.#digests.size >= KEPT) this.#digests.clear()
    this.#digests.set(key, digest)
    return digest
  }

  #snapshot(storyId: string, revision: number): ReturnType<typeof getRevision> {
    return this.#store.read((db) => {
      const row = getStoryRow(db, storyId)
      return row && getRevision(db, row.seq, revision)
    })
  }
}
