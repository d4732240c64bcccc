import { z } from 'zod'
import { Text } from '../document/text.ts'
import { StorySummary } from '../story/fields.ts'
import { Status } from '../story/status.ts'
import { read } from '../rpc/define.ts'
import { Nothing, StoryId, Utc } from './common.ts'

export const LibrarySort = z.enum(['changed', 'created', 'headline', 'words'])
export type LibrarySort = z.infer<typeof LibrarySort>

/** Search text; of a whole article pasted there, only the beginning. */
export const SearchText = z.string().overwrite((text) => text.slice(0, 500))

export const LibraryFilter = z.object({
  /** Undefined: everything that is not in the trash. */
  statuses: z.array(Status).optional(),
  section: Text.optional(),
  language: z.string().max(35).optional(),
  /** One of its authors, or of the names in its byline, as written. */
  author: Text.optional(),
  /** Created at or after the first moment, and before the second. */
  createdFrom: Utc.optional(),
  createdTo: Utc.optional()
})
export type LibraryFilter = z.infer<typeof LibraryFilter>

/**
 * Where a page starts: after a row (equally fast anywhere in the list), or at a row number when a person drags the
 * scroll bar.
 */
export const PageStart = z.union([z.object({ after: z.string().max(2000) }), z.object({ offset: z.int().min(0) })])

export const LibraryPage = z.object({
  rows: z.array(StorySummary),
  /** Pass as `after` for the next page; null at the end. */
  next: z.string().nullable(),
  /** How many stories match the filter. */
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
  /** There are more than were requested. */
  more: z.boolean(),
  /** How the search was understood, to show to the person. */
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
  /** For each moment in `since`. */
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
   * Searches the words of headline, standfirst, byline, body, captions and slugline; the last word may be incomplete.
   * Newest change first, or best match first.
   */
  search: read(
    z.object({
      text: SearchText,
      filter: LibraryFilter,
      order: z.enum(['newest', 'best']),
      /** `names`: only in headline, slug, slugline, section and byline. */
      within: z.enum(['all', 'names']).default('all'),
      limit: z.int().min(1).max(200),
      offset: z.int().min(0).max(10_000).default(0)
    }),
    SearchPage
  ),
  /** The ids of a range of the list, for selecting more stories than are being looked at. */
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
  /**
   * Each kind of choice is counted with the other parts of `filter` applied. `since`: moments; stories created since
   * each are counted.
   */
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
