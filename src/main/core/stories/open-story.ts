import type { Story } from '../../../shared/story/story.ts'
import { statusAfterEdit, type Status } from '../../../shared/story/status.ts'
import type { FieldsPatch, StoryFields, StorySummary } from '../../../shared/story/fields.ts'
import type { BlockId, StoredBody } from '../../../shared/document/document.ts'
import { BlockSequence, type BodyPatch } from '../../../shared/document/patch.ts'
import { authorNames } from '../../../shared/intake/author-names.ts'
import type { ListedStory } from '../store/stories.ts'
import { wordsOfBlock } from '../../../shared/document/to-text.ts'
import { sameJson } from '../../../shared/lib/same-json.ts'

/** What a change may touch. Without `status`, the edit itself determines it. */
export interface StoryChange {
  readonly fields?: FieldsPatch
  readonly patch?: BodyPatch
  readonly status?: Status
}

/**
 * A story held open between saves, so that a save costs no more than the change. It holds exactly what is on disk: if a
 * write fails, the story is dropped and read again.
 */
export class OpenStory {
  readonly seq: number
  readonly id: string
  revision: number
  status: Status
  fields: StoryFields
  changedAt: string
  /** The list row as last written; null while that is unknown. */
  listed: ListedStory | null = null
  readonly #body: BlockSequence
  readonly #words = new Map<BlockId, number>()
  #wordTotal = 0
  #authors: { readonly of: unknown; readonly byline: string; readonly names: string } | null = null

  constructor(seq: number, story: Story) {
    this.seq = seq
    this.id = story.id
    this.revision = story.revision
    this.status = story.status
    this.fields = story.fields
    this.changedAt = story.changedAt
    this.#body = new BlockSequence(story.body)
    for (const block of story.body.blocks) this.#count(block.id, wordsOfBlock(block))
  }

  get words(): number {
    return this.#wordTotal
  }

  /** Throws `conflict` and changes nothing if the patch does not fit. */
  apply(change: StoryChange, savedAt: string): void {
    if (change.patch) {
      this.#body.apply(change.patch)
      for (const operation of change.patch) {
        if (operation.op === 'remove') this.#count(operation.id, 0)
        else if (operation.op !== 'move') this.#count(operation.block.id, wordsOfBlock(operation.block))
      }
    }
    const isUnseen = this.status === 'published' && !change.patch && isForDesk(change.fields ?? {}, this.fields)
    if (change.fields) this.fields = merge(this.fields, change.fields)
    this.status =
      change.status ?? ((change.fields || change.patch) && !isUnseen ? statusAfterEdit(this.status) : this.status)
    this.revision += 1
    this.changedAt = savedAt
  }

  body(): StoredBody {
    return this.#body.toBody()
  }

  toStory(): Story {
    return {
      id: this.id,
      revision: this.revision,
      status: this.status,
      fields: this.fields,
      body: this.body(),
      changedAt: this.changedAt
    }
  }

  toSummary(): StorySummary {
    return summaryOf(this, this.#wordTotal)
  }

  toListed(): ListedStory {
    return { ...this.toSummary(), authors: this.#authorsNow() }
  }

  /** Recomputed only if authors or byline changed, because every save while typing asks for it. */
  #authorsNow(): string {
    const { authors, byline } = this.fields
    if (this.#authors?.of !== authors || this.#authors.byline !== byline)
      this.#authors = { of: authors, byline, names: JSON.stringify(authorNames(this.fields)) }
    return this.#authors.names
  }

  #count(id: BlockId, words: number): void {
    this.#wordTotal += words - (this.#words.get(id) ?? 0)
    if (words === 0) this.#words.delete(id)
    else this.#words.set(id, words)
  }
}

export function summaryOf(story: Omit<Story, 'body'>, words: number): StorySummary {
  const { fields } = story
  return {
    id: story.id,
    headline: fields.headline,
    slugline: fields.slugline,
    section: fields.section,
    byline: fields.byline,
    language: fields.language,
    direction: fields.direction,
    status: story.status,
    words,
    leadMediaId: fields.leadImage?.mediaId ?? null,
    createdAt: fields.times.created.utc,
    changedAt: story.changedAt,
    releaseAt: fields.times.embargo?.utc ?? null,
    revision: story.revision
  }
}

/** Fields that were not sent, or were sent as undefined, stay as they are. */
function merge(fields: StoryFields, patch: FieldsPatch): StoryFields {
  const sent = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  return { ...fields, ...sent }
}

/** True for the desk's own note and the embargo: changing them gives readers of a live story nothing new. */
function isForDesk(changed: FieldsPatch, { times }: StoryFields): boolean {
  return Object.entries(changed).every(
    ([name, value]) =>
      name === 'editorsNote' ||
      (name === 'times' && sameJson({ ...(value as StoryFields['times']), embargo: null }, { ...times, embargo: null }))
  )
}
