import { z } from 'zod'
import { MediaId } from '../document/image-use.ts'
import { Instant } from '../story/instant.ts'
import { WireError } from '../rpc/errors.ts'
import { Message } from '../words/message.ts'
import { StoryId, TargetId, Utc } from './common.ts'

export const OutboxState = z.enum([
  'waiting',
  'scheduled',
  /** The CMS has it, and publishes it by itself at its hour. */
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

/** What is live, as the CMS itself says when asked afterwards. */
export const Receipt = z.object({
  /** By the CMS's clock; by this machine's where `unconfirmed`. */
  at: Utc,
  unconfirmed: z.literal(true).optional(),
  /** How far this machine's clock was ahead of the CMS's, in milliseconds, where that was over a minute. */
  ahead: z.number().optional(),
  url: z.string().nullable(),
  etag: z.string(),
  /** SHA-256 of what was approved. */
  sha256: z.string(),
  /**
   * SHA-256 of what was read back, as a JSON value; where a CMS stores what it was sent, it equals `sha256`. Receipts
   * of earlier versions have none.
   */
  fingerprint: z.string().optional(),
  /** What the CMS made of it by itself: a slug made unique, an embed taken out. */
  differences: z.array(z.object({ field: z.string(), note: Message })).optional(),
  /** It was taken down: nothing of it is public there. An empty `etag` then says that nothing is there at all. */
  withdrawn: z.literal(true).optional(),
  /**
   * What the CMS was seen to show instead, when the next delivery met it: a version that somebody made there, or nothing
   * that readers see.
   */
  since: z.enum(['changed', 'gone']).optional(),
  /** The CMS itself made it public at its hour; absent: this machine did. */
  firedBy: z.literal('cms').optional(),
  revision: z.int(),
  media: z.int(),
  /** The pictures that went with it, by the SHA-256 of what was sent. Receipts of earlier versions have none. */
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
  /** To put the story there, or to take it down. */
  purpose: z.enum(['publish', 'withdraw']),
  /** Why it is taken down; empty where it is not. */
  reason: z.string(),
  state: OutboxState,
  queuedAt: Utc,
  /**
   * Not to leave before: the later of the hour that was planned, the embargo that was approved and the one the story
   * has now.
   */
  notBefore: Utc.nullable(),
  /** Who makes it public at that hour: the CMS, which gets it beforehand, or this machine. */
  firedBy: FiredBy,
  /**
   * When the CMS makes it public by itself, whatever becomes of this machine, as far as it was told or may have been;
   * null: it does not.
   */
  handedOver: Utc.nullable(),
  /** The hour the desk chose for this delivery. */
  planned: Instant.nullable(),
  /** The embargo that holds it: the later of that on approval and the story's own now. */
  embargo: Instant.nullable(),
  /** Not sent yet, and the desk's copy says something else by now. */
  behind: z.boolean(),
  /** It has not arrived, and what is approved is what is on the desk: approving again would only repeat it. */
  current: z.boolean(),
  /** When the next try is due; null when none is. */
  nextTryAt: Utc.nullable(),
  tries: z.int(),
  /** Pictures that are known to have arrived for this delivery, of those that go with it. */
  pictures: z.object({ sent: z.int(), of: z.int() }),
  /** The slug of the newsletter that this first publication goes out as too; null where it is not mailed. */
  newsletter: z.string().nullable(),
  /** Why it is not done, in words for the person, with what to do next. */
  problem: WireError.nullable(),
  steps: z.array(OutboxStep),
  receipt: Receipt.nullable()
})
export type OutboxItem = z.infer<typeof OutboxItem>

/**
 * Where a story stands on one CMS. `unknown`: it was sent, and whether it arrived is not known yet. `recalled`, `moved`: the
 * CMS has it for an hour ahead, and it is being called back, or told another hour or version.
 */
export const Standing = z.object({
  targetId: TargetId,
  targetName: z.string(),
  state: z.enum(['live', 'withdrawn', 'unknown', 'recalled', 'moved']),
  /** It is live, and what is live is what is on the desk: there is nothing to update. */
  current: z.boolean(),
  /** Of the last receipt; null where there is none yet. */
  receipt: Receipt.nullable()
})
export type Standing = z.infer<typeof Standing>
