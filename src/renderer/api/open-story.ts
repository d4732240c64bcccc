import type { Place } from '../../shared/story/place.ts'
import type { Block, StoredBody } from '../../shared/document/document.ts'
import type { ImageUse } from '../../shared/document/image-use.ts'
import type { FieldsPatch, StoryFields } from '../../shared/story/fields.ts'
import type { Status } from '../../shared/story/status.ts'
import type { WireError } from '../../shared/rpc/errors.ts'
import { createStore, useStore, type Readable } from './store.ts'

/** Where the words are. `saving` covers what is typed and what is under way. */
export type SaveState = 'idle' | 'dirty' | 'saving' | 'failed' | 'offline' | 'conflict'

export interface SaveView {
  readonly state: SaveState
  /** UTC of the last save the core has acknowledged in this session; null before the first. */
  readonly savedAt: string | null
  /** Why it is not saved, for the three bad states. */
  readonly problem: WireError | null
  /** UTC of the first failure that led to it; null while there is no problem. */
  readonly since: string | null
}

export interface StoryStats {
  /** Null until all of the text has been counted. */
  readonly words: number | null
  readonly outline: readonly OutlineEntry[]
  /** The pictures of the body, slots without one included. */
  readonly images: readonly { readonly image: ImageUse }[]
}

/** The body's shape, for the outline: its headings, in order. */
export interface OutlineEntry {
  readonly id: string
  readonly level: number
  readonly text: string
}

/**
 * The story that is open on the desk, for parts that are not the story itself: the status bar, exporting, publishing.
 * `flush` before anything that needs the stored story to be what is on the screen.
 */
export interface OpenStory {
  readonly id: string
  readonly save: Readable<SaveView>
  readonly stats: Readable<StoryStats>
  readonly status: Readable<Status>
  /** The revision the core has acknowledged last. */
  readonly revision: Readable<number>
  readonly fields: Readable<StoryFields>
  /** Counts up with every change of fields or body on the screen. */
  readonly edits: Readable<number>
  /** The body on the screen; the price grows with its blocks. */
  body(): StoredBody
  /** Resolves when everything typed is on disk; rejects with the GalleyError that is in the way. */
  flush(): Promise<void>
  retry(): void
  /** Headline, standfirst, byline and body as plain text, from memory; works without the core. */
  plainText(): string
  /**
   * Changes fields as a person's edit does: shown at once, on disk within half a second. `isStep`: to be undone by
   * itself, however soon after another change.
   */
  setFields(fields: FieldsPatch, isStep?: boolean): void
  /** A person's choice; statuses that only publishing reaches are refused by the core. */
  setStatus(status: Status): void
  /** The last step of the page back, whatever of it that was; and on again. */
  undo(): void
  redo(): void
  /** Puts a stored picture into the body, where the caret was last. */
  insertPicture(mediaId: string): void
  /** Brings a block of the body into view. */
  showBlock(blockId: string): void
  /** Brings a place of the story into view, with its words selected. */
  showPlace(place: Place): void
  setStatus(status: Status): void
  /** Replaces the block with the same id, as one undo step. */
  replaceBlock(block: Block): void
}

/** Set by the story while it is on the desk. */
export const openStory = createStore<OpenStory | null>(null)

export function useOpenStory(): OpenStory | null {
  return useStore(openStory)
}
