import { z } from 'zod'
import { Text } from '../document/text.ts'
import { StorySummary } from '../story/fields.ts'
import { Status } from '../story/status.ts'
import { read } from '../rpc/define.ts'
import { Nothing, StoryId, Utc } from './common.ts'

export const LibrarySort = z.enum(['changed', 'created', 'headline', 'words'])
export type LibrarySort = z.infer<typeof LibrarySort>

/** What is searched for: of a whole article that was pasted there the beginning. */
export const SearchText = z.string().overwrite((text) => text.slice(0, 500))

export const LibraryFilter = z.object({
  /** None: everything that is not in the trash. */
  statuses: z.array(Status).optional(),
  section: Text.optional(),
  language: z.string().max(35).optional(),
  /** One of its authors, or of those its byline names, as written. */
  author: Text.optional(),
  /** Made at that moment or later; and before that moment. */
  createdFrom: Utc.optional(),
  createdTo: Utc.optional()
})
export type LibraryFilter = z.infer<typeof LibraryFilter>

/**
 * Where a page starts: behind a row (as fast anywhere in the list), or at a row number when a person drags the scroll
 * bar.
 */
export const PageStart = z.union([z.object({ after: z.string().max(2000) }), z.object({ offset: z.int().min(0) })])

export const LibraryPage = z.object({
  rows: z.array(StorySummary),
  /** Pass as `after` for the next page; null at the end. */
  next: z.string().nullable(),
  /** How many stories the filter holds in all. */
  total: z.int().min(0)
})
export type LibraryPage = z.infer<typeof LibraryPage>

/** A found story with its hit: `before`, the words that matched, `after`, as plain text in pieces. */
export const SearchHit = z.object({
  summary: StorySummary,
  /** Pieces of text; every second piece (index 1, 3, …) is a match. */
  headline: z.array(z.string()),
  snippet: z.array(z.string())
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchPage = z.object({
  hits: z.array(SearchHit),
  /** There are more than were asked for. */
  more: z.boolean(),
  /** What the words were understood as, for the person to see. */
  query: z.string()
})
export type SearchPage = z.infer<typeof SearchPage>

/** What can be chosen next in a filter, and how many stories each choice would leave. */
export const LibraryFacets = z.object({
  sections: z.array(z.object({ value: z.string(), stories: z.int() })),
  languages: z.array(z.object({ value: z.string(), stories: z.int() })),
  /** The 500 with the most stories. */
  authors: z.array(z.object({ value: z.string(), stories: z.int() })),
  statuses: z.partialRecord(Status, z.int()),
  /** For each of `since`. */
  since: z.array(z.int())
})
export type LibraryFacets = z.infer<typeof LibraryFacets>

export const library = {
  page: read(
    z.object({
      filter: LibraryFilter,
      sort: LibrarySort,
      descending: z.boolean(),
      start: PageStart.optional(),
      limit: z.int().min(1).max(500)
    }),
    LibraryPage
  ),
  /**
   * Words of headline, standfirst, byline, body, captions, slugline; the last word as a prefix. Newest change first, or
   * best match first.
   */
  search: read(
    z.object({
      text: SearchText,
      filter: LibraryFilter,
      order: z.enum(['newest', 'best']),
      /** `names`: in what a story is called by alone: headline, slug, slugline, section, byline. */
      within: z.enum(['all', 'names']).default('all'),
      limit: z.int().min(1).max(200),
      offset: z.int().min(0).max(10_000).default(0)
    }),
    SearchPage
  ),
  /** The ids of a stretch of the list, for choosing more stories than are looked at. */
  ids: read(
    z.object({
      filter: LibraryFilter,
      sort: LibrarySort,
      descending: z.boolean(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(10_000)
    }),
    z.object({ ids: z.array(StoryId) })
  ),
  /** Each kind of choice is counted under the others of `filter`. `since`: moments to count the stories made since. */
  facets: read(z.object({ filter: LibraryFilter, since: z.array(Utc).max(10) }), LibraryFacets),
  /** How many stories each status has, and the sections and languages in use. */
  counts: read(
    Nothing,
    z.object({
      byStatus: z.partialRecord(Status, z.int()),
      sections: z.array(z.string()),
      languages: z.array(z.string())
    })
  )
} as const
