import { Suspense } from 'react'
import type { OutboxItem, Standing } from '../../../shared/contract/outbox.ts'
import { useApi } from '../../api/api.tsx'
import { useSettings } from '../../api/desk.tsx'
import { openStory } from '../../api/open-story.ts'
import { nowAndEarlier } from '../../api/outbox.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { AtWorkNotice } from './AtWorkNotice.tsx'
import { LiveAddress } from './LiveAddress.tsx'
import { isTextKnown, livePage } from './standings.ts'

interface LiveCopyProps {
  readonly storyId: string
  readonly standing: Standing
  /** The delivery's card is shown next to this and already gives the time and the address. */
  readonly isToldBeside?: boolean
}

/** The version that is live now, and what an update would change. */
export function LiveCopy({ storyId, standing, isToldBeside = false }: LiveCopyProps) {
  const api = useApi()
  const words = useStrings().publishing
  const { zone } = useSettings()
  const { CompareButton } = useSlots()
  const { receipt, current } = standing
  if (!receipt) return null
  const { revision } = receipt
  const page = livePage(receipt)
  return (
    <div className="publish-live">
      {receipt.since && <Notice tone="warn">{words.since[receipt.since]}</Notice>}
      {!isToldBeside && receipt.since !== 'gone' && (
        <p className="publish-note" dir="auto">
          {words[receipt.firedBy ? 'liveSince' : 'liveThere'](moment(receipt.at, zone))}
        </p>
      )}
      {!isToldBeside && page && <LiveAddress url={page} />}
      <AtWorkNotice storyId={storyId} targetId={standing.targetId} />
      {!current && isTextKnown(standing) && (
        <Suspense>
          {CompareButton && (
            <CompareButton
              label={words.whatChanges}
              title={words.whatChangesTitle}
              load={async () => {
                const open = openStory.get()
                if (open?.id === storyId) await open.flush()
                const [before, after] = await Promise.all([
                  api.call.revisions.get({ storyId, revision }),
                  api.call.stories.get({ id: storyId })
                ])
                // Readers never see the status at the desk; the date was set by the publication itself.
                const { firstPublished } = after.fields.times
                const fields = { ...before.fields, times: { ...before.fields.times, firstPublished } }
                return { before: { ...before, status: after.status, fields }, after }
              }}
              names={{ before: words.liveVersion, after: words.deskVersion }}
            />
          )}
        </Suspense>
      )}
    </div>
  )
}

/** Whether an unfolded card of one of these deliveries shows the receipt. */
export function isToldBy(items: readonly OutboxItem[], { targetId, receipt }: Standing): boolean {
  return nowAndEarlier(items).now.some((item) => item.targetId === targetId && item.receipt?.at === receipt?.at)
}
