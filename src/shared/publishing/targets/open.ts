import { z } from 'zod'
import { defineTargetKind } from './target-kind.ts'

export const payloadFormats = ['galley', 'ninjs'] as const

/** The name of a desk's only key. */
export const DEFAULT_KEY_ID = 'galley'

const KeyId = z
  .string()
  .trim()
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/)
  .or(z.literal('').transform(() => DEFAULT_KEY_ID))

/** Any CMS that speaks docs/open-endpoint.openapi.yaml. */
export const OpenSettings = z.object({
  /** The story as Galley's own JSON, or as ninjs 3.1. */
  format: z.enum(payloadFormats).default('galley'),
  /** The name both sides know the secret by. */
  keyId: KeyId.default(DEFAULT_KEY_ID)
})
export type OpenSettings = z.infer<typeof OpenSettings>

export const openKind = defineTargetKind({
  settings: OpenSettings,
  fields: [
    { key: 'format', input: 'choice', choices: payloadFormats },
    { key: 'keyId', input: 'text', required: false }
  ],
  secret: { shape: 'signing-key', required: false },
  ownIds: false,
  hasAuthors: false,
  hasNewsletters: false,
  fires: null,
  addedByHand: true
})
