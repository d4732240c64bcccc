import { z } from 'zod'

const AREAS =
  'Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US|SystemV'
const OLD_NAMES =
  'CET|CST6CDT|Cuba|EET|EST|EST5EDT|Egypt|Eire|Factory|GB|GB-Eire|GMT|GMT0|GMT[+-]0|Greenwich|HST|Hongkong|Iceland|Iran|Israel|Jamaica|Japan|Kwajalein|Libya|MET|MST|MST7MDT|NZ|NZ-CHAT|Navajo|PRC|PST8PDT|Poland|Portugal|ROC|ROK|Singapore|Turkey|UCT|UTC|Universal|W-SU|WET|Zulu'
/**
 * The form of a zone's name, for the published JSON Schema. Software ignores the letter case, but this is how they are
 * written.
 */
const ZONE_PATTERN = `^((${AREAS})(/[A-Za-z0-9_+-]+){1,2}|${OLD_NAMES}|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)$`

/** A moment as Galley stores it: the time in UTC, the zone it was meant in, and where it came from. */
export const Instant = z.looseObject({
  /** ISO 8601 in UTC with milliseconds: 2024-08-13T12:48:00.000Z */
  utc: z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/, 'is before the year 1'),
  /** IANA time zone the moment was written or chosen in: Asia/Dubai */
  zone: z
    .string()
    .min(1)
    .max(64)
    .refine(isTimeZone, 'is not a time zone this machine knows')
    // The list of zones grows every year; its areas, and the old names without an area, do not.
    .meta({ pattern: ZONE_PATTERN }),
  /** Where it came from: this laptop's clock, a person's hand, a wire page, an imported file, the CMS. */
  origin: z.enum(['clock', 'typed', 'intake', 'import', 'cms']),
  /** The text it was read from, if it was read from text. */
  source: z.string().max(200).optional(),
  /** Taken from this laptop's clock because the CMS gave no credible time. */
  unconfirmed: z.literal(true).optional()
})
export type Instant = z.infer<typeof Instant>

/**
 * The instants of a story. `firstPublished` is set by a receipt, a page taken in, or a person, and never changes on an
 * edit.
 */
export const StoryTimes = z.looseObject({
  created: Instant,
  firstPublished: Instant.nullable(),
  /** The last update readers should know about; not the last autosave. */
  lastUpdated: Instant.nullable(),
  /** Somebody else forbids publication before this moment. When a delivery is to leave is stored with the delivery. */
  embargo: Instant.nullable(),
  /**
   * When the story is to run, if that was decided before its first delivery. Publishing offers it and then removes it.
   * Older libraries have it from stories that were scheduled but never sent.
   */
  planned: Instant.optional()
})
export type StoryTimes = z.infer<typeof StoryTimes>

export function instantAt(ms: number, zone: string, origin: Instant['origin']): Instant {
  return { utc: new Date(ms).toISOString(), zone, origin }
}

/** True for an ISO date in the years 1 to 9999, the range of the exported formats. */
export function isWritableYear(utc: string): boolean {
  return /^(?!0000)\d{4}-/.test(utc)
}

/** The later of two instants; null means no limit. */
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
