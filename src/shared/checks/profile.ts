import { z } from 'zod'
import type { StoryFields } from '../story/fields.ts'
import { say, type Message } from '../words/message.ts'

const Level = z.enum(['off', 'advised', 'required'])
export type Level = z.infer<typeof Level>

/** The fields a desk can do without, ask for, or give a length. */
export const profileFields = [
  'kicker',
  'headline',
  'standfirst',
  'byline',
  'headlineShort',
  'headlineSeo',
  'headlineSocial',
  'slugline',
  'section',
  'keywords',
  'dateline',
  'source',
  'authors',
  'leadImage'
] as const satisfies readonly (keyof StoryFields)[]
export type ProfileField = (typeof profileFields)[number]

const FieldRule = z
  .strictObject({
    /** Whether the desk shows the field. A field that is not empty is shown anyway. */
    shown: z.boolean().default(true),
    /** Whether a story needs it. */
    needed: Level.default('off'),
    /** Characters, as readers count them. */
    min: z.int().min(1).max(5000).optional(),
    max: z.int().min(1).max(5000).optional(),
    /** How much a length that does not fit weighs. */
    length: Level.default('advised')
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'has a min above its max')
export type FieldRule = z.infer<typeof FieldRule>

const TextRules = z.strictObject({
  slot: Level.default('advised'),
  alt: Level.default('advised'),
  caption: Level.default('advised'),
  credit: Level.default('advised'),
  pictureSize: Level.default('advised'),
  leftovers: Level.default('required'),
  placeholders: Level.default('advised'),
  quotes: Level.default('advised'),
  links: Level.default('advised'),
  weekdays: Level.default('advised'),
  embargo: Level.default('advised'),
  names: Level.default('advised')
})

/** What a desk asks of a story; docs/checks.md describes the file. */
export const CheckProfile = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100),
  fields: z.partialRecord(z.enum(profileFields), FieldRule).default({}),
  rules: TextRules.prefault({}),
  /** The kinds of block a body may have; null: all. */
  blocks: z.array(z.string().min(1).max(100)).nullable().default(null),
  /** How much a block of another kind weighs. */
  otherBlocks: Level.default('advised'),
  /** Least width in pixels: of the picture above the story, and of one in its body. */
  pictures: z
    .strictObject({ lead: z.int().min(1).max(20_000), body: z.int().min(1).max(20_000) })
    .default({ lead: 1200, body: 800 })
})
export type CheckProfile = z.infer<typeof CheckProfile>

/** Reads a profile, or says in words why it cannot be used. */
export function readProfile(
  value: unknown
): { readonly profile: CheckProfile; readonly problem?: never } | { readonly problem: Message } {
  const read = CheckProfile.safeParse(value)
  if (read.success) return { profile: read.data }
  const [issue] = read.error.issues
  const where = issue?.path.join('.') ?? ''
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : ''
  return {
    problem:
      keys === ''
        ? say('checks.brokenProfile', { where: where === '' ? 'version' : where })
        : say('checks.unknownInProfile', { keys })
  }
}
