import type { RevisionReason } from '../../../shared/contract/revisions.ts'
import type { Saved } from '../../../shared/contract/stories.ts'
import { emptyBody, type StoredBody } from '../../../shared/document/document.ts'
import type { BodyPatch } from '../../../shared/document/patch.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { emptyFields, StoryFields, type FieldsPatch, type StorySummary } from '../../../shared/story/fields.ts'
import { instantAt, laterOf } from '../../../shared/story/instant.ts'
import { mayChangeStatus, statusAfterEdit, type Status } from '../../../shared/story/status.ts'
import type { Copy } from '../../../shared/story/merge.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { UndoHeights, UndoSteps } from '../../../shared/story/undo.ts'
import { say } from '../../../shared/words/message.ts'
import type { Events } from '../events.ts'
import { clearJournal, putContent, putRevision, type StoredRevision } from '../store/contents.ts'
import { getIntakeSource, putIntakeSource, type IntakeSource } from '../store/intake-sources.ts'
import type { WritableDb } from '../store/sql.ts'
import { withSites } from '../store/receipts.ts'
import { eraseStory, getStoryRow, insertStoryRow, toSummary } from '../store/stories.ts'
import type { Store } from '../store/store.ts'
import { forgetUndo } from '../store/undo-steps.ts'
import type { ListRows } from './list-rows.ts'
import { putMerged } from './merged.ts'
import { OpenStories } from './open-stories.ts'
import { OpenStory, type StoryChange } from './open-story.ts'
import { Resting } from './resting.ts'
import { StorySaves, type Base, type Decide } from './saves.ts'
import { storedText } from './stored-story.ts'
import { heightsOf, stepsOf } from './undo.ts'

export interface StoriesOptions {
  readonly store: Store
  readonly clock: Clock
  readonly events: Events
  /** Zone and language for new stories, and who is at the desk; an empty name means unknown. */
  readonly desk: () => { readonly zone: string; readonly language: string; readonly person?: string }
  /** This machine's name, for versions in the history. */
  readonly machine?: string
}

export interface NewStory {
  readonly id?: string | undefined
  readonly fields?: FieldsPatch | undefined
  readonly body?: StoredBody | undefined
  readonly reason?: RevisionReason
  /** The raw page the story was made from. */
  readonly raw?: IntakeSource
}

/** Creates, opens, patches, settles and deletes stories. The only way to write them. */
export class StoriesService {
  /** The rows of the library list, and which of them are behind. */
  readonly rows: ListRows
  readonly #options: StoriesOptions
  readonly #open: OpenStories
  readonly #resting: Resting
  readonly #saves: StorySaves

  constructor(options: StoriesOptions) {
    this.#options = options
    this.#open = new OpenStories(options.store)
    this.rows = this.#open.rows
    this.#resting = new Resting(options, this.#open)
    const { store, clock } = options
    this.#saves = new StorySaves(
      { store, clock, tell: (summary, by) => this.#tell(summary, by) },
      this.#open,
      this.#resting
    )
  }

  create(news: NewStory, by: string | null = null): Story {
    const { clock, desk } = this.#options
    const { zone, language } = desk()
    const now = clock.now()
    const fields = StoryFields.parse({
      ...emptyFields(instantAt(now, zone, 'clock'), language),
      ...withoutUndefined(news.fields ?? {})
    })
    const story: Story = {
      id: news.id ?? newId(now),
      revision: 1,
      status: 'draft',
      fields,
      body: news.body ?? emptyBody(),
      changedAt: new Date(now).toISOString()
    }
    const summary = this.rows.write('create story', null, (db) => {
      if (getStoryRow(db, story.id))
        throw new GalleyError('conflict', say('stories.idTaken'), { detail: { id: story.id } })
      const draft = new OpenStory(0, story)
      const seq = insertStoryRow(db, draft.toListed())
      const text = storedText(story)
      putContent(db, seq, { revision: 1, ...text, lastChangeId: null })
      putRevision(db, seq, this.#resting.version(story, news.reason ?? 'created'))
      if (news.raw) putIntakeSource(db, seq, news.raw)
      return draft.toSummary()
    })
    this.#tell(summary, by)
    return story
  }

  /** Throws `not_found`, or `damaged` if a checksum fails. */
  get(id: string): Story {
    return this.#open.get(id).toStory()
  }

  /** The same without holding the story open, so that an export of many does not displace those being edited. */
  glance(id: string): Story {
    return this.#open.glance(id).toStory()
  }

  /** The newest saved revision; null if there is no such story. Cheap whether or not the story is held open. */
  revision(id: string): number | null {
    return this.#open.held(id)?.revision ?? this.#options.store.read((db) => getStoryRow(db, id))?.revision ?? null
  }

  summary(id: string): StorySummary {
    const summary = this.rows.areBehind(id) ? this.#open.get(id).toSummary() : toSummary(this.#open.row(id))
    return this.#withSites(summary)
  }

  /** The raw page the story was made from; null if there was none. */
  source(id: string): IntakeSource | null {
    const { seq } = this.#open.row(id)
    return this.#options.store.read((db) => getIntakeSource(db, seq))
  }

  /** How many steps can be undone and redone at the current revision; reads no step. */
  undoHeights(id: string): UndoHeights {
    const { seq, revision } = this.#open.get(id)
    return this.#options.store.read((db) => heightsOf(db, seq, revision))
  }

  undoSteps(id: string): UndoSteps {
    const { seq, revision } = this.#open.get(id)
    return this.#options.store.read((db) => stepsOf(db, seq, revision))
  }

  patchBody(base: Base, patch: BodyPatch): Saved {
    return this.#saves.change(base, 'body', { patch })
  }

  patchFields(base: Base, fields: FieldsPatch): Saved {
    return this.#saves.change(base, 'fields', { fields })
  }

  /** Sets a status a person chose; refuses those only publishing may set. */
  setStatus(base: Base, status: Status): Saved {
    const { status: from } = this.#open.get(base.id)
    if (!mayChangeStatus(from, status)) {
      throw new GalleyError('refused', say('stories.statusByHand', { from, to: status }), {
        detail: { from, to: status }
      })
    }
    return this.#saves.change(base, 'status', { status })
  }

  /**
   * Saves a change made by the core itself (publishing, restoring) with other writes in one transaction. `also` runs
   * after the change and gets the resulting story; if it throws, nothing has happened.
   */
  changeWith<T>(id: string, change: StoryChange, also: (db: WritableDb, story: Story, seq: number) => T): T {
    const open = this.#open.get(id)
    return this.#saves.commit(
      open,
      newId(),
      change.patch ? 'body' : change.fields ? 'fields' : 'status',
      change,
      null,
      (db) => also(db, open.toStory(), open.seq)
    ).also
  }

  /**
   * Sets the status a CMS's receipt implies, with other writes in one transaction. It makes no new revision: the copy
   * is the same, so nobody who is typing gets a conflict.
   */
  markStatus<T>(id: string, status: Status, also: (db: WritableDb) => T): T {
    const open = this.#open.get(id)
    try {
      open.status = status
      const result = this.rows.write('mark status', open, also)
      this.#tell(open.toSummary(), null)
      return result
    } catch (error) {
      this.#open.drop(open.id)
      throw error
    }
  }

  /**
   * Replaces the content, keeping both old and new as versions. The times stay: when the story was first published is
   * not part of its copy, and an embargo must not change along with an older text.
   */
  replace(
    id: string,
    fields: StoryFields,
    body: StoredBody,
    by: string | null,
    reasons: { readonly before: RevisionReason; readonly after: RevisionReason } = {
      before: 'before-restore',
      after: 'restored'
    }
  ): Story {
    const open = this.#open.get(id)
    const before = open.toStory()
    const savedAt = this.#now()
    const after = new OpenStory(open.seq, {
      ...before,
      status: statusAfterEdit(before.status),
      fields: { ...fields, times: before.fields.times },
      body,
      revision: before.revision + 1,
      changedAt: savedAt
    })
    this.rows.write('restore', after, (db) => {
      putRevision(db, open.seq, { ...this.#resting.version(before, reasons.before), savedAt })
      putContent(db, open.seq, { revision: after.revision, ...storedText(after.toStory()), lastChangeId: null })
      clearJournal(db, open.seq, after.revision)
      forgetUndo(db, open.seq)
      putRevision(db, open.seq, this.#resting.version(after.toStory(), reasons.after))
    })
    this.#open.keep(after)
    this.#tell(after.toSummary(), by)
    return after.toStory()
  }

  /** Stores the result of merging the story with what a CMS shows. Both are kept as versions, and it can be undone. */
  merge(id: string, theirs: Copy, made: Copy): Story {
    const after = putMerged(this.#open, this.#resting, this.#open.get(id), { theirs, made, savedAt: this.#now() })
    this.#tell(after.toSummary(), null)
    return after.toStory()
  }

  /**
   * Updates a story to newer copy. What the copy does not include stays: the desk's own headlines, slug and notes, and
   * the lead picture, of which copy only has the words. An embargo in the copy applies if it ends later.
   */
  update(id: string, copy: FieldsPatch, body: StoredBody, by: string | null): Story {
    const { fields, body: present, revision } = this.get(id)
    const told = Object.fromEntries(
      Object.entries(withoutUndefined(copy)).filter(([name, value]) => name !== 'times' && !isEmpty(value))
    ) as Partial<StoryFields>
    const lead = fields.leadImage?.mediaId ? fields.leadImage : (copy.leadImage ?? fields.leadImage)
    // Saved before the copy itself, so that the copy is never there without its embargo, whatever happens in between.
    const embargo = laterOf(fields.times.embargo, copy.times?.embargo ?? null)
    if (embargo !== fields.times.embargo) {
      const base = { id, baseRevision: revision, changeId: newId(), by }
      this.patchFields(base, { times: { ...fields.times, embargo } })
    }
    return this.replace(id, { ...fields, ...told, leadImage: lead }, body.blocks.length > 0 ? body : present, by, {
      before: 'settled',
      after: 'intake'
    })
  }

  /** `headline`: the duplicate's headline; by default the original's. */
  duplicate(id: string, by: string | null, headline?: string): Story {
    const { fields, body } = this.get(id)
    const { planned: _planned, ...times } = fields.times
    const created = instantAt(this.#options.clock.now(), this.#options.desk().zone, 'clock')
    return this.create(
      {
        fields: {
          ...fields,
          headline: headline ?? fields.headline,
          slug: '',
          times: { ...times, created, firstPublished: null, lastUpdated: null }
        },
        body
      },
      by
    )
  }

  trash(ids: readonly string[], by: string | null): void {
    for (const id of ids) {
      const open = this.#open.get(id)
      if (open.status === 'trashed') continue
      if (!mayChangeStatus(open.status, 'trashed')) {
        throw new GalleyError('refused', say('stories.cannotTrash'), {
          detail: { id }
        })
      }
      this.#saves.change({ id, baseRevision: open.revision, changeId: newId(), by }, 'status', { status: 'trashed' })
    }
  }

  /**
   * Changes several stories in one transaction. `decide` returns the change for each, or null for none, and may throw a
   * GalleyError, which leaves that story out. If the disk refuses, none is changed. `enough` is checked after each;
   * `taken` is how many were looked at.
   */
  changeTogether(
    ids: readonly string[],
    decide: Decide,
    by: string | null,
    enough: () => boolean
  ): ReturnType<StorySaves['together']> {
    return this.#saves.together(ids, decide, by, enough)
  }

  /**
   * Deletes stories from the library for good, with their history and the pages they were made from: they remain only
   * in backups and, as far as they were sent, in the outbox. The caller checks that they may be deleted.
   */
  erase(ids: readonly string[]): void {
    const rows = ids.map((id) => this.#open.row(id))
    this.rows.inStep('erase', (db) => {
      for (const { seq, id } of rows) eraseStory(db, seq, id, this.#now())
    })
    for (const id of ids) {
      this.#open.drop(id)
      this.#resting.forget(id)
    }
  }

  /** Folds the journal into the stored content and keeps a version in the history. */
  settle(id: string, reason: RevisionReason = 'settled'): Saved {
    const open = this.#open.get(id)
    this.#resting.fold(open, reason)
    return { revision: open.revision, savedAt: open.changedAt, status: open.status }
  }

  /** Rereads a story that was changed on disk without this service, by a repair after damage. */
  reload(id: string, by: string | null): Story {
    this.#open.drop(id)
    const open = this.#open.get(id)
    this.rows.write('reload', open, () => undefined)
    this.#tell(open.toSummary(), by)
    return open.toStory()
  }

  /** Settles every open story; on closing the library. */
  settleAll(): void {
    this.rows.catchUp()
    this.#resting.all()
    this.#open.clear()
  }

  /** The history entry for a story as it is now. */
  version(story: Story, reason: RevisionReason): StoredRevision {
    return this.#resting.version(story, reason)
  }

  /** Tells the windows what became of the story on its sites, where nothing of the story itself was written. */
  tellSites(id: string): void {
    if (this.#options.store.read((db) => getStoryRow(db, id))) this.#tell(this.summary(id), null)
  }

  #tell(summary: StorySummary, by: string | null): void {
    this.#options.events.emit('storyChanged', { summary: this.#withSites(summary), by })
  }

  #withSites(summary: StorySummary): StorySummary {
    return this.#options.store.read((db) => withSites(db, [summary])[0] ?? summary)
  }

  #now(): string {
    return new Date(this.#options.clock.now()).toISOString()
  }
}

function withoutUndefined(fields: FieldsPatch): FieldsPatch {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0)
}
