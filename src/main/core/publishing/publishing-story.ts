import type { Story } from '../../../shared/story/story.ts'
import { instantAt, type StoryTimes } from '../../../shared/story/instant.ts'
import { slugify } from '../../../shared/story/slug.ts'
import type { Status } from '../../../shared/story/status.ts'
import { StoryFields } from '../../../shared/story/fields.ts'
import type { Receipt } from '../../../shared/contract/publishing.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { canonicalJson } from './targets/canonical-json.ts'
import { getStoryRow } from '../store/stories.ts'
import { getRevision } from '../store/contents.ts'
import { lastApproved, listOpenOutbox, moveOnYounger, type OutboxRow } from '../store/outbox.ts'
import { isLive, putLive } from '../store/receipts.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import type { StoriesService } from '../stories/stories.ts'

export interface PublishedStoryOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly clock: Clock
  readonly desk: () => { readonly zone: string }
}

/** What approval makes of a story. */
export interface Approval {
  readonly change: { readonly fields: { times: StoryTimes; slug: string }; readonly status: Status }
  /** Not to leave before, UTC. */
  readonly notBefore: string | null
  /** It sets "first published". */
  readonly first: boolean
}

/** Statuses that say: this is not to go out after all. */
const TAKEN_BACK: readonly Status[] = ['draft', 'killed', 'trashed']

export function isTakenBack(status: Status): boolean {
  return TAKEN_BACK.includes(status)
}

/** What publishing does to the desk's copy: its status and its times. */
export class PublishedStory {
  readonly #options: PublishedStoryOptions

  constructor(options: PublishedStoryOptions) {
    this.#options = options
  }

  approval(story: Story, targetId: string): Approval {
    const { times, slug, headline } = story.fields
    const now = this.#options.clock.now()
    const release = times.release && Date.parse(times.release.at.utc) > now ? times.release.at : null
    const moment = release ?? instantAt(now, this.#options.desk().zone, 'clock')
    const first = times.firstPublished === null || this.#replacesFirst(story.id, targetId)
    const isUpdate = !first && this.#changedSinceApproval(story)
    return {
      change: {
        fields: {
          slug: slug || slugify(headline),
          times: {
            ...times,
            firstPublished: first ? moment : times.firstPublished,
            lastUpdated: isUpdate ? moment : times.lastUpdated
          }
        },
        status: release ? 'scheduled' : 'approved'
      },
      notBefore: release && new Date(Date.parse(release.utc)).toISOString(),
      first
    }
  }

  /** Writes that a version is live, with `also`, in one transaction. */
  live(row: OutboxRow, receipt: Receipt, also: (db: WritableDb) => void): void {
    const { store, stories } = this.#options
    const write = (db: WritableDb): void => {
      also(db)
      putLive(db, { storyId: row.storyId, targetId: row.targetId, receipt })
      moveOnYounger(db, row, receipt.etag)
    }
    const story = this.#story(row.storyId)
    if (!story) {
      // The desk's copy is gone or damaged; what is live is live all the same.
      store.write('receipt', write)
      return
    }
    const hasNewer = this.#open(row.storyId).some((other) => other.targetId === row.targetId && other.seq > row.seq)
    stories.markStatus(
      row.storyId,
      hasNewer ? story.status : this.#sameCopy(story, row.revision) ? 'published' : 'updating',
      write
    )
  }

  /** Writes `also`, and undoes what approval did to the story where nothing came of it, in one transaction. */
  takenBack(row: OutboxRow, also: (db: WritableDb) => void): void {
    const { store, stories } = this.#options
    const others = this.#open(row.storyId).some((other) => other.id !== row.id)
    const story = others || row.withdraw === 'supersede' ? null : this.#story(row.storyId)
    if (!story) {
      store.write('take back', also)
      return
    }
    const live = store.read((db) => isLive(db, row.storyId))
    const status: Status =
      story.status === 'approved' || story.status === 'scheduled' ? (live ? 'updating' : 'ready') : story.status
    if (row.first && !live && story.fields.times.firstPublished) {
      stories.changeWith(
        row.storyId,
        { fields: { times: { ...story.fields.times, firstPublished: null } }, status },
        also
      )
    } else if (status !== story.status) {
      stories.markStatus(row.storyId, status, also)
    } else {
      store.write('take back', also)
    }
  }

  /** Made a draft again, killed or trashed by hand since it was approved. */
  isTakenBack(storyId: string): boolean {
    const row = this.#options.store.read((db) => getStoryRow(db, storyId))
    return row !== undefined && isTakenBack(row.status)
  }

  /** True when all there is of the story is an approval for the same target that never left: then ours is the first. */
  #replacesFirst(storyId: string, targetId: string): boolean {
    const approved = this.#open(storyId)
    return (
      approved.some((row) => row.first) &&
      approved.every((row) => row.targetId === targetId && !row.maybeSent && row.state !== 'sending') &&
      !this.#options.store.read((db) => isLive(db, storyId))
    )
  }

  /** An update is new copy of a story this desk has approved before; the same copy sent to a second CMS is none. */
  #changedSinceApproval(story: Story): boolean {
    const last = this.#options.store.read((db) => lastApproved(db, story.id))
    return last !== undefined && !this.#sameCopy(story, last.revision)
  }

  #sameCopy(story: Story, revision: number): boolean {
    if (story.revision === revision) return true
    const snapshot = this.#options.store.read((db) => {
      const row = getStoryRow(db, story.id)
      return row && getRevision(db, row.seq, revision)
    })
    return (
      snapshot !== undefined &&
      copyOf(story.fields, story.body) ===
        copyOf(StoryFields.parse(JSON.parse(snapshot.fields)), JSON.parse(snapshot.body))
    )
  }

  #open(storyId: string): OutboxRow[] {
    return this.#options.store.read(listOpenOutbox).filter((row) => row.storyId === storyId)
  }

  #story(id: string): Story | null {
    try {
      return this.#options.stories.get(id)
    } catch (error) {
      if (error instanceof GalleyError) return null
      throw error
    }
  }
}

/** Throws `conflict` for another revision than the one that was looked at, `refused` for what must not go out. */
export function requirePublishable(story: Story, revision: number): void {
  const refused = (message: string, next: string): GalleyError => new GalleyError('refused', message, { next })
  if (story.revision !== revision) {
    throw new GalleyError('conflict', 'The story has changed since you last saw it.', {
      next: 'Look at it again, then publish.',
      detail: { revision: story.revision, asked: revision }
    })
  }
  if (story.status === 'killed')
    throw refused('This story was killed and cannot be published.', 'Make it a draft again first.')
  if (story.status === 'trashed') throw refused('This story is in the trash.', 'Take it out of the trash first.')
  if (story.fields.headline.trim() === '')
    throw refused('A story needs a headline before it is published.', 'Write the headline, then publish.')
  if (bodyToText(story.body).trim() === '')
    throw refused('A story needs a body before it is published.', 'Write the body, then publish.')
}

/** What readers get: not the desk's notes, nor the times and address that publishing itself sets. */
function copyOf({ times: _times, editorsNote: _note, slug: _slug, ...fields }: StoryFields, body: unknown): string {
  return canonicalJson({ fields, body })
}
