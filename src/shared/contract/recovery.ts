import { z } from 'zod'
import { Story } from '../story/story.ts'
import { Status } from '../story/status.ts'
import { read, write } from '../rpc/define.ts'
import { Done, JobId, Nothing, StoryId, Utc } from './common.ts'
import { SearchText } from './library.ts'

/** A saved state of a story: its revision, and when it was saved. */
export const SavedState = z.object({ revision: z.int(), at: Utc })

/** A story whose last saves are lost. */
export const LostSaves = z.object({
  storyId: StoryId,
  headline: z.string(),
  /** The last state that was saved. */
  saved: SavedState,
  /** Its present state; null if nothing is left of it. */
  now: SavedState.nullable()
})
export type LostSaves = z.infer<typeof LostSaves>

/** Why a library file had to be replaced. */
export const DamageReason = z.enum(['empty', 'missing', 'not-a-library', 'counter', 'unreadable'])
export type DamageReason = z.infer<typeof DamageReason>

/** What happened to the log of the last saves. */
export const LogFault = z.enum(['missing', 'cut', 'garbage', 'foreign'])
export type LogFault = z.infer<typeof LogFault>

const told = {
  id: z.uuid(),
  at: Utc,
  /** Stories whose last saves could not be recovered. */
  lost: z.array(LostSaves),
  /** Damaged files that were kept, by name in the library's quarantine folder. */
  kept: z.array(z.string())
}

/** Something that was found and done when the library was opened. Kept until the person has seen it. */
export const RecoveryNotice = z.discriminatedUnion('kind', [
  /** The library file was damaged and has been restored. */
  z.object({
    ...told,
    kind: z.literal('restored'),
    why: DamageReason,
    /** When the backup was made; null if there was no good one. */
    backupAt: Utc.nullable(),
    stories: z.int(),
    /** How many of them are newer than in the backup. */
    salvaged: z.int()
  }),
  /** The log of the last saves was missing or damaged. `forward`: stories brought forward from it or from a backup. */
  z.object({ ...told, kind: z.literal('log'), fault: LogFault, forward: z.int() }),
  /** Stories are older than when they were last saved, although file and log are intact. */
  z.object({ ...told, kind: z.literal('older'), forward: z.int() }),
  /** Single stories were damaged. */
  z.object({ ...told, kind: z.literal('stories'), repaired: z.int(), beyondRepair: z.int() }),
  /** A repair that was interrupted has been completed. */
  z.object({ ...told, kind: z.literal('finished') }),
  /** The file with the targets' passwords and keys could not be read, and is kept as `file`. */
  z.object({ ...told, kind: z.literal('secrets'), file: z.string() })
])
export type RecoveryNotice = z.infer<typeof RecoveryNotice>

/** A backup, identified by place and name. */
export const BackupId = z.string().regex(/^(library|second):galley-\d{12}-\d{8}(-before-v\d+)?\.db$/)

export const Backup = z.object({
  id: BackupId,
  /** `second`: in the folder the person has chosen in addition to the library's own. */
  place: z.enum(['library', 'second']),
  madeAt: Utc,
  stories: z.int(),
  /** Bytes. */
  size: z.int(),
  /** It has just been read from end to end and is intact. */
  whole: z.boolean()
})
export type Backup = z.infer<typeof Backup>

/** A story in a backup, and its present state. */
export const BackedUpStory = z.object({
  storyId: StoryId,
  headline: z.string(),
  status: Status,
  words: z.int(),
  backedUp: SavedState,
  /** Null: it is no longer in the library. */
  now: SavedState.nullable()
})
export type BackedUpStory = z.infer<typeof BackedUpStory>

/** A good version of a story whose stored text is damaged. */
export const GoodVersion = z.object({
  /** `best`: the newest that can be assembled from everything available. */
  id: z.string().regex(/^(best|history:\d+|(library|second):[\w.-]+)$/),
  from: z.enum(['best', 'history', 'backup']),
  headline: z.string(),
  words: z.int(),
  state: SavedState
})
export type GoodVersion = z.infer<typeof GoodVersion>

const SecondFolder = z.object({
  /** Empty: none chosen. */
  folder: z.string(),
  newestAt: Utc.nullable(),
  /** Why the last copy into it failed, as a code; null if it did not. */
  problem: z.enum(['missing', 'read-only', 'full', 'failed']).nullable()
})

export const recovery = {
  /**
   * What was found on opening and nobody has seen yet, where damaged files are kept, and the state of the second
   * folder.
   */
  state: read(
    Nothing,
    z.object({
      notices: z.array(RecoveryNotice),
      quarantine: z.object({ folder: z.string(), files: z.array(z.string()) }),
      second: SecondFolder
    })
  ),
  /** The person has seen the notices. */
  seen: write(Nothing, Done),
  /** Every backup, newest first, each checked just now. */
  backups: read(Nothing, z.array(Backup)),
  /** Makes a backup if anything has changed since the last one. */
  backUp: write(Nothing, Done),
  /** The stories in a backup, most recently changed first. */
  stories: read(z.object({ backup: BackupId, text: SearchText.default('') }), z.array(BackedUpStory).max(500)),
  /** A story as it is in a backup. */
  story: read(z.object({ backup: BackupId, storyId: StoryId }), Story),
  /**
   * Makes a backup's version the newest of a story; the present one is kept in its history. A deleted story is created
   * again.
   */
  restore: write(z.object({ backup: BackupId, storyId: StoryId }), Story),
  /**
   * The same for every story that differs. Stories created since the backup stay: nothing is removed. Reports `job`
   * progress; cancellable.
   */
  restoreAll: write(z.object({ backup: BackupId, jobId: JobId.optional() }), z.object({ restored: z.int() })),
  /** Good versions of a damaged story, best first. */
  versions: read(z.object({ storyId: StoryId }), z.array(GoodVersion)),
  version: read(z.object({ storyId: StoryId, version: GoodVersion.shape.id }), Story),
  /** Replaces the damaged version with a good one; a copy of the damaged one is kept in quarantine. */
  mend: write(z.object({ storyId: StoryId, version: GoodVersion.shape.id }), Story)
} as const
