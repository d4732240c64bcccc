import { z } from 'zod'
import { Story } from '../story/story.ts'
import { FieldsPatch, WireItem } from '../story/fields.ts'
import { Status } from '../story/status.ts'
import { StoredBody } from '../document/document.ts'
import { read, write } from '../rpc/define.ts'
import { Bytes } from './common.ts'
import { Message } from '../words/message.ts'

/** What a line of a page can be. `furniture` is what the page puts around the story: rails, share bars, ads. */
export const lineRoles = [
  'headline',
  'kicker',
  'standfirst',
  'byline',
  'dateline',
  'section',
  'caption',
  'credit',
  'alt',
  'published',
  'updated',
  /** Forbids publication before a time. */
  'embargo',
  'body',
  'heading',
  'quote',
  'listItem',
  'keywords',
  'related',
  'furniture',
  'duplicate',
  'blank'
] as const
export const LineRole = z.enum(lineRoles)
export type LineRole = z.infer<typeof LineRole>

/** One line of the page, and what became of it. */
export const IntakeLine = z.object({
  /** From 0, in page order. */
  n: z.int().min(0),
  text: z.string(),
  role: LineRole,
  /** False for lines that are left out of the story. */
  kept: z.boolean(),
  /** Why, by its key in words/en/said/reason.ts: “channel list”, “repeats the caption above”. */
  reason: Message,
  /** The rule that decided, for a desk's own rules; null if a person did. */
  rule: z.string().nullable()
})
export type IntakeLine = z.infer<typeof IntakeLine>

export const IntakeWarning = Message.extend({ code: z.string() })

/** A proposal: nothing is stored until it is accepted. */
export const IntakeReview = z.object({
  /** As what the input was read. */
  format: z.enum(['text', 'html', 'markdown', 'galley', 'ninjs']),
  encoding: z.string(),
  lines: z.array(IntakeLine),
  fields: FieldsPatch,
  body: StoredBody,
  /** The zone in which dates without one were read. */
  zone: z.string(),
  warnings: z.array(IntakeWarning)
})
export type IntakeReview = z.infer<typeof IntakeReview>

export const IntakeSource = z.object({
  name: z.string().max(1000),
  /** The file or clipboard content; at most 20 MiB (anything larger is `too_large`). */
  bytes: Bytes,
  /** The type the sender gave; the bytes decide in the end. */
  type: z.string().max(200).optional()
})

/** Files a person has chosen outside the window, as they are on disk. */
const OutsideFiles = z.object({ files: z.array(z.object({ name: z.string(), bytes: Bytes })) })

const Reading = z.object({
  source: IntakeSource,
  /** The zone for dates that name none; by default the desk's. */
  zone: z.string().max(64).optional(),
  /** What a person decided, by line number. */
  assignments: z.record(z.string().regex(/^\d+$/), LineRole).default({})
})

/** A story in the library that was made from the same item. */
export const KnownItem = z.object({
  storyId: z.uuid(),
  headline: z.string(),
  status: Status,
  createdAt: z.iso.datetime({ precision: 3 }),
  /** How the new version relates to the one the story was made from; `other` if neither version tells. */
  relation: z.enum(['same', 'newer', 'older', 'other'])
})
export type KnownItem = z.infer<typeof KnownItem>

export const intake = {
  /** Reads a page and proposes a story. Kept and dropped lines together are exactly the lines of the page. */
  review: read(Reading, IntakeReview),
  /** The stories in the library made from the same item, most recently changed first. */
  known: read(z.object({ wire: WireItem }), z.array(KnownItem)),
  /**
   * Creates the story, with the raw page kept beside it. `into`: updates that story to the page instead; what was there
   * is kept as a version, and what the page does not include (slug, notes, pictures with their files) stays.
   */
  accept: write(Reading.extend({ into: z.uuid().optional() }), Story),
  /**
   * Asks for pages or texts in the system's own dialog; empty if the person cancels. `unsupported` if the host has no
   * dialogs, `too_large` for a file larger than any page.
   */
  chooseFiles: read(z.object({}), OutsideFiles),
  /** A file that the person opened with Galley from outside, which the host identifies by a ticket; each works once. */
  openedFile: read(z.object({ ticket: z.uuid() }), OutsideFiles),
  /** What a story was made from: the name of the page or file, and its size in bytes; null if it was typed. */
  origin: read(z.object({ storyId: z.uuid() }), z.object({ name: z.string(), size: z.int() }).nullable()),
  /** The raw page a story was made from, if any. `encoding`: the page's text encoding, by its WHATWG name. */
  raw: read(
    z.object({ storyId: z.uuid() }),
    z.object({ name: z.string(), type: z.string(), bytes: Bytes, encoding: z.string() }).nullable()
  )
} as const
