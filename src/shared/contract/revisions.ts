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
  /** Given by a person; a version with a name is kept for ever. */
  name: z.string().nullable(),
  /** Who was at the desk, as Settings say, and on which machine; null where that is not known. */
  person: z.string().nullable(),
  machine: z.string().nullable()
})
export type RevisionInfo = z.infer<typeof RevisionInfo>

/** What of a version is brought back: these fields, these paragraphs by id, or both. */
export const VersionPart = z.object({
  fields: z.array(z.enum(Object.keys(StoryFields.shape) as [keyof typeof StoryFields.shape])).max(100),
  blocks: z.array(BlockId).max(10_000)
})
export type VersionPart = z.infer<typeof VersionPart>

/** One wording of a paragraph, as the newest version that has it does. */
export const Wording = z.object({ version: RevisionInfo, block: Block })
export type Wording = z.infer<typeof Wording>

export const revisions = {
  /** Newest first. */
  list: read(z.object({ storyId: StoryId }), z.array(RevisionInfo)),
  get: read(z.object({ storyId: StoryId, revision: z.int() }), Story),
  /** What a paragraph was before: each wording once, newest first, without the one it has now. */
  wordings: read(z.object({ storyId: StoryId, blockId: BlockId }), z.array(Wording)),
  /** Keeps a version under a name, or takes its name away when that is empty. Without `revision`, the present one. */
  name: write(z.object({ storyId: StoryId, revision: z.int().optional(), name: z.string().max(100) }), RevisionInfo),
  /**
   * Makes that version, or a part of it, the newest revision; what was there is kept as a version first. A paragraph
   * that is gone comes back behind the one it followed.
   */
  restore: write(z.object({ storyId: StoryId, revision: z.int(), part: VersionPart.optional() }), Story)
} as const
