import { z } from 'zod'

const AREAS =
  'Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US|SystemV'
const OLD_NAMES =
  'CET|CST6CDT|Cuba|EET|EST|EST5EDT|Egypt|Eire|Factory|GB|GB-Eire|GMT|GMT0|GMT[+-]0|Greenwich|HST|Hongkong|Iceland|Iran|Israel|Jamaica|Japan|Kwajalein|Libya|MET|MST|MST7MDT|NZ|NZ-CHAT|Navajo|PRC|PST8PDT|Poland|Portugal|ROC|ROK|Singapore|Turkey|UCT|UTC|Universal|W-SU|WET|Zulu'
/** What a zone's name looks like, for the published JSON Schema. Letter case is not told apart by machines, but written so. */
const ZONE_PATTERN = `^((${AREAS})(/[A-Za-z0-9_+-]+){1,2}|${OLD_NAMES}|[+-][0-9]{2}(:?[0-9]{2})?)$`

/** A moment as Galley stores it: what the clock said in UTC, the zone it was meant in, and how we know. */
export const Instant = z.looseObject({
  /** ISO 8601 in UTC with milliseconds: 2024-08-13T12:48:00.000Z */
  utc: z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/, 'is before the year 1'),
  /** IANA time zone the moment was written or chosen in: Asia/Dubai */
  zone: z
    .string()
    .min(1)
    .max(64)
    .refine(isTimeZone, 'is not a time zone this machine knows')
    // The list of zones grows every year; its areas, and the names from before there were areas, do not.
    .meta({ pattern: ZONE_PATTERN }),
  /** Where it came from: this laptop's clock, a person's hand, a wire page, an imported file, the CMS. */
  origin: z.enum(['clock', 'typed', 'intake', 'import', 'cms']),
  /** The words it was read from, when it was read from words. */
  source: z.string().max(200).optional(),
  /** Taken from this laptop's clock because the CMS named no time that can be believed. */
  unconfirmed: z.literal(true).optional()
})
export type Instant = z.infer<typeof Instant>

/**
 * The instants of a story. `firstPublished` comes from a receipt, a page taken in or a hand, and never moves on an
 * edit.
 */
export const StoryTimes = z.looseObject({
  created: Instant,
  firstPublished: Instant.nullable(),
  /** The last significant update a reader should know of; not the last autosave. */
  lastUpdated: Instant.nullable(),
  /** Somebody else forbids publication before this moment. When a delivery is to leave is the delivery's own affair. */
  embargo: Instant.nullable(),
  /**
   * When the story is to run, where that was settled before its first delivery. Publishing offers it and takes it away.
   * Older libraries have it from stories that were scheduled and never sent.
   */
  planned: Instant.optional()
})
export type StoryTimes = z.infer<typeof StoryTimes>

export function instantAt(ms: number, zone: string, origin: Instant['origin']): Instant {
  return { utc: new Date(ms).toISOString(), zone, origin }
}

/** An ISO date of the years 1 to 9999, which is as far as the exported formats go. */
export function isWritableYear(utc: string): boolean {
  return /^(?!0000)\d{4}-/.test(utc)
}

/** Null counts as no limit. */
export function laterOf(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other
  return Date.parse(one.utc) >= Date.parse(other.utc) ? one : other
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
