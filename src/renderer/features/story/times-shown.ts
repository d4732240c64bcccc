import { embargoAhead, standingOf } from '../../../shared/formats/standing.ts'
import type { Instant, StoryTimes } from '../../../shared/story/instant.ts'
import type { Status } from '../../../shared/story/status.ts'

/**
 * The hours to come that are told beside a story: an embargo as long as it holds, or until the story has run since, and
 * a planned hour unless the embargo outlasts it. `now` in milliseconds UTC.
 */
export function hoursToCome(
  story: { readonly status: Status; readonly fields: { readonly times: StoryTimes } },
  now: number
): { readonly embargo: Instant | null; readonly planned: Instant | null } {
  const ahead = embargoAhead(story.fields, now)
  const { planned = null } = story.fields.times
  const isOutlasted = planned && ahead && Date.parse(ahead.utc) > Date.parse(planned.utc)
  return { embargo: ahead ?? standingOf(story).embargo, planned: isOutlasted ? null : planned }
}
