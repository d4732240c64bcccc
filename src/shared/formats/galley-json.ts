import { z } from 'zod'
import { Story } from '../story/story.ts'
import { StoryTimes } from '../story/instant.ts'
import { StoryFields } from '../story/fields.ts'
import { FIELDS_VERSION, toStoredFields, upgradeFields } from '../story/upgrade.ts'
import { keysOfBlocks } from '../document/blocks/blocks.ts'
import { isKnown, type Block } from '../document/document.ts'
import { MediaId } from '../document/image-use.ts'
import { upgradeBody } from '../document/upgrade.ts'
import { GalleyError } from '../rpc/errors.ts'
import { say } from '../words/message.ts'

/** The version this build writes. A file of a later version is refused; keys it does not know are kept. */
export const GALLEY_STORY_VERSION = 2

/** What an exported story says of a picture it uses. */
export const GalleyMedia = z.looseObject({
  id: MediaId,
  /** image/jpeg, image/png, … */
  type: z.string().max(100),
  /** The name the picture came with. */
  name: z.string().max(1000),
  /** Pixels, as displayed. */
  width: z.int().min(0),
  height: z.int().min(0),
  /** Bytes. */
  size: z.int().min(0),
  /** The picture it was made from, for the library the story came from: where that one is there, it is used. */
  original: MediaId.optional(),
  /** Where its bytes are, relative to this file, when they lie beside it … */
  file: z.string().max(1000).optional(),
  /** … or the bytes themselves, in base64. */
  bytes: z.base64().optional()
})
export type GalleyMedia = z.infer<typeof GalleyMedia>

/** A story as Galley's own JSON: everything there is of it, so that reading it back gives an equal story. */
export const GalleyStory = z.looseObject({
  format: z.literal('galley-story'),
  version: z.literal(GALLEY_STORY_VERSION),
  story: Story.extend({ fields: StoryFields.extend({ version: z.literal(FIELDS_VERSION) }) }),
  media: z.array(GalleyMedia)
})
export type GalleyStory = z.infer<typeof GalleyStory>

/** A file as it was read: its story is one of this build, whatever version it was written by. */
export interface ReadGalleyStory {
  readonly story: Story
  readonly media: readonly GalleyMedia[]
}

/** The media type these files are sent under. */
export const GALLEY_STORY_TYPE = 'application/vnd.galley.story+json'

/** The same story gives the same bytes, in whatever order the keys of this version came to be. */
export function toGalleyJson(story: Story, media: readonly GalleyMedia[]): string {
  const { id, revision, status, fields, body, changedAt } = story
  return `${JSON.stringify({ format: 'galley-story', version: GALLEY_STORY_VERSION, story: inOrder({ id, revision, status, changedAt, fields: toStoredFields(fields), body }), media: inOrder(media) }, null, 2)}\n`
}

/** True for parsed JSON that means to be a Galley story, whole or not. */
export function looksLikeGalleyJson(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && json.format === 'galley-story'
}

/**
 * Reads what `toGalleyJson` wrote, of this or an earlier version. Throws `unsupported` for a later one and
 * `invalid_input` for what does not fit.
 */
export function readGalleyJson(json: unknown): ReadGalleyStory {
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined
  if (typeof version === 'number' && version > GALLEY_STORY_VERSION) {
    throw new GalleyError('unsupported', say('intake.newerStory'), {
      detail: { version }
    })
  }
  const outer = z.looseObject({ story: z.looseObject({ fields: z.unknown(), body: z.unknown() }) }).safeParse(json)
  const story = outer.data?.story
  const upgraded = story
    ? { ...outer.data, story: { ...story, fields: fieldsOf(story.fields), body: bodyOf(story.body) } }
    : json
  const parsed = ReadFile.safeParse(upgraded)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new GalleyError('invalid_input', say('intake.unfitStory'), {
      detail: { path: (issue?.path ?? []).map(String).join('.'), why: issue?.message ?? '' }
    })
  }
  return parsed.data
}

const ReadFile = GalleyStory.extend({ version: z.int().min(1), story: Story })

/** What does not fit is said of the file, not of a stored story. */
function fieldsOf(stored: unknown): unknown {
  try {
    return upgradeFields(stored)
  } catch (error) {
    if (error instanceof GalleyError && error.code === 'unsupported') throw error
    return stored
  }
}

/** The same for the body; the reason is kept for who made the file. */
function bodyOf(stored: unknown): unknown {
  try {
    return upgradeBody(stored)
  } catch (error) {
    if (!(error instanceof GalleyError) || error.code === 'unsupported') throw error
    throw new GalleyError('invalid_input', say('intake.unfitStory'), {
      detail: { path: 'story.body', ...error.detail },
      cause: error
    })
  }
}

/** The JSON Schema (draft 2020-12) published in docs/formats/galley-story.schema.json. */
export function galleyStoryJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(GalleyStory, { target: 'draft-2020-12', io: 'input' })
  return {
    $schema,
    title: `Galley story, version ${GALLEY_STORY_VERSION}`,
    description:
      'One story as Galley exports it, everything included. Keys that are not named here may be there and are kept.',
    ...schema
  }
}

/** The order people read a story in. */
const KEYS: readonly string[] = [
  'id',
  'type',
  'level',
  'ordered',
  'dir',
  'lang',
  'revision',
  'status',
  'changedAt',
  'fields',
  'body',
  'version',
  'blocks',
  ...Object.keys(StoryFields.shape),
  ...Object.keys(StoryTimes.shape),
  'at',
  'kind',
  'utc',
  'zone',
  'origin',
  'source',
  'text',
  'marks',
  'link',
  'href',
  'title',
  'depth',
  'runs',
  'items',
  'image',
  'mediaId',
  'caption',
  'credit',
  'alt',
  'focalPoint',
  'x',
  'y',
  'name',
  'role',
  'code',
  'storyId',
  'url'
]
const RANK = new Map(
  [...KEYS, ...keysOfBlocks().filter((key) => !KEYS.includes(key))].map((key, index) => [key, index])
)

/**
 * What this version knows comes in its own order; what it does not know keeps the order it was stored in, which may
 * mean something.
 */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b))
  return Object.fromEntries(
    entries.map(([key, inner]): [string, unknown] => {
      if (key === 'blocks' && Array.isArray(inner))
        return [key, (inner as Block[]).map((block) => (isKnown(block) ? inOrder(block) : unknownInOrder(block)))]
      return [key, RANK.has(key) ? inOrder(inner) : inner]
    })
  )
}

function unknownInOrder({ id, type, dir, lang, ...rest }: Block): unknown {
  return { id, type, dir, lang, ...rest }
}

function rank(key: string): number {
  return RANK.get(key) ?? RANK.size
}
