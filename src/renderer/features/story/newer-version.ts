import { sameJson } from '../../../shared/lib/same-json.ts'
import type { StoryFields } from '../../../shared/story/fields.ts'
import type { Story } from '../../../shared/story/story.ts'

/**
 * The fields in which `latest` differs from the version we started from, if they can simply be taken over; null if its
 * body differs, or if a field was changed here too, and differently.
 */
export function newsOf(
  latest: Story,
  started: Pick<Story, 'fields' | 'body'>,
  ours: StoryFields
): Partial<StoryFields> | null {
  if (!sameJson(latest.body, started.body)) return null
  const theirs = Object.keys(latest.fields).filter((name) => !sameJson(latest.fields[name], started.fields[name]))
  const clashes = theirs.some(
    (name) => !sameJson(ours[name], started.fields[name]) && !sameJson(ours[name], latest.fields[name])
  )
  return clashes
    ? null
    : (Object.fromEntries(theirs.map((name) => [name, latest.fields[name]])) as Partial<StoryFields>)
}
