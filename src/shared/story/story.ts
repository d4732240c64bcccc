import { z } from 'zod'
import { StoredBody } from '../document/document.ts'
import { StoryFields } from './fields.ts'
import { Status } from './status.ts'

/** A whole story as the core passes it to an editor, an exporter or a CMS target. */
export const Story = z.object({
  id: z.uuid(),
  /** Increases by one with every saved change of fields, body or status. */
  revision: z.int().min(0),
  status: Status,
  fields: StoryFields,
  body: StoredBody,
  /** When this revision was written, UTC. */
  changedAt: z.iso.datetime({ precision: 3 })
})
export type Story = z.infer<typeof Story>
