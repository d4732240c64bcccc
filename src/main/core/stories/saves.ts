import type { Saved } from '../../../shared/contract/stories.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import type { UndoChange, UndoStep } from '../../../shared/story/undo.ts'
import { say } from '../../../shared/words/message.ts'
import { appendJournal, findChange, type JournalEntry } from '../store/contents.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { mayFollow } from './list-rows.ts'
import type { OpenStories } from './open-stories.ts'
import type { OpenStory, StoryChange } from './open-story.ts'
import type { Resting } from './resting.ts'
import { storedChange } from './stored-story.ts'
import { keepUndo, stepBack } from './undo.ts'

/** A journal longer than this is folded without waiting for the story to come to rest. */
const JOURNAL_LIMIT = 2000

/** What a write is based on, and who makes it. */
export interface Base {
  readonly id: string
  readonly baseRevision: number
  readonly changeId: string
  readonly by?: string | null
  /** What the change does to the story's undo steps; without it they are discarded. */
  readonly undo?: UndoChange | undefined
}

/** Decides what to change in one of several stories: its fields or its status, or null for nothing. */
export type Decide = (
  story: OpenStory
) => { readonly kind: JournalEntry['kind']; readonly change: Omit<StoryChange, 'patch'> } | null

export interface SavesOptions {
  readonly store: Store
  readonly clock: Clock
  readonly tell: (summary: StorySummary, by: string | null) => void
}

/** Writes changes of stories to disk. A save only appends to the journal as long as the list row may follow later. */
export class StorySaves {
  readonly #options: SavesOptions
  readonly #open: OpenStories
  readonly #resting: Resting

  constructor(options: SavesOptions, open: OpenStories, resting: Resting) {
    this.#options = options
    this.#open = open
    this.#resting = resting
  }

  /**
   * Throws `conflict` if the base is not the current revision. A change sent again returns what it returned the first
   * time.
   */
  change(base: Base, kind: JournalEntry['kind'], change: StoryChange): Saved {
    const open = this.#open.get(base.id)
    if (base.baseRevision !== open.revision) {
      // A repeated change has an old base, because the first one raised the revision; so it is only looked up here.
      const repeated = this.#alreadySaved(open, base.changeId)
      if (repeated) return repeated
      throw new GalleyError('conflict', say('stories.changedElsewhere'), {
        detail: { revision: open.revision, baseRevision: base.baseRevision }
      })
    }
    return this.commit(open, base.changeId, kind, change, base.by ?? null, () => undefined, base.undo).saved
  }

  /** Saves a change with other writes in one transaction; if one throws, nothing has happened. */
  commit<T>(
    open: OpenStory,
    changeId: string,
    kind: JournalEntry['kind'],
    change: StoryChange,
    by: string | null,
    also: (db: WritableDb) => T,
    undo?: UndoChange
  ): { saved: Saved; also: T } {
    const { store, clock, tell } = this.#options
    const savedAt = new Date(clock.now()).toISOString()
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
      const result = rowMayWait ? store.write(`save ${kind}`, save) : this.#open.rows.write(`save ${kind}`, open, save)
      if (rowMayWait) this.#open.rows.fellBehind(open.id)
      tell(summary, by)
      if (open.revision % JOURNAL_LIMIT === 0) this.#resting.fold(open, 'pause')
      this.#resting.startPause(open.id)
      return { saved: { revision: open.revision, savedAt, status: open.status }, also: result }
    } catch (error) {
      this.#open.drop(open.id)
      throw error
    }
  }

  /**
   * Changes several stories in one transaction. `decide` returns the change for each, or null for none, and may throw a
   * GalleyError, which leaves that story out. If the disk refuses, none is changed. `enough` is checked after each;
   * `taken` is how many were looked at.
   */
  together(
    ids: readonly string[],
    decide: Decide,
    by: string | null,
    enough: () => boolean
  ): {
    readonly changed: readonly StorySummary[]
    readonly failed: ReadonlyMap<string, GalleyError>
    readonly taken: number
  } {
    const { clock, tell } = this.#options
    const savedAt = new Date(clock.now()).toISOString()
    const failed = new Map<string, GalleyError>()
    let taken = 0
    const made: {
      readonly open: OpenStory
      readonly entry: Omit<JournalEntry, 'revision' | 'savedAt'>
      readonly change: StoryChange
      /** The undo step that reverts it. */
      readonly step: UndoStep
    }[] = []
    try {
      for (const id of ids) {
        if (taken > 0 && enough()) break
        taken += 1
        try {
          const open = this.#open.glance(id)
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
        this.#open.rows.write(
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
      for (const { open } of made) this.#open.drop(open.id)
      throw error
    }
    const changed = made.map(({ open }) => open.toSummary())
    for (const summary of changed) {
      tell(summary, by)
      if (this.#open.held(summary.id)) this.#resting.startPause(summary.id)
    }
    return { changed, failed, taken }
  }

  #alreadySaved(open: OpenStory, changeId: string): Saved | undefined {
    return this.#options.store.read((db) => {
      const found = findChange(db, open.seq, changeId)
      return found && { ...found, status: open.status }
    })
  }
}
