import { z } from 'zod'
import { read, write } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { Instant } from '../story/instant.ts'
import { Done, JobId, StoryId, Utc } from './common.ts'

export const exportFormats = ['html', 'fragment', 'json', 'ninjs', 'text'] as const
export const ExportFormat = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof ExportFormat>

export const ExportOptions = z.object({
  /** Pictures beside the page, or embedded in it as data addresses (a single file). */
  images: z.enum(['beside', 'inline']).default('beside'),
  /** What to do if a file of that name exists: pick another name, or replace it because the person said so. */
  existing: z.enum(['rename', 'replace']).default('rename')
})
export type ExportOptions = z.infer<typeof ExportOptions>

export const ExportedFile = z.object({ storyId: StoryId, name: z.string(), bytes: z.int(), sha256: z.string() })
export type ExportedFile = z.infer<typeof ExportedFile>

/**
 * Ways for copy to leave the desk other than publishing, which no reason allows before the embargo ends. `lift`: the
 * embargo was moved to an earlier time, or removed, before it ended.
 */
export const ExitWay = z.enum(['export', 'copy', 'print', 'lift'])
export type ExitWay = z.infer<typeof ExitWay>

/** Why copy leaves despite an embargo, in a person's words. */
const ExitReason = z.string().trim().min(1).max(500)

/** Copy of a story left the desk under embargo. */
export const EmbargoExit = z.object({
  at: Utc,
  way: ExitWay,
  /** The embargo it was under. */
  until: Instant,
  reason: z.string(),
  person: z.string().nullable(),
  machine: z.string().nullable()
})
export type EmbargoExit = z.infer<typeof EmbargoExit>

export const exports = {
  /**
   * Writes stories into a folder on this machine: the one given, or else the desk's export folder. Changes nothing in
   * the library, except that copy under embargo may only leave with a `reason`, which is logged. Reports `job`
   * progress; cancellable.
   */
  write: read(
    z.object({
      ids: z.array(StoryId).min(1).max(1_000_000),
      formats: z.array(ExportFormat).min(1),
      folder: z.string().max(4000).optional(),
      options: ExportOptions.prefault({}),
      reason: ExitReason.optional(),
      jobId: JobId.optional()
    }),
    z.object({
      folder: z.string(),
      files: z.array(ExportedFile),
      failed: z.array(z.object({ storyId: StoryId, why: Message }))
    })
  ),
  /**
   * The export as one file in memory (images embedded), for copying and downloading. `refused` with detail {embargo}
   * for copy under embargo without a `reason`.
   */
  render: read(
    z.object({
      id: StoryId,
      format: ExportFormat,
      way: ExitWay.default('export'),
      reason: ExitReason.optional()
    }),
    z.object({ name: z.string(), type: z.string(), text: z.string() })
  ),
  /** Logs that copy under embargo leaves in a way only the window sees. */
  passEmbargo: write(z.object({ id: StoryId, way: ExitWay, reason: ExitReason }), Done),
  /** When copy of a story left under embargo, and why; newest first. */
  exits: read(z.object({ id: StoryId }), z.array(EmbargoExit)),
  /** Asks the person for a folder, if the host has a dialog; null if they cancel. `unsupported` if it has none. */
  chooseFolder: read(z.object({}), z.object({ folder: z.string().nullable() })),
  /** Shows an exported folder in the file manager, if the host can. */
  reveal: read(z.object({ folder: z.string().max(4000) }), z.object({})),
  /**
   * Imports one story from Galley's own JSON or ninjs; if its id is already in use, it becomes a copy with a new id.
   */
  importJson: write(
    z.object({ name: z.string().max(1000), text: z.string() }),
    z.object({ id: StoryId, warnings: z.array(Message) })
  )
} as const
