import { z } from 'zod'
import { Story } from '../story/story.ts'
import { read, write } from '../rpc/define.ts'
import { StoryId, Utc } from './common.ts'

export const RevisionReason = z.enum([
  'created',
  'settled',
  'intake',
  'import',
  'approved',
  'published',
  'restored',
  'before-restore'
])
export type RevisionReason = z.infer<typeof RevisionReason>

/** A snapshot of a whole story that is never changed again. */
export const RevisionInfo = z.object({
  storyId: StoryId,
  revision: z.int(),
  reason: RevisionReason,
  savedAt: Utc,
  headline: z.string(),
  words: z.int()
})
export type RevisionInfo = z.infer<typeof RevisionInfo>

export const revisions = {
  /** Newest first. */
  list: read(z.object({ storyId: StoryId }), z.array(RevisionInfo)),
  get: read(z.object({ storyId: StoryId, revision: z.int() }), Story),
  /** Makes that snapshot the newest revision; what was there is kept as a snapshot first. */
  restore: write(z.object({ storyId: StoryId, revision: z.int() }), Story)
} as const
