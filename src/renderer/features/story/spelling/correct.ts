import { replaceInStory } from '../../../../shared/find/replace.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import type { StorySession } from '../story-session.ts'
import type { TextPlaces } from '../text-places.ts'
import type { PlacedFinding } from './spelling-session.ts'

/**
 * Puts a suggestion in the place of what was found, as one step of undo, with the caret behind it. False where the
 * words are not there any more.
 */
export function correct(
  finding: PlacedFinding,
  instead: string,
  story: StorySession,
  editor: BodyEditorHandle,
  places: TextPlaces
): boolean {
  const { place, start, end, words } = finding
  const { fields, blocks, count } = replaceInStory(story.fields.get(), story.body().blocks, [
    { place, start, end, words, instead }
  ])
  if (count === 0) return false
  const caret = start + instead.length
  story.asOneStep(() => {
    editor.replaceBlocks(blocks)
    story.setFields(fields)
  })
  // A field takes over its new words when React draws it.
  if (place.in === 'field') requestAnimationFrame(() => places.select({ place, start: caret, end: caret }))
  else places.select({ place, start: caret, end: caret })
  return true
}
