import { useSyncExternalStore } from 'react'
import type { FieldRule, ProfileField } from '../../../shared/checks/profile.ts'
import { useDeskFacts } from '../../api/desk.tsx'
import type { OpenStory } from '../../api/open-story.ts'

/** What the desk's checks ask of a field, if anything. */
export function useFieldRule(name: ProfileField): FieldRule | undefined {
  return useDeskFacts()?.checks.profile.fields[name]
}

/** A field the desk does not use is hidden while it is empty. */
export function useIsShown(story: OpenStory, name: ProfileField): boolean {
  const isOff = useFieldRule(name)?.shown === false
  return useSyncExternalStore(story.fields.subscribe, () => {
    if (!isOff) return true
    const value = story.fields.get()[name]
    return typeof value === 'string' ? value !== '' : Array.isArray(value) ? value.length > 0 : value !== null
  })
}
