import { z } from 'zod'
import { MediaId } from '../document/image-use.ts'
import { StoryFields, type FieldsPatch } from '../story/fields.ts'
import { Instant } from '../story/instant.ts'

/**
 * What a page of ours says of its story to machines alone, so that taking the page in again gives the same fields: as
 * JSON in `data-galley-fields` of its `article`. What the page shows is read from what it shows, since somebody may have
 * edited it there; only what it shows in other words, or not at all, is here. The desk's own matters (editor's note,
 * slugline, usage terms) are not.
 */
export const PageFacts = StoryFields.pick({
  slug: true,
  headline: true,
  headlineShort: true,
  headlineSeo: true,
  headlineSocial: true,
  section: true,
  byline: true,
  authors: true,
  source: true,
  dateline: true,
  keywords: true,
  mediaTopics: true,
  direction: true,
  urgency: true,
  corrections: true,
  related: true
})
  .partial()
  .extend({
    times: z
      .object({
        firstPublished: Instant.nullable(),
        lastUpdated: Instant.nullable(),
        embargo: Instant.nullable()
      })
      .partial()
      .optional()
  })
export type PageFacts = z.infer<typeof PageFacts>

/** The attribute of a picture on a page of ours that names it in the library it came from. */
export const PICTURE_ATTRIBUTE = 'data-galley-media'

/** The picture so named; null for anything else. */
export function pictureNamed(value: string | undefined): MediaId | null {
  return MediaId.safeParse(value).data ?? null
}

/** The facts of a story whose page shows these of its fields word for word. */
export function pageFacts(fields: StoryFields, shown: ReadonlySet<keyof FieldsPatch>): PageFacts {
  const { times } = fields
  const all: PageFacts = {
    ...Object.fromEntries(
      KEYS.filter((key) => !shown.has(key) && !isEmpty(fields[key])).map((key) => [key, fields[key]])
    ),
    times: { firstPublished: times.firstPublished, lastUpdated: times.lastUpdated, embargo: times.embargo }
  }
  // The page says something in the place of these two.
  if (fields.headline === '') all.headline = ''
  if (fields.byline === '' && fields.authors.length > 0) all.byline = ''
  return all
}

const KEYS = [
  'slug',
  'headlineShort',
  'headlineSeo',
  'headlineSocial',
  'section',
  'authors',
  'source',
  'dateline',
  'keywords',
  'mediaTopics',
  'direction',
  'urgency',
  'corrections',
  'related'
] as const satisfies readonly (keyof PageFacts)[]

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0)
}
