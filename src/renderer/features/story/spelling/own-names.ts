import { namesOfStory } from '../../../../shared/spelling/story-names.ts'
import type { StorySession } from '../story-session.ts'

/** Returns a test for names of the people who made the story, as the story gives them at that moment. */
export function ownNames(session: Pick<StorySession, 'fields' | 'stats'>): (word: string) => boolean {
  let read: readonly unknown[] = []
  let isName: (word: string) => boolean = () => false
  return (word) => {
    const fields = session.fields.get()
    const { images } = session.stats.get()
    const now = [fields.authors, fields.byline, fields.leadImage, images]
    if (now.some((part, at) => part !== read[at])) {
      read = now
      isName = namesOfStory(
        fields,
        images.map(({ image }) => image)
      )
    }
    return isName(word)
  }
}
