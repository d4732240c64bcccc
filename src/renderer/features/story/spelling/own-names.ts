import { namesOfStory } from '../../../../shared/spelling/story-names.ts'
import type { StorySession } from '../story-session.ts'

/** Whether a word is a name of somebody who made the story, as the story says at that moment. */
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
