import type { RevisionReason } from '../../../shared/contract/revisions.ts'
import { wordsOfBody } from '../../../shared/document/to-text.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import type { Story } from '../../../shared/story/story.ts'
import {
  clearJournal,
  deleteRevisions,
  getContentHead,
  hasRevision,
  lastChangeId,
  listRevisions,
  putContent,
  putRevision,
  type StoredRevision
} from '../store/contents.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import type { OpenStories } from './open-stories.ts'
import type { OpenStory } from './open-story.ts'
import { storedText } from './stored-story.ts'
import { thin } from './thinning.ts'

/** Milliseconds without typing after which a story comes to rest and its journal is folded in. */
const PAUSE = 20_000
/** Pauses keep a version in the history at most this often, in milliseconds per started 100 kB of body. */
const VERSION_EVERY = 2 * 60_000

export interface RestingOptions {
  readonly store: Store
  readonly clock: Clock
  /** Who is at the desk; an empty name means unknown. */
  readonly desk: () => { readonly person?: string }
  /** Name of this machine. */
  readonly machine?: string
}

/** Brings stories to rest: their journal is folded into the stored content, and the history keeps a version. */
export class Resting {
  readonly #options: RestingOptions
  readonly #open: OpenStories
  /** When a pause last made a version of a story. */
  readonly #lastVersion = new Map<string, number>()
  readonly #pauses = new Map<string, () => void>()

  constructor(options: RestingOptions, open: OpenStories) {
    this.#options = options
    this.#open = open
  }

  /** Called after each save: the story comes to rest once nobody types any more. */
  startPause(id: string, wait = PAUSE): void {
    this.#pauses.get(id)?.()
    this.#pauses.set(
      id,
      this.#options.clock.after(wait, () => {
        this.#pauses.delete(id)
        const open = this.#open.held(id)
        if (!open) return
        try {
          const left = this.fold(open, 'pause')
          if (left > 0) this.startPause(id, left)
        } catch {
          // Every word is in the journal: the next pause, or closing, folds it in.
        }
      })
    )
  }

  /**
   * `pause`: all that happened is that nobody typed, so a version is kept only now and then. Returns in how many
   * milliseconds the next version is due; 0 if the current state has one.
   */
  fold(open: OpenStory, reason: RevisionReason | 'pause'): number {
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
      putRevision(db, open.seq, {
        ...this.#head(story, reason === 'pause' ? 'settled' : reason),
        words: open.words,
        ...text
      })
      deleteRevisions(db, open.seq, thin(listRevisions(db, open.seq, open.id), clock.now()))
    }
    if (this.#open.rows.areBehind(open.id)) this.#open.rows.write('settle', open, settle)
    else store.write('settle', settle)
    if (keep) this.#lastVersion.set(open.id, clock.now())
    return left
  }

  /** Forgets a story that was deleted. */
  forget(id: string): void {
    this.#lastVersion.delete(id)
    this.#pauses.get(id)?.()
    this.#pauses.delete(id)
  }

  /** Settles every open story; on closing the library. */
  all(): void {
    for (const cancel of this.#pauses.values()) cancel()
    this.#pauses.clear()
    for (const open of this.#open.all()) this.fold(open, 'settled')
  }

  /** The history entry for a story as it is now. */
  version(story: Story, reason: RevisionReason): StoredRevision {
    return { ...this.#head(story, reason), words: wordsOfBody(story.body), ...storedText(story) }
  }

  /** What a version says about a story, without what takes reading all of its text. */
  #head(story: Story, reason: RevisionReason): Omit<StoredRevision, 'words' | 'fields' | 'body'> {
    const { desk, machine = null } = this.#options
    return {
      revision: story.revision,
      reason,
      savedAt: story.changedAt,
      status: story.status,
      headline: story.fields.headline,
      person: desk().person || null,
      machine
    }
  }
}
