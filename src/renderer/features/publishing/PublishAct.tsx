import { useRef } from 'react'
import { Send } from 'lucide-react'
import type { Standing } from '../../../shared/contract/outbox.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import { useOpenStory } from '../../api/open-story.ts'
import { useMaybeStore } from '../../api/store.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { intended, isToDo, type Plan } from './plans.ts'
import { publishAllLabel } from './publish-label.ts'
import { WithdrawButton } from './WithdrawButton.tsx'

interface PublishActProps {
  readonly storyId: string
  /** Of the targets that are ticked. */
  readonly plans: readonly Plan[]
  readonly standings: readonly Standing[]
  readonly embargo: Instant | null
  readonly isReady: boolean
  readonly isBusy: boolean
  /** Why nothing was taken. */
  readonly refusal: WireError | null
  readonly onPublish: () => void
  /** Only where there is one target, and nothing to update on it. */
  readonly onSendAgain: (() => void) | undefined
}

/** The foot of the sheet, where nothing that is learnt later moves the button from under a press. */
export function PublishAct({
  storyId,
  plans,
  standings,
  embargo,
  isReady,
  isBusy,
  refusal,
  onPublish,
  onSendAgain
}: PublishActProps) {
  const words = useStrings()
  const story = useOpenStory()
  const publish = useRef<HTMLButtonElement>(null)
  /** Taken down: it is made a draft before it can go anywhere again. */
  const isWithdrawn = useMaybeStore(story?.status) === 'killed'
  const shown = standings.filter(({ state }) => state !== 'withdrawn')
  const isOpen = plans.some(({ isHourOpen }) => isHourOpen)
  const canPublish = isReady && !isWithdrawn && !isOpen && plans.some(isToDo)
  return (
    <div className="publish-act">
      {refusal && <Notice tone="danger">{inWords(refusal)}</Notice>}
      {isWithdrawn && (
        <Notice
          tone="warn"
          actions={
            <Button
              size="small"
              onPress={() => {
                // This one goes; the next thing to do is the big one.
                publish.current?.focus()
                story?.setStatus('draft')
              }}
            >
              {words.story.makeDraft}
            </Button>
          }
        >
          {words.story.killedNotice}
        </Notice>
      )}
      {onSendAgain && (
        <Button size="small" variant="quiet" isDisabled={isBusy} onPress={onSendAgain}>
          {words.publishing.sendAgain}
        </Button>
      )}
      {canPublish && <p className="publish-note">{words.publishing.approves}</p>}
      {shown.length > 0 && <WithdrawButton storyId={storyId} standings={shown} />}
      <Button
        ref={publish}
        variant="primary"
        size="large"
        icon={<Send />}
        isDisabled={!story}
        // It keeps the focus it has when there is nothing to update any more: keys would go nowhere.
        aria-disabled={!canPublish}
        isPending={isBusy}
        onPress={() => {
          if (canPublish) onPublish()
        }}
      >
        {isOpen
          ? words.publishing.settleHour
          : publishAllLabel(
              words.publishing,
              plans.map((plan) => intended(plan, embargo)),
              Date.now()
            )}
      </Button>
    </div>
  )
}
