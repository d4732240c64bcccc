import { z } from 'zod'
import { MediaId } from '../document/image-use.ts'
import { Instant } from '../story/instant.ts'
import { WireError } from '../rpc/errors.ts'
import { Message } from '../words/message.ts'
import { StoryId, TargetId, Utc } from './common.ts'

export const OutboxState = z.enum([
  'waiting',
  'scheduled',
  /** The CMS has it and will publish it by itself at its hour. */
  'handed-over',
  'sending',
  'paused',
  'conflict',
  'refused',
  'done',
  'cancelled'
])
export type OutboxState = z.infer<typeof OutboxState>

/** Who makes a delivery public at its hour. */
export const FiredBy = z.enum(['cms', 'desk'])
export type FiredBy = z.infer<typeof FiredBy>

export const OutboxStep = z.object({
  at: Utc,
  /** media, story, look-up, read-back */
  step: z.string(),
  /** What happened. */
  outcome: Message
})

/** What is live, according to the CMS itself when asked afterwards. */
export const Receipt = z.object({
  /** By the CMS's clock; by this machine's if `unconfirmed`. */
  at: Utc,
  unconfirmed: z.literal(true).optional(),
  /** How far this machine's clock was ahead of the CMS's, in milliseconds, if by more than a minute. */
  ahead: z.number().optional(),
  url: z.string().nullable(),
  etag: z.string(),
  /** SHA-256 of what was approved. */
  sha256: z.string(),
  /**
   * SHA-256 of what was read back, as a JSON value; if the CMS stores exactly what it is sent, it equals `sha256`.
   * Missing in receipts of earlier versions.
   */
  fingerprint: z.string().optional(),
  /** What the CMS changed by itself: a slug made unique, an embed removed. */
  differences: z.array(z.object({ field: z.string(), note: Message })).optional(),
  /** It was taken down: nothing of it is public there. An empty `etag` then means that nothing is there at all. */
  withdrawn: z.literal(true).optional(),
  /**
   * What the CMS was found to show instead when the next delivery got there: a version somebody made there, or nothing
   * that readers can see.
   */
  since: z.enum(['changed', 'gone']).optional(),
  /** The CMS itself made it public at its hour; absent: this machine did. */
  firedBy: z.literal('cms').optional(),
  revision: z.int(),
  media: z.int(),
  /** The pictures sent with it, by the SHA-256 of what was sent. Missing in receipts of earlier versions. */
  pictures: z.array(MediaId).optional()
})
export type Receipt = z.infer<typeof Receipt>

export const OutboxItem = z.object({
  id: z.uuid(),
  storyId: StoryId,
  headline: z.string(),
  targetId: TargetId,
  targetName: z.string(),
  revision: z.int(),
  /** Whether to put the story there or to take it down. */
  purpose: z.enum(['publish', 'withdraw']),
  /** Why it is taken down; empty for a publication. */
  reason: z.string(),
  state: OutboxState,
  queuedAt: Utc,
  /**
   * It does not go public before this: the latest of the planned hour, the approved embargo and the story's present
   * embargo.
   */
  notBefore: Utc.nullable(),
  /** Who makes it public at that hour: the CMS, which gets it beforehand, or this machine. */
  firedBy: FiredBy,
  /**
   * When the CMS makes it public by itself whatever happens to this machine, as far as it was told or may have been
   * told; null if it does not.
   */
  handedOver: Utc.nullable(),
  /** The hour the desk chose for this delivery. */
  planned: Instant.nullable(),
  /** The embargo that holds it: the later of the one on approval and the story's present one. */
  embargo: Instant.nullable(),
  /** Not sent yet, and the desk's copy has changed since. */
  behind: z.boolean(),
  /** It has not arrived, and what was approved is what is on the desk: approving again would only repeat it. */
  current: z.boolean(),
  /** When the next try is due; null if none is. */
  nextTryAt: Utc.nullable(),
  tries: z.int(),
  /** How many of its pictures are known to have arrived. */
  pictures: z.object({ sent: z.int(), of: z.int() }),
  /** The slug of the newsletter this first publication is also sent as; null if it is not mailed. */
  newsletter: z.string().nullable(),
  /** Why it is not done, in words for the person, and what to do next. */
  problem: WireError.nullable(),
  steps: z.array(OutboxStep),
  receipt: Receipt.nullable()
})
export type OutboxItem = z.infer<typeof OutboxItem>

/**
 * Where a story stands on one CMS. `unknown`: it was sent, and it is not yet known whether it arrived. `recalled`,
 * `moved`: the CMS has it scheduled, and it is being recalled, or given another hour or version.
 */
export const Standing = z.object({
  targetId: TargetId,
  targetName: z.string(),
  state: z.enum(['live', 'withdrawn', 'unknown', 'recalled', 'moved']),
  /** It is live, and what is live is what is on the desk: there is nothing to update. */
  current: z.boolean(),
  /** The last receipt; null if there is none yet. */
  receipt: Receipt.nullable()
})
export type Standing = z.infer<typeof Standing>
