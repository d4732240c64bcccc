import { z } from 'zod'
import { CmsAuthors, defineTargetKind } from './target-kind.ts'

export const wordpressStatuses = ['publish', 'pending', 'draft'] as const

/** WordPress 6.1 and later, by its REST API and an application password. */
export const WordpressSettings = z.object({
  /** The account the application password belongs to. */
  user: z.string().trim().min(1).max(200),
  /** What a story becomes there: live, or waiting for somebody in WordPress. */
  status: z.enum(wordpressStatuses).default('publish'),
  authors: CmsAuthors.default({})
})
export type WordpressSettings = z.infer<typeof WordpressSettings>

export const wordpressKind = defineTargetKind({
  settings: WordpressSettings,
  fields: [
    { key: 'user', input: 'text', required: true },
    { key: 'status', input: 'choice', choices: wordpressStatuses }
  ],
  secret: { shape: 'application-password', required: true },
  ownIds: true,
  hasAuthors: true,
  hasNewsletters: false,
  fires: { key: 'status', value: 'publish' },
  addedByHand: true
})
