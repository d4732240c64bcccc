import { z } from 'zod'
import { Story } from '../story/story.ts'
import { FieldsPatch, StoryFields, StorySummary } from '../story/fields.ts'
import { Status } from '../story/status.ts'
import { StoredBody } from '../document/document.ts'
import { BodyPatch } from '../document/patch.ts'
import { UndoChange, UndoHeights, UndoSteps } from '../story/undo.ts'
import { read, write } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { Done, JobId, StoryId, Utc } from './common.ts'

/** What every saved change returns: the revision now on disk, and when it got there. */
export const Saved = z.object({ revision: z.int(), savedAt: Utc, status: Status })
export type Saved = z.infer<typeof Saved>

/** Thrown as `conflict` with detail {revision}: somebody else saved first. Nothing was overwritten. */
const base = {
  id: StoryId,
  /** The revision this change was made on. */
  baseRevision: z.int().min(0),
  /** Made by the caller once for each change: sending the same change again has the result of the first time. */
  changeId: z.uuid()
}

/** Stories that one call is about, at most. */
export const MANY = 1000
const ids = z.array(StoryId).min(1).max(MANY)

/** What is done to several stories. Tags are keywords; one that a story has, or has not, leaves it as it is. */
export const ManyChange = z.union([
  z.object({ status: Status }),
  z.object({ addTags: StoryFields.shape.keywords, removeTags: StoryFields.shape.keywords })
])
export type ManyChange = z.infer<typeof ManyChange>

/** A story that was changed: the revision it has now, and what it had before, for undoing. */
export const ChangedStory = z.object({
  id: StoryId,
  revision: z.int(),
  before: z.object({ status: Status, keywords: StoryFields.shape.keywords.optional() })
})
export type ChangedStory = z.infer<typeof ChangedStory>

/** A story that was left as it is, and why. */
export const HeldStory = z.object({ id: StoryId, headline: z.string(), why: Message })
export type HeldStory = z.infer<typeof HeldStory>

/** Words are saved whatever is wrong with the way back from them: that one ends then. */
const undo = UndoChange.optional().catch(undefined)

export const stories = {
  create: write(
    z.object({ id: StoryId.optional(), fields: FieldsPatch.optional(), body: StoredBody.optional() }),
    Story
  ),
  /** The whole story, newest revision. */
  get: read(z.object({ id: StoryId }), Story),
  /** Cheap at any length: the row of the library list. */
  summary: read(z.object({ id: StoryId }), StorySummary),
  /** The way of a keystroke: changed blocks into the journal, in one transaction. */
  patchBody: write(z.object({ ...base, patch: BodyPatch, undo }), Saved),
  patchFields: write(z.object({ ...base, fields: FieldsPatch, undo }), Saved),
  /** How far a story that is opened can be undone; without the steps, which may be a megabyte. */
  undoHeights: read(z.object({ id: StoryId }), UndoHeights),
  undoSteps: read(z.object({ id: StoryId }), UndoSteps),
  setStatus: write(z.object({ ...base, status: Status }), Saved),
  /** `headline`: what the copy is called, so that nobody takes it for the story itself. */
  duplicate: write(z.object({ id: StoryId, headline: StoryFields.shape.headline.optional() }), Story),
  /** Into the trash, where it stays until emptied by hand; `setStatus` to draft brings it back. */
  trash: write(z.object({ ids: z.array(StoryId).min(1).max(1000) }), Done),
  /**
   * Does the same to several stories, in short transactions, so that saves go on in between. Stories that it cannot be
   * done to are held, with the reason; so are those that were not reached any more when something failed on the way.
   */
  changeMany: write(
    z.object({ ids, change: ManyChange }),
    z.object({ changed: z.array(ChangedStory), held: z.array(HeldStory) })
  ),
  /** Puts back what `changeMany` changed. A story that has moved on since, or cannot be put back, is held. */
  undoMany: write(
    z.object({ changes: z.array(ChangedStory).min(1).max(MANY) }),
    z.object({ changed: z.array(ChangedStory), held: z.array(HeldStory) })
  ),
  /** Copies of several. `called`: what a copy is called, {} standing for the headline, or for `untitled` where there is none. */
  duplicateMany: write(
    z.object({ ids, called: z.string().max(200), untitled: z.string().max(200) }),
    z.object({ ids: z.array(StoryId), held: z.array(HeldStory) })
  ),
  /**
   * Deletes stories for good that are in the trash, and the pictures that nothing else uses; only backups have the
   * stories after that. Held: what is not in the trash, what is live, and what is waiting in the outbox.
   */
  erase: write(z.object({ ids }), z.object({ erased: z.int(), held: z.array(HeldStory) })),
  /**
   * The same for the whole trash. `days`: only what has been there unchanged for so long. Reports `job` progress;
   * cancellable, and then answers how many were deleted by that time. Of those held, 100 at most.
   */
  emptyTrash: write(
    z.object({ days: z.int().min(0).max(3650), jobId: JobId.optional() }),
    z.object({ erased: z.int(), held: z.array(HeldStory) })
  ),
  /** How many stories are in the trash, and how many have been there unchanged for `days`. */
  trashed: read(z.object({ days: z.int().min(0).max(3650) }), z.object({ stories: z.int(), resting: z.int() })),
  /** Folds the journal into a snapshot: on closing a story, on idle, before publishing. Safe at any time. */
  settle: write(z.object({ id: StoryId }), Saved)
} as const
