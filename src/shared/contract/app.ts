import { z } from 'zod'
import { read, write } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { Done, JobId, Nothing } from './common.ts'

/** What this host can do; the renderer asks for these and never for the host's name. */
export const Capabilities = z.object({
  /** The system's own dialogs pick folders and files. */
  folderDialog: z.boolean(),
  /** The file manager can be opened on a folder. */
  revealFolder: z.boolean(),
  /** Secrets survive a restart in the system's keychain. */
  keychain: z.boolean(),
  /** The system shows notices of ours. */
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
  /** The library's health, a line each; the same as `galley doctor`. */
  doctor: read(Nothing, z.array(z.object({ check: z.string(), ok: z.boolean(), found: Message }))),
  /** A sample story with pictures, for the first start. Returns its id; asked again, the one there is. */
  addSample: write(Nothing, z.object({ id: z.uuid() }))
} as const
