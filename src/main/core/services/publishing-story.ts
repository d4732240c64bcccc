import type { Article } from '../../../shared/article/article.ts'
import { instantAt, type StoryTimes } from '../../../shared/article/instant.ts'
import { slugify } from '../../../shared/article/slug.ts'
import type { Status } from '../../../shared/article/status.ts'
import { StoryFields } from '../../../shared/article/story.ts'
import type { Receipt } from '../../../shared/contract/publishing.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { canonicalJson } from '../cms/canonical-json.ts'
import { getArticleRow } from '../store/articles.ts'
import { getRevision } from '../store/contents.ts'
import { lastApproved, listOpenOutbox, moveOnYounger, type OutboxRow } from '../store/outbox.ts'
import { isLive, putLive } from '../store/receipts.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import type { ArticlesService } from './articles.ts'

export interface PublishedStoryOptions {
  readonly store: Store
  readonly articles: ArticlesService
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

  approval(article: Article, targetId: string): Approval {
    const { times, slug, headline } = article.fields
    const now = this.#options.clock.now()
    const release = times.release && Date.parse(times.release.at.utc) > now ? times.release.at : null
    const moment = release ?? instantAt(now, this.#options.desk().zone, 'clock')
    const first = times.firstPublished === null || this.#replacesFirst(article.id, targetId)
    const isUpdate = !first && this.#changedSinceApproval(article)
    return {
      change: {
        fields: { slug: slug || slugify(headline), times: { ...times, firstPublished: first ? moment : times.firstPublished, lastUpdated: isUpdate ? moment : times.lastUpdated } },
        status: release ? 'scheduled' : 'approved'
      },
      notBefore: release && new Date(Date.parse(release.utc)).toISOString(),
      first
    }
  }

  /** Writes that a version is live, with `also`, in one transaction. */
  live(row: OutboxRow, receipt: Receipt, also: (db: WritableDb) => void): void {
    const { store, articles } = this.#options
    const write = (db: WritableDb): void => {
      also(db)
      putLive(db, { storyId: row.storyId, targetId: row.targetId, receipt })
      moveOnYounger(db, row, receipt.etag)
    }
    const article = this.#article(row.storyId)
    if (!article) {
      // The desk's copy is gone or damaged; what is live is live all the same.
      store.write('receipt', write)
      return
    }
    const hasNewer = this.#open(row.storyId).some((other) => other.targetId === row.targetId && other.seq > row.seq)
    articles.markStatus(row.storyId, hasNewer ? article.status : this.#sameCopy(article, row.revision) ? 'published' : 'updating', write)
  }

  /** Writes `also`, and undoes what approval did to the story where nothing came of it, in one transaction. */
  takenBack(row: OutboxRow, also: (db: WritableDb) => void): void {
    const { store, articles } = this.#options
    const others = this.#open(row.storyId).some((other) => other.id !== row.id)
    const article = others || row.withdraw === 'supersede' ? null : this.#article(row.storyId)
    if (!article) {
      store.write('take back', also)
      return
    }
    const live = store.read((db) => isLive(db, row.storyId))
    const status: Status = article.status === 'approved' || article.status === 'scheduled' ? (live ? 'updating' : 'ready') : article.status
    if (row.first && !live && article.fields.times.firstPublished) {
      articles.changeWith(row.storyId, { fields: { times: { ...article.fields.times, firstPublished: null } }, status }, also)
    } else if (status !== article.status) {
      articles.markStatus(row.storyId, status, also)
    } else {
      store.write('take back', also)
    }
  }

  /** Made a draft again, killed or trashed by hand since it was approved. */
  isTakenBack(storyId: string): boolean {
    const row = this.#options.store.read((db) => getArticleRow(db, storyId))
    return row !== undefined && isTakenBack(row.status)
  }

  /** True when all there is of the story is an approval for the same target that never left: then ours is the first. */
  #replacesFirst(storyId: string, targetId: string): boolean {
    const approved = this.#open(storyId)
    return approved.some((row) => row.first) && approved.every((row) => row.targetId === targetId && !row.maybeSent && row.state !== 'sending') &&
      !this.#options.store.read((db) => isLive(db, storyId))
  }

  /** An update is new copy of a story this desk has approved before; the same copy sent to a second CMS is none. */
  #changedSinceApproval(article: Article): boolean {
    const last = this.#options.store.read((db) => lastApproved(db, article.id))
    return last !== undefined && !this.#sameCopy(article, last.revision)
  }

  #sameCopy(article: Article, revision: number): boolean {
    if (article.revision === revision) return true
    const snapshot = this.#options.store.read((db) => {
      const row = getArticleRow(db, article.id)
      return row && getRevision(db, row.seq, revision)
    })
    return snapshot !== undefined && copyOf(article.fields, article.body) === copyOf(StoryFields.parse(JSON.parse(snapshot.fields)), JSON.parse(snapshot.body))
  }

  #open(storyId: string): OutboxRow[] {
    return this.#options.store.read(listOpenOutbox).filter((row) => row.storyId === storyId)
  }

  #article(id: string): Article | null {
    try {
      return this.#options.articles.get(id)
    } catch (error) {
      if (error instanceof GalleyError) return null
      throw error
    }
  }
}

/** Throws `conflict` for another revision than the one that was looked at, `refused` for what must not go out. */
export function requirePublishable(article: Article, revision: number): void {
  const refused = (message: string, next: string): GalleyError => new GalleyError('refused', message, { next })
  if (article.revision !== revision) {
    throw new GalleyError('conflict', 'The story has changed since you last saw it.', { next: 'Look at it again, then publish.', detail: { revision: article.revision, asked: revision } })
  }
  if (article.status === 'killed') throw refused('This story was killed and cannot be published.', 'Make it a draft again first.')
  if (article.status === 'trashed') throw refused('This story is in the trash.', 'Take it out of the trash first.')
  if (article.fields.headline.trim() === '') throw refused('A story needs a headline before it is published.', 'Write the headline, then publish.')
  if (bodyToText(article.body).trim() === '') throw refused('A story needs a body before it is published.', 'Write the body, then publish.')
}

/** What readers get: not the desk's notes, nor the times and address that publishing itself sets. */
function copyOf({ times: _times, editorsNote: _note, slug: _slug, ...fields }: StoryFields, body: unknown): string {
  return canonicalJson({ fields, body })
}
