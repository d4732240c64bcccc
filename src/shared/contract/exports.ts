import { z } from 'zod'
import { read, write } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { JobId, StoryId } from './common.ts'

export const exportFormats = ['html', 'fragment', 'json', 'ninjs', 'text'] as const
export const ExportFormat = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof ExportFormat>

export const ExportOptions = z.object({
  /** Pictures beside the page, or inside it as data addresses (one file). */
  images: z.enum(['beside', 'inline']).default('beside'),
  /** What to do where a file of that name is: pick another name, or replace it because the person said so. */
  existing: z.enum(['rename', 'replace']).default('rename')
})
export type ExportOptions = z.infer<typeof ExportOptions>

export const ExportedFile = z.object({ storyId: StoryId, name: z.string(), bytes: z.int(), sha256: z.string() })
export type ExportedFile = z.infer<typeof ExportedFile>

export const exports = {
  /**
   * Writes stories into a folder on this machine: the one named, else the desk's export folder. Changes nothing in the
   * library. Reports `job` progress; cancellable.
   */
  write: read(
    z.object({
      ids: z.array(StoryId).min(1).max(1_000_000),
      formats: z.array(ExportFormat).min(1),
      folder: z.string().max(4000).optional(),
      options: ExportOptions.prefault({}),
      jobId: JobId.optional()
    }),
    z.object({
      folder: z.string(),
      files: z.array(ExportedFile),
      failed: z.array(z.object({ storyId: StoryId, why: Message }))
    })
  ),
  /** The export as one file in memory (images inline), for preview, copy and download. */
  render: read(
    z.object({ id: StoryId, format: ExportFormat }),
    z.object({ name: z.string(), type: z.string(), text: z.string() })
  ),
  /**
   * Asks the person for a folder where the host has a dialog; null when they cancel. `unsupported` where it has none.
   */
  chooseFolder: read(z.object({}), z.object({ folder: z.string().nullable() })),
  /** Shows an exported folder in the file manager, where the host can. */
  reveal: read(z.object({ folder: z.string().max(4000) }), z.object({})),
  /** Reads one story from Galley's own JSON or ninjs; the same id again makes a copy with a new id. */
  importJson: write(
    z.object({ name: z.string().max(1000), text: z.string() }),
    z.object({ id: StoryId, warnings: z.array(Message) })
  )
} as const
