import { speller } from '../../../spelling/window-speller.ts'
import type { StorySession } from '../story-session.ts'
import { SpellingSession } from './spelling-session.ts'

/** Started, and not yet taken over. */
const begun = new WeakMap<StorySession, SpellingSession>()

/** A story has been opened: an engine that is already running checks its beginning while the story is being drawn. */
export function lookAhead(story: StorySession): void {
  if (speller.isUp(story.fields.get().language) && !begun.has(story))
    begun.set(story, new SpellingSession({ story, speller, isNear: null }))
}

/** The session started for it, if any. */
export function takeAhead(story: StorySession): SpellingSession | null {
  const spelling = begun.get(story) ?? null
  begun.delete(story)
  return spelling
}
