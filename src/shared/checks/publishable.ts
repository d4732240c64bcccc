import { bodyToText } from '../document/to-text.ts'
import type { StoryFields } from '../story/fields.ts'
import type { Status } from '../story/status.ts'
import { say, type Message } from '../words/message.ts'

/** Why a story cannot be published as it is, whatever the desk's checks say of it; null where nothing is in the way. */
export function whyNotPublished(story: {
  readonly status: Status
  readonly fields: StoryFields
  readonly body: Parameters<typeof bodyToText>[0]
}): Message | null {
  if (story.status === 'killed') return say('publishing.killed')
  if (story.status === 'trashed') return say('publishing.storyInTrash')
  if (story.fields.headline.trim() === '') return say('publishing.noHeadline')
  if (bodyToText(story.body).trim() === '') return say('publishing.noBody')
  if (story.fields.corrections.some(({ text }) => text.trim() === '')) return say('checks.blankCorrection')
  return null
}
