import type { Story } from '../story/story.ts'
import type { Instant, StoryTimes } from '../story/instant.ts'
import type { Status } from '../story/status.ts'
import type { PageWords } from './page-words.ts'

/** What an export says of a story that is not, or not yet, for readers. */
export interface Standing {
  /** A story that nobody has approved, or that was withdrawn. */
  readonly mark: keyof PageWords['marks'] | null
  /** Somebody else forbids publication before this; null when it has run since. */
  readonly embargo: Instant | null
  /** A delivery is planned for this hour. */
  readonly planned: Instant | null
}

/**
 * `planned`: the earliest hour that a delivery waits for. The clock has no say, so that the same story gives the same
 * bytes.
 */
export function standingOf(
  { status, fields }: { readonly status: Status; readonly fields: Pick<Story['fields'], 'times'> },
  planned: Instant | null = null
): Standing {
  const { embargo } = fields.times
  const isOver = embargo !== null && hasRunSince(status, fields.times, embargo)
  const mark =
    status === 'draft' || status === 'ready' ? 'draft' : status === 'trashed' || status === 'killed' ? status : null
  return { mark, embargo: isOver ? null : embargo, planned }
}

/** A first publication that somebody typed into a story that never ran lifts no embargo. */
function hasRunSince(status: Status, { firstPublished }: StoryTimes, embargo: Instant): boolean {
  if (firstPublished === null || Date.parse(firstPublished.utc) < Date.parse(embargo.utc)) return false
  return firstPublished.origin !== 'typed' || status === 'published' || status === 'updating' || status === 'killed'
}

/** The embargo that still forbids publication; `now` in milliseconds UTC. */
export function embargoAhead({ times }: Pick<Story['fields'], 'times'>, now: number): Instant | null {
  const { embargo } = times
  return embargo && Date.parse(embargo.utc) > now ? embargo : null
}

/** Search engines are asked to keep away from a page of it. */
export function isForReaders({ mark, embargo, planned }: Standing): boolean {
  return mark === null && embargo === null && planned === null
}
