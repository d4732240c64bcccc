import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Story } from '../../../shared/story/story.ts'
import { toStoredFields, upgradeFieldsPatch } from '../../../shared/story/upgrade.ts'
import { say } from '../../../shared/words/message.ts'
import type { StoryChange } from './open-story.ts'

/** A change as stored in the journal: its fields carry their version. */
export function storedChange(change: StoryChange): string {
  return JSON.stringify({ ...change, ...(change.fields && { fields: toStoredFields(change.fields) }) })
}

export function readChange(stored: string): StoryChange {
  const change = JSON.parse(stored) as StoryChange
  return change.fields ? { ...change, fields: upgradeFieldsPatch(change.fields) } : change
}

/** A change between two revisions is missing. */
export function missing(expected: number, found: number): GalleyError {
  return new GalleyError('damaged', say('stories.changeMissing'), { detail: { expected, found } })
}

/** Fields and body as stored on disk. */
export function storedText(story: Pick<Story, 'fields' | 'body'>): { fields: string; body: string } {
  return { fields: JSON.stringify(toStoredFields(story.fields)), body: JSON.stringify(story.body) }
}
