import { z } from 'zod'

/** A moment as Galley stores it: what the clock said in UTC, the zone it was meant in, and how we know. */
export const Instant = z.looseObject({
  /** ISO 8601 in UTC with milliseconds: 2024-08-13T12:48:00.000Z */
  utc: z.iso.datetime({ precision: 3 }),
  /** IANA time zone the moment was written or chosen in: Asia/Dubai */
  zone: z.string().min(1).max(64).refine(isTimeZone, 'is not a time zone this machine knows'),
  /** Where it came from: this laptop's clock, a person's hand, a wire page, an imported file, the CMS. */
  origin: z.enum(['clock', 'typed', 'intake', 'import', 'cms']),
  /** The words it was read from, when it was read from words. */
  source: z.string().max(200).optional()
})
export type Instant = z.infer<typeof Instant>

/** The four instants of a story. `firstPublished` never moves on an edit. */
export const StoryTimes = z.looseObject({
  created: Instant,
  firstPublished: Instant.nullable(),
  /** The last significant update a reader should know of; not the last autosave. */
  lastUpdated: Instant.nullable(),
  /** Not to be public before this moment: a schedule of our own, or an embargo somebody else set. */
  release: z.looseObject({ at: Instant, kind: z.enum(['scheduled', 'embargoed']) }).nullable()
})
export type StoryTimes = z.infer<typeof StoryTimes>

export function instantAt(ms: number, zone: string, origin: Instant['origin']): Instant {
  return { utc: new Date(ms).toISOString(), zone, origin }
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
