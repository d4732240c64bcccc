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

/** What every saved change returns: the revision now on disk, and when it was saved. */
export const Saved = z.object({ revision: z.int(), savedAt: Utc, status: Status })
export type Saved = z.infer<typeof Saved>

/** A stale base is thrown as `conflict` with detail {revision}: somebody else saved first. Nothing was overwritten. */
const base = {
  id: StoryId,
  /** The revision this change is based on. */
  baseRevision: z.int().min(0),
  /** Made by the caller once per change: sending the same change again returns the result of the first time. */
  changeId: z.uuid()
}

/** The most stories a single call may concern. */
export const MANY = 1000
const ids = z.array(StoryId).min(1).max(MANY)

/**
 * What to do to several stories. Tags are keywords; adding one a story has, or removing one it lacks, changes nothing.
 */
export const ManyChange = z.union([
  z.object({ status: Status }),
  z.object({ addTags: StoryFields.shape.keywords, removeTags: StoryFields.shape.keywords })
])
export type ManyChange = z.infer<typeof ManyChange>

/** A story that was changed: its new revision, and what it had before, for undoing. */
export const ChangedStory = z.object({
  id: StoryId,
  revision: z.int(),
  before: z.object({ status: Status, keywords: StoryFields.shape.keywords.optional() })
})
export type ChangedStory = z.infer<typeof ChangedStory>

/** A story that was left unchanged, and why. */
export const HeldStory = z.object({ id: StoryId, headline: z.string(), why: Message })
export type HeldStory = z.infer<typeof HeldStory>

/** Text is saved even if the undo steps sent with it are invalid; they are then discarded. */
const undo = UndoChange.optional().catch(undefined)

export const stories = {
  create: write(
    z.object({ id: StoryId.optional(), fields: FieldsPatch.optional(), body: StoredBody.optional() }),
    Story
  ),
  /** The whole story, newest revision. */
  get: read(z.object({ id: StoryId }), Story),
  /** The row of the library list; cheap whatever the story's length. */
  summary: read(z.object({ id: StoryId }), StorySummary),
  /** Saves typing: the changed blocks go into the journal, in one transaction. */
  patchBody: write(z.object({ ...base, patch: BodyPatch, undo }), Saved),
  patchFields: write(z.object({ ...base, fields: FieldsPatch, undo }), Saved),
  /** How far an open story can be undone; without the steps, which may be a megabyte. */
  undoHeights: read(z.object({ id: StoryId }), UndoHeights),
  undoSteps: read(z.object({ id: StoryId }), UndoSteps),
  setStatus: write(z.object({ ...base, status: Status }), Saved),
  /** `headline`: the copy's headline, so that nobody takes it for the original. */
  duplicate: write(z.object({ id: StoryId, headline: StoryFields.shape.headline.optional() }), Story),
  /** Moves stories to the trash, where they stay until it is emptied by hand; `setStatus` to draft brings one back. */
  trash: write(z.object({ ids: z.array(StoryId).min(1).max(1000) }), Done),
  /**
   * Does the same to several stories, in short transactions, so that saves can come in between. Stories to which it
   * cannot be done are held, with the reason; so are those not reached when something failed on the way.
   */
  changeMany: write(
    z.object({ ids, change: ManyChange }),
    z.object({ changed: z.array(ChangedStory), held: z.array(HeldStory) })
  ),
  /** Undoes what `changeMany` did. A story that has changed since, or cannot be restored, is held. */
  undoMany: write(
    z.object({ changes: z.array(ChangedStory).min(1).max(MANY) }),
    z.object({ changed: z.array(ChangedStory), held: z.array(HeldStory) })
  ),
  /**
   * Duplicates several stories. `called`: the copies' headline, in which {} stands for the original's, or for
   * `untitled`.
   */
  duplicateMany: write(
    z.object({ ids, called: z.string().max(200), untitled: z.string().max(200) }),
    z.object({ ids: z.array(StoryId), held: z.array(HeldStory) })
  ),
  /**
   * Deletes stories in the trash for good, and pictures that nothing else uses; afterwards the stories exist only in
   * backups. Held: stories not in the trash, live, or waiting in the outbox.
   */
  erase: write(z.object({ ids }), z.object({ erased: z.int(), held: z.array(HeldStory) })),
  /**
   * The same for the whole trash. `days`: only what has been there unchanged for that long. Reports `job` progress; if
   * cancelled, returns how many had been deleted by then. At most 100 held stories are listed.
   */
  emptyTrash: write(
    z.object({ days: z.int().min(0).max(3650), jobId: JobId.optional() }),
    z.object({ erased: z.int(), held: z.array(HeldStory) })
  ),
  /** How many stories are in the trash, and how many have been there unchanged for `days`. */
  trashed: read(z.object({ days: z.int().min(0).max(3650) }), z.object({ stories: z.int(), resting: z.int() })),
  /** Folds the journal into the stored content: on closing a story, when idle, before publishing. Safe at any time. */
  settle: write(z.object({ id: StoryId }), Saved)
} as const
