import { whyNotPublished } from '../../../shared/checks/publishable.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Story } from '../../../shared/story/story.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * Throws `conflict` if the revision is not the one that was looked at, and `refused` for what must not be published.
 */
export function requirePublishable(story: Story, revision: number): void {
  if (story.revision !== revision) {
    throw new GalleyError('conflict', say('publishing.storyChanged'), {
      detail: { revision: story.revision, asked: revision }
    })
  }
  const why = whyNotPublished(story)
  if (why) throw new GalleyError('refused', why)
}
