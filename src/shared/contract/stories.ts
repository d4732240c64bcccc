import { z } from 'zod'
import { Story } from '../story/story.ts'
import { FieldsPatch, StoryFields, StorySummary } from '../story/fields.ts'
import { Status } from '../story/status.ts'
import { StoredBody } from '../document/document.ts'
import { BodyPatch } from '../document/patch.ts'
import { read, write } from '../rpc/define.ts'
import { Done, StoryId, Utc } from './common.ts'

/** What every saved change answers: the revision now on disk, and when it got there. */
export const Saved = z.object({ revision: z.int(), savedAt: Utc, status: Status })
export type Saved = z.infer<typeof Saved>

/** Thrown as `conflict` with detail {revision}: somebody else saved first. Nothing was overwritten. */
const base = {
  id: StoryId,
  /** The revision this change was made on. */
  baseRevision: z.int().min(0),
  /** Made by the caller once for each change: sending the same change again answers as the first time. */
  changeId: z.uuid()
}

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
  patchBody: write(z.object({ ...base, patch: BodyPatch }), Saved),
  patchFields: write(z.object({ ...base, fields: FieldsPatch }), Saved),
  setStatus: write(z.object({ ...base, status: Status }), Saved),
  /** `headline`: what the copy is called, so that nobody takes it for the story itself. */
  duplicate: write(z.object({ id: StoryId, headline: StoryFields.shape.headline.optional() }), Story),
  /** Into the trash, where it stays until emptied by hand; `setStatus` to draft brings it back. */
  trash: write(z.object({ ids: z.array(StoryId).min(1).max(1000) }), Done),
  /** Folds the journal into a snapshot: on closing a story, on idle, before publishing. Safe at any time. */
  settle: write(z.object({ id: StoryId }), Saved)
} as const
