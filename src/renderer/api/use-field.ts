import { useSyncExternalStore } from 'react'
import type { StoryFields } from '../../shared/story/fields.ts'
import type { OpenStory } from './open-story.ts'

/** One field of the story and how to change it; renders only when that field changes. */
export function useField<K extends keyof StoryFields & string>(
  story: OpenStory,
  name: K
): readonly [StoryFields[K], (value: StoryFields[K], isStep?: boolean) => void] {
  const value = useSyncExternalStore(story.fields.subscribe, () => story.fields.get()[name])
  return [value, (next, isStep) => story.setFields({ [name]: next }, isStep)]
}
