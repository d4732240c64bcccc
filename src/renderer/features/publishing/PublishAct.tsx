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
  /** For the ticked targets. */
  readonly plans: readonly Plan[]
  readonly standings: readonly Standing[]
  readonly embargo: Instant | null
  readonly isReady: boolean
  readonly isBusy: boolean
  /** Why publishing was refused. */
  readonly refusal: WireError | null
  readonly onPublish: () => void
  /** Only if there is one target and nothing to update there. */
  readonly onSendAgain: (() => void) | undefined
}

/** The foot of the sheet, where results that arrive late cannot move the button from under the pointer. */
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
  /** The story was taken down and has to become a draft before it can be published again. */
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
                // This button disappears, so move the focus to the main button, which comes next.
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
        // Not `disabled`, which would lose the focus and with it the keyboard when nothing is left to update.
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
