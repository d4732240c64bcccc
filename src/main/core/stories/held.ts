import type { HeldStory } from '../../../shared/contract/stories.ts'
import { toWireError } from '../../../shared/rpc/errors.ts'
import type { StoriesService } from './stories.ts'

/** The stories that a batch did not get to, each with what ended the batch as the reason. */
export function notReached(stories: StoriesService, ids: readonly string[], error: unknown): HeldStory[] {
  const { key, params } = toWireError(error)
  return ids.map((id) => ({ id, headline: headlineOf(stories, id), why: { key, ...(params && { params }) } }))
}

/** Empty for a story that does not exist or cannot be read. */
export function headlineOf(stories: StoriesService, id: string): string {
  try {
    return stories.summary(id).headline
  } catch {
    return ''
  }
}
