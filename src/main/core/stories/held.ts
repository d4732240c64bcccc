import type { HeldStory } from '../../../shared/contract/stories.ts'
import { toWireError } from '../../../shared/rpc/errors.ts'
import type { StoriesService } from './stories.ts'

/** Stories that work of several did not come to any more, with what ended it as the reason. */
export function notReached(stories: StoriesService, ids: readonly string[], error: unknown): HeldStory[] {
  const { key, params } = toWireError(error)
  return ids.map((id) => ({ id, headline: headlineOf(stories, id), why: { key, ...(params && { params }) } }))
}

/** One that is not there, or cannot be read, has none to show. */
export function headlineOf(stories: StoriesService, id: string): string {
  try {
    return stories.summary(id).headline
  } catch {
    return ''
  }
}
