import type { Story } from '../../../shared/story/story.ts'
import { instantAt, laterOf } from '../../../shared/story/instant.ts'
import { mayChangeStatus, statusAfterEdit, type Status } from '../../../shared/story/status.ts'
import { emptyFields, StoryFields, type FieldsPatch, type StorySummary } from '../../../shared/story/fields.ts'
import { toStoredFields, upgradeFields, upgradeFieldsPatch } from '../../../shared/story/upgrade.ts'
import type { Saved } from '../../../shared/contract/stories.ts'
import type { RevisionReason } from '../../../shared/contract/revisions.ts'
import { emptyBody, type StoredBody } from '../../../shared/document/document.ts'
import { upgradeBody } from '../../../shared/document/upgrade.ts'
import { wordsOfBody } from '../../../shared/document/to-text.ts'
import type { BodyPatch } from '../../../shared/document/patch.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Events } from '../events.ts'
import { eraseStory, getStoryRow, insertStoryRow, toListed, toSummary, type StoryRow } from '../store/stories.ts'
import {
  appendJournal,
  clearJournal,
  deleteRevisions,
  findChange,
  getContent,
  getContentHead,
  hasRevision,
  lastChangeId,
  listRevisions,
  putContent,
  putRevision,
  readJournal,
  type JournalEntry,
  type StoredRevision
} from '../store/contents.ts'
import { getIntakeSource, putIntakeSource, type IntakeSource } from '../store/intake-sources.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { ListRows, mayFollow } from './list-rows.ts'
import { OpenStory, type StoryChange } from './open-story.ts'
import { thin } from './thinning.ts'
import { forgetUndo } from '../store/undo-steps.ts'
import type { UndoChange, UndoHeights, UndoStep, UndoSteps } from '../../../shared/story/undo.ts'
import { heightsOf, keepUndo, stepBack, stepsOf } from './undo.ts'
import { say } from '../../../shared/words/message.ts'

/** Stories held open at once; the least recently used goes first. */
const OPEN_LIMIT = 8
/** A journal longer than this is folded without waiting for the story to come to rest. */
const JOURNAL_LIMIT = 2000
/** A story that nobody typed in for this long rests: what was typed is folded in. In milliseconds. */
const PAUSE = 20_000
/** Pauses make a version for the history at most this often, in milliseconds: for each started 100 kB of a body. */
const VERSION_EVERY = 2 * 60_000

export interface StoriesOptions {
  readonly store: Store
  readonly clock: Clock
  readonly events: Events
  /** Zone and language of new stories, and who is at the desk; an empty name is nobody known. */
  readonly desk: () => { readonly zone: string; readonly language: string; readonly person?: string }
  /** Name of this machine, for versions of the history. */
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

/** What a write is made on and who makes it. */
export interface Base {
  readonly id: string
  readonly baseRevision: number
  readonly changeId: string
  readonly by?: string | null
  /** What the change does to the story's way back; without it the past ends here. */
  readonly undo?: UndoChange | undefined
}

/**
 * Stories: made, opened, changed by patches, settled. The only place that writes them. A save appends to the journal
 * and to nothing else as long as the row of the list may follow later.
 */
export class StoriesService {
  /** The rows of the library list, and which of them are behind. */
  readonly rows: ListRows
  readonly #options: StoriesOptions
  readonly #open = new Map<string, OpenStory>()
  /** When a pause last made a version of a story. */
  readonly #lastVersion = new Map<string, number>()
  readonly #pauses = new Map<string, () => void>()

  constructor(options: StoriesOptions) {
    this.#options = options
    this.rows = new ListRows(options.store, (id) => this.#open.get(id) ?? this.#load(id))
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
      putRevision(db, seq, this.version(story, news.reason ?? 'created'))
      if (news.raw) putIntakeSource(db, seq, news.raw)
      return draft.toSummary()
    })
    this.#tell(summary, by)
    return story
  }

  /** Throws `not_found`, or `damaged` when what is stored is not what was written. */
  get(id: string): Story {
    return this.#opened(id).toStory()
  }

  /** The same for one look, as an export of many takes: what is held open for editing stays open. */
  glance(id: string): Story {
    return (this.#open.get(id) ?? this.#load(id)).toStory()
  }

  /**
   * The newest revision that is saved; null for a story that is not there. Cheap while the story is held open, and
   * while it is not.
   */
  revision(id: string): number | null {
    return this.#open.get(id)?.revision ?? this.#options.store.read((db) => getStoryRow(db, id))?.revision ?? null
  }

  summary(id: string): StorySummary {
    return this.rows.areBehind(id) ? this.#opened(id).toSummary() : toSummary(this.#row(id))
  }

  /** The raw page the story was made from; null when it was made from none. */
  source(id: string): IntakeSource | null {
    const { seq } = this.#row(id)
    return this.#options.store.read((db) => getIntakeSource(db, seq))
  }

  /** How far the story can be undone as it stands; no step is read. */
  undoHeights(id: string): UndoHeights {
    const { seq, revision } = this.#opened(id)
    return this.#options.store.read((db) => heightsOf(db, seq, revision))
  }

  undoSteps(id: string): UndoSteps {
    const { seq, revision } = this.#opened(id)
    return this.#options.store.read((db) => stepsOf(db, seq, revision))
  }

  patchBody(base: Base, patch: BodyPatch): Saved {
    return this.#change(base, 'body', { patch })
  }

  patchFields(base: Base, fields: FieldsPatch): Saved {
    return this.#change(base, 'fields', { fields })
  }

  /** A person's choice; statuses that only publishing reaches are refused. */
  setStatus(base: Base, status: Status): Saved {
    const { status: from } = this.#opened(base.id)
    if (!mayChangeStatus(from, status)) {
      throw new GalleyError('refused', say('stories.statusByHand', { from, to: status }), {
        detail: { from, to: status }
      })
    }
    return this.#change(base, 'status', { status })
  }

  /**
   * A change of the core's own (publishing, restore) together with other writes, in one transaction. `also` runs after
   * the change with the story as it will be; if it throws nothing has happened.
   */
  changeWith<T>(id: string, change: StoryChange, also: (db: WritableDb, story: Story, seq: number) => T): T {
    const open = this.#opened(id)
    return this.#commit(
      open,
      newId(),
      change.patch ? 'body' : change.fields ? 'fields' : 'status',
      change,
      null,
      (db) => also(db, open.toStory(), open.seq)
    ).also
  }

  /**
   * Where a story stands, said by a CMS's receipt, together with other writes in one transaction. It makes no new
   * revision: the copy is the same, so nobody who is typing meets a conflict.
   */
  markStatus<T>(id: string, status: Status, also: (db: WritableDb) => T): T {
    const open = this.#opened(id)
    try {
      open.status = status
      const result = this.rows.write('mark status', open, also)
      this.#tell(open.toSummary(), null)
      return result
    } catch (error) {
      this.#open.delete(open.id)
      throw error
    }
  }

  /**
   * Puts another content in place of what is there, both kept as versions. The times stay: when the story was first
   * published is no part of its copy, and an embargo never goes with an older text.
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
    const open = this.#opened(id)
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
      putRevision(db, open.seq, { ...this.version(before, reasons.before), savedAt })
      putContent(db, open.seq, { revision: after.revision, ...storedText(after.toStory()), lastChangeId: null })
      clearJournal(db, open.seq, after.revision)
      forgetUndo(db, open.seq)
      putRevision(db, open.seq, this.version(after.toStory(), reasons.after))
    })
    this.#keep(after)
    this.#tell(after.toSummary(), by)
    return after.toStory()
  }

  /**
   * Brings a story up to newer copy. What the copy does not tell stays: the desk's own headlines, slug and notes, and the
   * lead picture, of which copy has the words alone. An embargo that comes with the copy holds.
   */
  update(id: string, copy: FieldsPatch, body: StoredBody, by: string | null): Story {
    const { fields, body: present, revision } = this.get(id)
    const told = Object.fromEntries(
      Object.entries(withoutUndefined(copy)).filter(([name, value]) => name !== 'times' && !isEmpty(value))
    ) as Partial<StoryFields>
    const lead = fields.leadImage?.mediaId ? fields.leadImage : (copy.leadImage ?? fields.leadImage)
    // Before the copy itself: whatever happens in between, nothing of it is without its embargo.
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

  /** `headline`: what the copy is called; else what the story is. */
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
      const open = this.#opened(id)
      if (open.status === 'trashed') continue
      if (!mayChangeStatus(open.status, 'trashed')) {
        throw new GalleyError('refused', say('stories.cannotTrash'), {
          detail: { id }
        })
      }
      this.#change({ id, baseRevision: open.revision, changeId: newId(), by }, 'status', { status: 'trashed' })
    }
  }

  /**
   * Changes several stories in one transaction: `decide` answers what of each, null for nothing, and may throw a
   * GalleyError, which leaves that one out. It is of fields or of the status alone. What the disk refuses changes none
   * of them. `enough` is asked after each:
   * `taken` says how many were looked at.
   */
  changeTogether(
    ids: readonly string[],
    decide: (story: OpenStory) => {
      readonly kind: JournalEntry['kind']
      readonly change: Omit<StoryChange, 'patch'>
    } | null,
    by: string | null,
    enough: () => boolean
  ): {
    readonly changed: readonly StorySummary[]
    readonly failed: ReadonlyMap<string, GalleyError>
    readonly taken: number
  } {
    const savedAt = this.#now()
    const failed = new Map<string, GalleyError>()
    let taken = 0
    const made: {
      readonly open: OpenStory
      readonly entry: Omit<JournalEntry, 'revision' | 'savedAt'>
      readonly change: StoryChange
      /** The way back from it. */
      readonly step: UndoStep
    }[] = []
    try {
      for (const id of ids) {
        if (taken > 0 && enough()) break
        taken += 1
        try {
          // What is held open for editing stays open, and nothing else is held for this.
          const open = this.#open.get(id) ?? this.#load(id)
          const decided = decide(open)
          if (!decided) continue
          const { kind, change } = decided
          const step = stepBack(open.fields, change)
          open.apply(change, savedAt)
          made.push({ open, entry: { changeId: newId(), kind, change: storedChange(change) }, change, step })
        } catch (error) {
          if (!(error instanceof GalleyError) || error.code.startsWith('storage')) throw error
          failed.set(id, error)
        }
      }
      if (made.length > 0)
        this.rows.write(
          'save several',
          made.map(({ open }) => open),
          (db) => {
            for (const { open, entry, change, step } of made) {
              appendJournal(db, open.seq, { ...entry, revision: open.revision, savedAt })
              keepUndo(db, open.seq, { from: open.revision - 1, to: open.revision, change, step })
            }
          }
        )
    } catch (error) {
      // What is in memory may be ahead of the disk now: the disk decides.
      for (const { open } of made) this.#open.delete(open.id)
      throw error
    }
    const changed = made.map(({ open }) => open.toSummary())
    for (const summary of changed) {
      this.#tell(summary, by)
      if (this.#open.has(summary.id)) this.#awaitPause(summary.id)
    }
    return { changed, failed, taken }
  }

  /**
   * Deletes stories from the library, with their history and the pages they were made from: nothing of them is left but
   * in backups, and in the outbox what was sent. Whether that may be is the caller's to know.
   */
  erase(ids: readonly string[]): void {
    const rows = ids.map((id) => this.#row(id))
    this.rows.inStep('erase', (db) => {
      for (const { seq, id } of rows) eraseStory(db, seq, id, this.#now())
    })
    for (const id of ids) {
      this.#open.delete(id)
      this.#lastVersion.delete(id)
      this.#pauses.get(id)?.()
      this.#pauses.delete(id)
    }
  }

  /** Folds the journal into the stored content, and keeps a version of it for the history. */
  settle(id: string, reason: RevisionReason = 'settled'): Saved {
    const open = this.#opened(id)
    this.#fold(open, reason)
    return { revision: open.revision, savedAt: open.changedAt, status: open.status }
  }

  /** Reads a story anew that was changed on disk behind this service's back: put right after damage. */
  reload(id: string, by: string | null): Story {
    this.#open.delete(id)
    const open = this.#opened(id)
    this.rows.write('reload', open, () => undefined)
    this.#tell(open.toSummary(), by)
    return open.toStory()
  }

  /** Settles whatever is held open; on closing the library. */
  settleAll(): void {
    this.rows.catchUp()
    for (const cancel of this.#pauses.values()) cancel()
    this.#pauses.clear()
    for (const open of this.#open.values()) this.#fold(open, 'settled')
    this.#open.clear()
  }

  #change(base: Base, kind: JournalEntry['kind'], change: StoryChange): Saved {
    const open = this.#opened(base.id)
    if (base.baseRevision !== open.revision) {
      // The same change sent again has an old base, for the first one raised the revision; only then is it worth a
      // look.
      const repeated = this.#alreadySaved(open, base.changeId)
      if (repeated) return repeated
      throw new GalleyError('conflict', say('stories.changedElsewhere'), {
        detail: { revision: open.revision, baseRevision: base.baseRevision }
      })
    }
    return this.#commit(open, base.changeId, kind, change, base.by ?? null, () => undefined, base.undo).saved
  }

  #commit<T>(
    open: OpenStory,
    changeId: string,
    kind: JournalEntry['kind'],
    change: StoryChange,
    by: string | null,
    also: (db: WritableDb) => T,
    undo?: UndoChange
  ): { saved: Saved; also: T } {
    const savedAt = this.#now()
    const from = open.revision
    try {
      open.apply(change, savedAt)
      const summary = open.toSummary()
      const save = (db: WritableDb): T => {
        appendJournal(db, open.seq, { revision: open.revision, changeId, kind, change: storedChange(change), savedAt })
        keepUndo(db, open.seq, { from, to: open.revision, change, undo })
        return also(db)
      }
      const rowMayWait = mayFollow(open.listed, open.toListed())
      const result = rowMayWait
        ? this.#options.store.write(`save ${kind}`, save)
        : this.rows.write(`save ${kind}`, open, save)
      if (rowMayWait) this.rows.fellBehind(open.id)
      this.#tell(summary, by)
      if (open.revision % JOURNAL_LIMIT === 0) this.#fold(open, 'pause')
      this.#awaitPause(open.id)
      return { saved: { revision: open.revision, savedAt, status: open.status }, also: result }
    } catch (error) {
      // What is in memory may be ahead of the disk now, or behind it: the disk decides.
      this.#open.delete(open.id)
      throw error
    }
  }

  #alreadySaved(open: OpenStory, changeId: string): Saved | undefined {
    return this.#options.store.read((db) => {
      const found = findChange(db, open.seq, changeId)
      return found && { ...found, status: open.status }
    })
  }

  #awaitPause(id: string, wait = PAUSE): void {
    this.#pauses.get(id)?.()
    this.#pauses.set(
      id,
      this.#options.clock.after(wait, () => {
        this.#pauses.delete(id)
        const open = this.#open.get(id)
        if (!open) return
        try {
          const left = this.#fold(open, 'pause')
          if (left > 0) this.#awaitPause(id, left)
        } catch {
          // Every word is in the journal: the next pause, or closing, folds it in.
        }
      })
    )
  }

  /**
   * `pause`: nothing has happened but that nobody typed, so a version is kept only now and then. Returns in how many
   * milliseconds the next is due; 0 when what is there has one.
   */
  #fold(open: OpenStory, reason: RevisionReason | 'pause'): number {
    const { store, clock } = this.#options
    const { stored, hasVersion } = store.read((db) => ({
      stored: getContentHead(db, open.seq),
      hasVersion: hasRevision(db, open.seq, open.revision)
    }))
    const changed = stored.revision !== open.revision
    const story = open.toStory()
    const text = storedText(story)
    const apart = VERSION_EVERY * Math.ceil(text.body.length / 100_000)
    const since = Math.abs(clock.now() - (this.#lastVersion.get(open.id) ?? -Infinity))
    const left = reason === 'pause' && !hasVersion ? Math.max(0, apart - since) : 0
    const keep = reason === 'pause' || reason === 'settled' ? !hasVersion && left === 0 : true
    if (!changed && !keep) return left
    const settle = (db: WritableDb): void => {
      if (changed) {
        putContent(db, open.seq, {
          revision: open.revision,
          ...text,
          lastChangeId: lastChangeId(db, open.seq) ?? stored.lastChangeId
        })
        clearJournal(db, open.seq, open.revision)
      }
      if (!keep) return
      putRevision(db, open.seq, this.version(story, reason === 'pause' ? 'settled' : reason))
      deleteRevisions(db, open.seq, thin(listRevisions(db, open.seq, open.id), clock.now()))
    }
    if (this.rows.areBehind(open.id)) this.rows.write('settle', open, settle)
    else store.write('settle', settle)
    if (keep) this.#lastVersion.set(open.id, clock.now())
    return left
  }

  /** What the history keeps of a story as it is. */
  version(story: Story, reason: RevisionReason): StoredRevision {
    const { desk, machine = null } = this.#options
    return {
      revision: story.revision,
      reason,
      savedAt: story.changedAt,
      status: story.status,
      headline: story.fields.headline,
      words: wordsOfBody(story.body),
      person: desk().person || null,
      machine,
      ...storedText(story)
    }
  }

  #opened(id: string): OpenStory {
    const held = this.#open.get(id)
    if (held) {
      this.#keep(held)
      return held
    }
    const open = this.#load(id)
    this.#keep(open)
    return open
  }

  /** The story as the disk has it. */
  #load(id: string): OpenStory {
    const row = this.#row(id)
    const open = this.#options.store.read((db) => {
      const content = getContent(db, row.seq)
      const story = new OpenStory(row.seq, {
        id,
        revision: content.revision,
        status: row.status,
        fields: upgradeFields(JSON.parse(content.fields)),
        body: upgradeBody(JSON.parse(content.body)),
        changedAt: row.changed_at
      })
      for (const entry of readJournal(db, row.seq)) {
        if (entry.revision <= content.revision) continue
        if (entry.revision !== story.revision + 1) throw missing(story.revision + 1, story.revision)
        story.apply(readChange(entry.change), entry.savedAt)
      }
      story.status = row.status
      story.listed = toListed(row)
      return story
    })
    // The journal may be ahead of the row, never behind it.
    if (open.revision < row.revision) throw missing(row.revision, open.revision)
    if (open.revision > row.revision && !this.#options.store.readOnly) this.rows.fellBehind(id)
    return open
  }

  #row(id: string): StoryRow {
    const row = this.#options.store.read((db) => getStoryRow(db, id))
    if (!row) throw new GalleyError('not_found', say('stories.noSuchStory'), { detail: { id } })
    return row
  }

  #keep(open: OpenStory): void {
    this.#open.delete(open.id)
    this.#open.set(open.id, open)
    for (const id of this.#open.keys()) {
      if (this.#open.size <= OPEN_LIMIT) break
      this.#open.delete(id)
    }
  }

  #tell(summary: StorySummary, by: string | null): void {
    this.#options.events.emit('storyChanged', { summary, by })
  }

  #now(): string {
    return new Date(this.#options.clock.now()).toISOString()
  }
}

/** A change as the journal keeps it: its fields say what version they are of. */
function storedChange(change: StoryChange): string {
  return JSON.stringify({ ...change, ...(change.fields && { fields: toStoredFields(change.fields) }) })
}

function readChange(stored: string): StoryChange {
  const change = JSON.parse(stored) as StoryChange
  return change.fields ? { ...change, fields: upgradeFieldsPatch(change.fields) } : change
}

function missing(expected: number, found: number): GalleyError {
  return new GalleyError('damaged', say('stories.changeMissing'), { detail: { expected, found } })
}

function storedText(story: Pick<Story, 'fields' | 'body'>): { fields: string; body: string } {
  return { fields: JSON.stringify(toStoredFields(story.fields)), body: JSON.stringify(story.body) }
}

function withoutUndefined(fields: FieldsPatch): FieldsPatch {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0)
}
