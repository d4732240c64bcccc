import { upgradeBody } from '../../../shared/document/upgrade.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import { say } from '../../../shared/words/message.ts'
import { getContent, readJournal } from '../store/contents.ts'
import { getStoryRow, toListed, type StoryRow } from '../store/stories.ts'
import type { Store } from '../store/store.ts'
import { ListRows } from './list-rows.ts'
import { OpenStory } from './open-story.ts'
import { missing, readChange } from './stored-story.ts'

/** How many stories are held open at once; the least recently used is dropped first. */
const OPEN_LIMIT = 8

/** The stories held open between saves, and how a story is read from disk. */
export class OpenStories {
  /** The rows of the library list, and which of them are behind. */
  readonly rows: ListRows
  readonly #store: Store
  readonly #held = new Map<string, OpenStory>()

  constructor(store: Store) {
    this.#store = store
    this.rows = new ListRows(store, (id) => this.glance(id))
  }

  /** The story if it is held open already. */
  held(id: string): OpenStory | undefined {
    return this.#held.get(id)
  }

  all(): Iterable<OpenStory> {
    return this.#held.values()
  }

  /** Returns the story and holds it open from now on. Throws `not_found`, or `damaged` if a checksum fails. */
  get(id: string): OpenStory {
    const held = this.#held.get(id)
    if (held) {
      this.keep(held)
      return held
    }
    const open = this.#load(id)
    this.keep(open)
    return open
  }

  /** Reads the story once without holding it open or displacing one that is being edited. */
  glance(id: string): OpenStory {
    return this.#held.get(id) ?? this.#load(id)
  }

  /** Drops a story whose copy in memory may differ from the disk: what is on disk counts. */
  drop(id: string): void {
    this.#held.delete(id)
  }

  clear(): void {
    this.#held.clear()
  }

  /** Throws `not_found`. */
  row(id: string): StoryRow {
    const row = this.#store.read((db) => getStoryRow(db, id))
    if (!row) throw new GalleyError('not_found', say('stories.noSuchStory'), { detail: { id } })
    return row
  }

  /** Marks a story as most recently used, and drops the least recently used if there are too many. */
  keep(open: OpenStory): void {
    this.#held.delete(open.id)
    this.#held.set(open.id, open)
    for (const id of this.#held.keys()) {
      if (this.#held.size <= OPEN_LIMIT) break
      this.#held.delete(id)
    }
  }

  /** Reads the story from disk. */
  #load(id: string): OpenStory {
    const row = this.row(id)
    const open = this.#store.read((db) => {
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
    // The journal may be ahead of the row, but never behind it.
    if (open.revision < row.revision) throw missing(row.revision, open.revision)
    if (open.revision > row.revision && !this.#store.readOnly) this.rows.fellBehind(id)
    return open
  }
}
