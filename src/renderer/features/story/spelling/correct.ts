import { replaceInStory } from '../../../../shared/find/replace.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import type { StorySession } from '../story-session.ts'
import type { TextPlaces } from '../text-places.ts'
import type { PlacedFinding } from './spelling-session.ts'

/**
 * Replaces what was found with a suggestion, as one undo step, with the caret after it. Returns false if the words are
 * no longer there.
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
  // A field takes over its new text only when React renders it.
  if (place.in === 'field') requestAnimationFrame(() => places.select({ place, start: caret, end: caret }))
  else places.select({ place, start: caret, end: caret })
  return true
}
