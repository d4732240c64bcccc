import { z } from 'zod'
import { Story } from '../story/story.ts'
import { Status } from '../story/status.ts'
import { read, write } from '../rpc/define.ts'
import { Done, JobId, Nothing, StoryId, Utc } from './common.ts'
import { SearchText } from './library.ts'

/** A saved state of a story, by its revision and when it was saved. */
export const SavedState = z.object({ revision: z.int(), at: Utc })

/** A story whose last saves are gone. */
export const LostSaves = z.object({
  storyId: StoryId,
  headline: z.string(),
  /** The last state that was saved. */
  saved: SavedState,
  /** The state it is in now; null where nothing of it is left. */
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
  /** Stories whose last saves could not be brought back. */
  lost: z.array(LostSaves),
  /** Damaged files that were kept, by their names in the quarantine folder of the library. */
  kept: z.array(z.string())
}

/** Something that was found and done when the library was opened. Kept until the person has seen it. */
export const RecoveryNotice = z.discriminatedUnion('kind', [
  /** The library file was damaged and has been put together again. */
  z.object({
    ...told,
    kind: z.literal('restored'),
    why: DamageReason,
    /** When the backup it came from was made; null where there was no good one. */
    backupAt: Utc.nullable(),
    stories: z.int(),
    /** So many of them are newer than the backup. */
    salvaged: z.int()
  }),
  /** The log of the last saves was not what it was. `forward`: stories brought forward from it or from a backup. */
  z.object({ ...told, kind: z.literal('log'), fault: LogFault, forward: z.int() }),
  /** The stories are not as they were last saved although file and log are whole. */
  z.object({ ...told, kind: z.literal('older'), forward: z.int() }),
  /** Single stories were damaged. */
  z.object({ ...told, kind: z.literal('stories'), repaired: z.int(), beyondRepair: z.int() }),
  /** A repair that was interrupted has been finished. */
  z.object({ ...told, kind: z.literal('finished') }),
  /** The file with the passwords and keys of the targets could not be read, and is kept as `file`. */
  z.object({ ...told, kind: z.literal('secrets'), file: z.string() })
])
export type RecoveryNotice = z.infer<typeof RecoveryNotice>

/** A backup, by its place and name. */
export const BackupId = z.string().regex(/^(library|second):galley-\d{12}-\d{8}(-before-v\d+)?\.db$/)

export const Backup = z.object({
  id: BackupId,
  /** `second`: in the folder the person has chosen beside the library's own. */
  place: z.enum(['library', 'second']),
  madeAt: Utc,
  stories: z.int(),
  /** Bytes. */
  size: z.int(),
  /** It has been read from end to end just now and is whole. */
  whole: z.boolean()
})
export type Backup = z.infer<typeof Backup>

/** A story in a backup, and what has become of it since. */
export const BackedUpStory = z.object({
  storyId: StoryId,
  headline: z.string(),
  status: Status,
  words: z.int(),
  backedUp: SavedState,
  /** Null: it is not in the library any more. */
  now: SavedState.nullable()
})
export type BackedUpStory = z.infer<typeof BackedUpStory>

/** A good version of a story whose stored text is damaged. */
export const GoodVersion = z.object({
  /** `best`: the newest that can be put together from everything there is. */
  id: z.string().regex(/^(best|history:\d+|(library|second):[\w.-]+)$/),
  from: z.enum(['best', 'history', 'backup']),
  headline: z.string(),
  words: z.int(),
  state: SavedState
})
export type GoodVersion = z.infer<typeof GoodVersion>

const SecondFolder = z.object({
  /** Empty: none is chosen. */
  folder: z.string(),
  newestAt: Utc.nullable(),
  /** Why the last copy into it failed, as a code for the words; null when it did not. */
  problem: z.enum(['missing', 'read-only', 'full', 'failed']).nullable()
})

export const recovery = {
  /** What was found on opening and nobody has seen yet, where damaged files are kept, and how the second folder is. */
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
  /** Makes a backup where anything has changed since the last. */
  backUp: write(Nothing, Done),
  /** The stories of a backup, the newest change first. */
  stories: read(z.object({ backup: BackupId, text: SearchText.default('') }), z.array(BackedUpStory).max(500)),
  /** A story as a backup has it. */
  story: read(z.object({ backup: BackupId, storyId: StoryId }), Story),
  /** Makes a backup's version the newest of a story; today's is kept in its history. A story that is gone is made again. */
  restore: write(z.object({ backup: BackupId, storyId: StoryId }), Story),
  /**
   * The same for every story that differs. Stories made since the backup stay as they are: nothing is taken away. Reports
   * `job` progress; cancellable.
   */
  restoreAll: write(z.object({ backup: BackupId, jobId: JobId.optional() }), z.object({ restored: z.int() })),
  /** Good versions of a damaged story, the best first. */
  versions: read(z.object({ storyId: StoryId }), z.array(GoodVersion)),
  version: read(z.object({ storyId: StoryId, version: GoodVersion.shape.id }), Story),
  /** Puts a good version in place of the damaged one, of which a copy is kept in quarantine. */
  mend: write(z.object({ storyId: StoryId, version: GoodVersion.shape.id }), Story)
} as const
