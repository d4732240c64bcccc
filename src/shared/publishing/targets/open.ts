import { z } from 'zod'
import { defineTargetKind } from './target-kind.ts'

export const payloadFormats = ['galley', 'ninjs'] as const

/** Any CMS that speaks docs/open-endpoint.openapi.yaml. */
export const OpenSettings = z.object({
  /** The story as Galley's own JSON, or as ninjs 3.1. */
  format: z.enum(payloadFormats).default('galley')
})
export type OpenSettings = z.infer<typeof OpenSettings>

export const openKind = defineTargetKind({
  settings: OpenSettings,
  fields: [{ key: 'format', input: 'choice', choices: payloadFormats }],
  secret: { shape: 'signing-key', required: false },
  addedByHand: true
})
