import { z } from 'zod'
import { Story } from '../story/story.ts'
import { FieldsPatch, WireItem } from '../story/fields.ts'
import { Status } from '../story/status.ts'
import { StoredBody } from '../document/document.ts'
import { read, write } from '../rpc/define.ts'
import { Bytes } from './common.ts'
import { Message } from '../words/message.ts'

/** What a line of a page can be. `furniture` is what the page put around the story: rails, share bars, ads. */
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

/** One line of the page and what became of it. */
export const IntakeLine = z.object({
  /** From 0, in page order. */
  n: z.int().min(0),
  text: z.string(),
  role: LineRole,
  /** False for lines that do not get into the story. */
  kept: z.boolean(),
  /** Why, from words/en/said/reason.ts: “channel list”, “repeats the caption above”. */
  reason: Message,
  /** The rule that decided, for the desk's own rules; null when a person did. */
  rule: z.string().nullable()
})
export type IntakeLine = z.infer<typeof IntakeLine>

export const IntakeWarning = Message.extend({ code: z.string() })

/** A proposal: nothing is stored before it is accepted. */
export const IntakeReview = z.object({
  /** How the input was read. */
  format: z.enum(['text', 'html', 'markdown', 'galley', 'ninjs']),
  encoding: z.string(),
  lines: z.array(IntakeLine),
  fields: FieldsPatch,
  body: StoredBody,
  /** Zone that dates without one were read in. */
  zone: z.string(),
  warnings: z.array(IntakeWarning)
})
export type IntakeReview = z.infer<typeof IntakeReview>

export const IntakeSource = z.object({
  name: z.string().max(1000),
  /** The file or clipboard as it came; 20 MiB at most (bigger is answered `too_large`). */
  bytes: Bytes,
  /** What the sender said it is; the bytes have the last word. */
  type: z.string().max(200).optional()
})

/** Files a person has chosen outside the window, as they are on disk. */
const OutsideFiles = z.object({ files: z.array(z.object({ name: z.string(), bytes: Bytes })) })

const Reading = z.object({
  source: IntakeSource,
  /** Zone for dates that name none; the desk's by default. */
  zone: z.string().max(64).optional(),
  /** What a person decided, by line number. */
  assignments: z.record(z.string().regex(/^\d+$/), LineRole).default({})
})

/** A story on the desk that was made from the same item. */
export const KnownItem = z.object({
  storyId: z.uuid(),
  headline: z.string(),
  status: Status,
  createdAt: z.iso.datetime({ precision: 3 }),
  /** What has come now, against what the story was made from; `other` where neither version tells. */
  relation: z.enum(['same', 'newer', 'older', 'other'])
})
export type KnownItem = z.infer<typeof KnownItem>

export const intake = {
  /** Reads a page and proposes a story. Kept + dropped lines are exactly the lines of the page. */
  review: read(Reading, IntakeReview),
  /** The stories of the library that were made from the same item, the last changed first. */
  known: read(z.object({ wire: WireItem }), z.array(KnownItem)),
  /**
   * Makes the story, with the raw page kept beside it. `into`: brings that story up to the page instead; what was there
   * is kept as a version, and what the page does not tell (slug, notes, pictures with their files) stays.
   */
  accept: write(Reading.extend({ into: z.uuid().optional() }), Story),
  /**
   * Asks for pages or texts with the system's own dialog; none when the person cancels. `unsupported` where the host has
   * no dialogs, `too_large` for a file that no page is as large as.
   */
  chooseFiles: read(z.object({}), OutsideFiles),
  /** A file the person opened with Galley from outside, which the host names by a ticket; given out once. */
  openedFile: read(z.object({ ticket: z.uuid() }), OutsideFiles),
  /** What a story was made from: the name the page or file came with, and its size in bytes; null when it was typed. */
  origin: read(z.object({ storyId: z.uuid() }), z.object({ name: z.string(), size: z.int() }).nullable()),
  /** The raw page a story came from, if it came from one. `encoding`: how its letters are read, by its WHATWG name. */
  raw: read(
    z.object({ storyId: z.uuid() }),
    z.object({ name: z.string(), type: z.string(), bytes: Bytes, encoding: z.string() }).nullable()
  )
} as const
