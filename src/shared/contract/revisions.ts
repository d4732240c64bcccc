import { z } from 'zod'
import { Block, BlockId } from '../document/document.ts'
import { StoryFields } from '../story/fields.ts'
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
  'withdrawn',
  'restored',
  'before-restore',
  'before-merge',
  'from-cms',
  'merged'
])
export type RevisionReason = z.infer<typeof RevisionReason>

/** A snapshot of a whole story that is never changed again. */
export const RevisionInfo = z.object({
  storyId: StoryId,
  revision: z.int(),
  reason: RevisionReason,
  savedAt: Utc,
  headline: z.string(),
  words: z.int(),
  /** Given by a person; a named version is kept for as long as the story. */
  name: z.string().nullable(),
  /** Who was at the desk, according to the settings, and on which machine; null if unknown. */
  person: z.string().nullable(),
  machine: z.string().nullable()
})
export type RevisionInfo = z.infer<typeof RevisionInfo>

/** What to restore of a version: these fields, these paragraphs by id, or both. */
export const VersionPart = z.object({
  fields: z.array(z.enum(Object.keys(StoryFields.shape) as [keyof typeof StoryFields.shape])).max(100),
  blocks: z.array(BlockId).max(10_000)
})
export type VersionPart = z.infer<typeof VersionPart>

/** One wording of a paragraph, in the newest version that has it. */
export const Wording = z.object({ version: RevisionInfo, block: Block })
export type Wording = z.infer<typeof Wording>

export const revisions = {
  /** Newest first. */
  list: read(z.object({ storyId: StoryId }), z.array(RevisionInfo)),
  get: read(z.object({ storyId: StoryId, revision: z.int() }), Story),
  /** Earlier wordings of a paragraph: each once, newest first, without the current one. */
  wordings: read(z.object({ storyId: StoryId, blockId: BlockId }), z.array(Wording)),
  /** Names a version, or removes its name if empty. Without `revision`, the current state. */
  name: write(z.object({ storyId: StoryId, revision: z.int().optional(), name: z.string().max(100) }), RevisionInfo),
  /**
   * Makes that version, or part of it, the newest revision; what was there is kept as a version first. A deleted
   * paragraph is put back after the one it followed.
   */
  restore: write(z.object({ storyId: StoryId, revision: z.int(), part: VersionPart.optional() }), Story)
} as const
