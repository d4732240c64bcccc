import type { Article } from '../../../shared/article/article.ts'
import { statusAfterEdit, type Status } from '../../../shared/article/status.ts'
import type { FieldsPatch, StoryFields, StorySummary } from '../../../shared/article/story.ts'
import type { BlockId, StoredBody } from '../../../shared/document/document.ts'
import { BlockSequence, type BodyPatch } from '../../../shared/document/patch.ts'
import { blockToText } from '../../../shared/document/to-text.ts'
import { countWords } from '../../../shared/lib/words.ts'

/** What a change may touch. `status` absent: what the edit itself does to it. */
export interface ArticleChange {
  readonly fields?: FieldsPatch
  readonly patch?: BodyPatch
  readonly status?: Status
}

/**
 * A story held open between saves, so that a save costs what the change costs. Holds what is on disk and nothing else:
 * if a write fails the story is dropped and read again.
 */
export class OpenArticle {
  readonly seq: number
  readonly id: string
  revision: number
  status: Status
  fields: StoryFields
  changedAt: string
  /** The row of the list as it was last written; null while that is not known. */
  listed: StorySummary | null = null
  readonly #body: BlockSequence
  readonly #words = new Map<BlockId, number>()
  #wordTotal = 0

  constructor(seq: number, article: Article) {
    this.seq = seq
    this.id = article.id
    this.revision = article.revision
    this.status = article.status
    this.fields = article.fields
    this.changedAt = article.changedAt
    this.#body = new BlockSequence(article.body)
    for (const block of article.body.blocks) this.#count(block.id, countWords(blockToText(block)))
  }

  get words(): number {
    return this.#wordTotal
  }

  /** Throws `conflict` and changes nothing when the patch does not fit. */
  apply(change: ArticleChange, savedAt: string): void {
    if (change.patch) {
      this.#body.apply(change.patch)
      for (const operation of change.patch) {
        if (operation.op === 'remove') this.#count(operation.id, 0)
        else if (operation.op !== 'move') this.#count(operation.block.id, countWords(blockToText(operation.block)))
      }
    }
    if (change.fields) this.fields = merge(this.fields, change.fields)
    this.status = change.status ?? (change.fields || change.patch ? statusAfterEdit(this.status) : this.status)
    this.revision += 1
    this.changedAt = savedAt
  }

  body(): StoredBody {
    return this.#body.toBody()
  }

  toArticle(): Article {
    return { id: this.id, revision: this.revision, status: this.status, fields: this.fields, body: this.body(), changedAt: this.changedAt }
  }

  toSummary(): StorySummary {
    return summaryOf(this, this.#wordTotal)
  }

  #count(id: BlockId, words: number): void {
    this.#wordTotal += words - (this.#words.get(id) ?? 0)
    if (words === 0) this.#words.delete(id)
    else this.#words.set(id, words)
  }
}

export function summaryOf(article: Omit<Article, 'body'>, words: number): StorySummary {
  const { fields } = article
  return {
    id: article.id, headline: fields.headline, slugline: fields.slugline, section: fields.section, byline: fields.byline, language: fields.language,
    direction: fields.direction, status: article.status, words, leadMediaId: fields.leadImage?.mediaId ?? null, createdAt: fields.times.created.utc,
    changedAt: article.changedAt, releaseAt: fields.times.release?.at.utc ?? null, revision: article.revision
  }
}

/** A field that was not sent stays; one sent as undefined was not sent. */
function merge(fields: StoryFields, patch: FieldsPatch): StoryFields {
  const sent = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  return { ...fields, ...sent }
}
