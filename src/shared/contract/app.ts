import { z } from 'zod'
import { read, write } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { Done, JobId, Nothing } from './common.ts'

/** What this host can do; the renderer checks these and never the host's name. */
export const Capabilities = z.object({
  /** Folders and files can be picked in the system's own dialogs. */
  folderDialog: z.boolean(),
  /** The file manager can show a folder. */
  revealFolder: z.boolean(),
  /** Secrets survive a restart in the system's keychain. */
  keychain: z.boolean(),
  /** The system can show our notifications. */
  notifications: z.boolean()
})
export type Capabilities = z.infer<typeof Capabilities>

export const app = {
  info: read(
    Nothing,
    z.object({
      version: z.string(),
      library: z.object({
        folder: z.string(),
        name: z.string(),
        readOnly: z.boolean(),
        readOnlyReason: Message.nullable(),
        stories: z.int()
      }),
      capabilities: Capabilities,
      platform: z.string(),
      zone: z.string(),
      exportFolder: z.string()
    })
  ),
  /** Opens a web address in the person's own browser; http and https only. */
  openLink: read(z.object({ url: z.url({ protocol: /^https?$/ }).max(4000) }), Done),
  cancelJob: read(z.object({ jobId: JobId }), Done),
  /** The library's health, one line per check; the same as `galley doctor`. */
  doctor: read(Nothing, z.array(z.object({ check: z.string(), ok: z.boolean(), found: Message }))),
  /**
   * Adds a sample story with pictures for the first start. Returns its id; if it is there already, the existing one's.
   */
  addSample: write(Nothing, z.object({ id: z.uuid() }))
} as const
