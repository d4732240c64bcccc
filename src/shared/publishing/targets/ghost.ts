import { z } from 'zod'
import { CmsAuthors, defineTargetKind } from './target-kind.ts'

export const ghostStatuses = ['published', 'draft'] as const

/** Ghost 5 and 6, by the Admin API and the key of a custom integration. A newsletter is sent where somebody ticked it for that delivery alone. */
export const GhostSettings = z.object({
  /** What a story becomes there: live, or waiting for somebody in Ghost. */
  status: z.enum(ghostStatuses).default('published'),
  authors: CmsAuthors.default({})
})
export type GhostSettings = z.infer<typeof GhostSettings>

export const ghostKind = defineTargetKind({
  settings: GhostSettings,
  fields: [{ key: 'status', input: 'choice', choices: ghostStatuses }],
  secret: { shape: 'admin-key', required: true },
  ownIds: true,
  hasAuthors: true,
  hasNewsletters: true,
  fires: { key: 'status', value: 'published' },
  addedByHand: true
})
