import type { Article } from '../../../shared/article/article.ts'
import { StoryFields } from '../../../shared/article/story.ts'
import type { RevisionInfo } from '../../../shared/contract/revisions.ts'
import { upgradeBody } from '../../../shared/document/upgrade.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { getArticleRow } from '../store/articles.ts'
import { getRevision, listRevisions } from '../store/contents.ts'
import type { Store } from '../store/store.ts'
import type { ArticlesService } from './articles.ts'

/** The history of a story: snapshots that are never changed. */
export class RevisionsService {
  readonly #store: Store
  readonly #articles: ArticlesService

  constructor(store: Store, articles: ArticlesService) {
    this.#store = store
    this.#articles = articles
  }

  list(articleId: string): RevisionInfo[] {
    return this.#store.read((db) => listRevisions(db, this.#seq(articleId), articleId))
  }

  get(articleId: string, revision: number): Article {
    const stored = this.#store.read((db) => getRevision(db, this.#seq(articleId), revision))
    if (!stored) throw new GalleyError('not_found', 'There is no such version in this story’s history.', { detail: { articleId, revision } })
    return {
      id: articleId, revision, status: stored.status, fields: StoryFields.parse(JSON.parse(stored.fields)), body: upgradeBody(JSON.parse(stored.body)), changedAt: stored.savedAt
    }
  }

  restore(articleId: string, revision: number, by: string): Article {
    const { fields, body } = this.get(articleId, revision)
    return this.#articles.replace(articleId, fields, body, by)
  }

  #seq(articleId: string): number {
    const row = this.#store.read((db) => getArticleRow(db, articleId))
    if (!row) throw new GalleyError('not_found', 'There is no such story in this library.', { detail: { id: articleId } })
    return row.seq
  }
}
