import { z } from 'zod'
import { StoryId, Utc } from './common.ts'

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
  z.object({ ...told, kind: z.literal('finished') })
])
export type RecoveryNotice = z.infer<typeof RecoveryNotice>
