import { Suspense } from 'react'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { newId } from '../../../shared/lib/id.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi, type Api } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** The approved version is older than the story at the desk: shows the differences and offers to replace or keep it. */
export function BehindNotice({ item }: { readonly item: OutboxItem }) {
  const api = useApi()
  const words = useStrings().publishing
  const { CompareButton } = useSlots()
  return (
    <Notice
      tone="warn"
      actions={
        <>
          <Suspense>
            {CompareButton && (
              <CompareButton
                label={words.whatDiffers}
                title={words.behindTitle}
                load={() => versionsOf(api, item)}
                names={{ before: words.approvedVersion, after: words.deskVersion }}
              />
            )}
          </Suspense>
          <Button size="small" onPress={() => void replace(api, item).catch(sayFailure)}>
            {words.replaceVersion}
          </Button>
          <Button
            size="small"
            variant="quiet"
            onPress={() => void api.call.publishing.keep({ id: item.id }).catch(sayFailure)}
          >
            {words.keepVersion}
          </Button>
        </>
      }
    >
      {words.behind} {item.newsletter !== null && words.behindMailed(item.newsletter)}
    </Notice>
  )
}

async function versionsOf(api: Api, { storyId, revision }: OutboxItem) {
  await flush(storyId)
  const [before, after] = await Promise.all([
    api.call.revisions.get({ storyId, revision }),
    api.call.stories.get({ id: storyId })
  ])
  // The status at the desk is not published with either version.
  return { before: { ...before, status: after.status }, after }
}

/**
 * Replaces the approved version with the desk's. Keeps the hour now set in the story, or else the one already approved
 * if that is still to come; it is also mailed if the earlier one was going to be.
 */
async function replace(api: Api, { storyId, targetId, planned }: OutboxItem): Promise<void> {
  await flush(storyId)
  const { revision, fields } = await api.call.stories.get({ id: storyId })
  const at = fields.times.planned ?? (planned && Date.parse(planned.utc) > Date.now() ? planned : null)
  await api.call.publishing.publish({ storyId, targetId, revision, changeId: newId(), at })
}

/** Saves what has just been typed, because it is part of the desk's version. */
async function flush(storyId: string): Promise<void> {
  const open = openStory.get()
  if (open?.id === storyId) await open.flush()
}
