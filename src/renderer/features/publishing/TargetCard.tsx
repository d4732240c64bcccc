import { useEffect, useRef } from 'react'
import { Checkbox } from 'react-aria-components'
import type { OutboxItem, Standing } from '../../../shared/contract/outbox.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { useMaybeStore } from '../../api/store.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { isToldBy, LiveCopy } from './LiveCopy.tsx'
import { PlanFires, PlanHour, PlanKind, TargetNotices } from './PlanFields.tsx'
import { mayChoose, type Choice, type Plan } from './plans.ts'
import { TargetFacts } from './Preflight.tsx'
import { TargetItems } from './TargetItems.tsx'
import { WouldBeSent } from './WouldBeSent.tsx'

interface TargetCardProps {
  readonly story: OpenStory
  readonly plan: Plan
  readonly standing: Standing | undefined
  /** The story's deliveries to this target, newest first. */
  readonly items: readonly OutboxItem[]
  readonly isTicked: boolean
  readonly onTick: (isTicked: boolean) => void
  readonly onChoose: (choice: Choice) => void
  readonly refusal: WireError | null
  /** An embargo holds it, whichever hour is chosen. */
  readonly isHeld: boolean
  readonly isBusy: boolean
  readonly onSendAgain: () => void
}

/** One of several targets: whether the story goes there, when and how, and how far it has got. */
export function TargetCard({
  story,
  plan,
  standing,
  items,
  isTicked,
  onTick,
  onChoose,
  refusal,
  isHeld,
  isBusy,
  onSendAgain
}: TargetCardProps) {
  const words = useStrings().publishing
  const revision = useMaybeStore(story.revision)
  const card = useRef<HTMLDivElement>(null)
  // The pressed button is at the foot of the sheet, so this card may be out of sight.
  useEffect(() => {
    if (refusal) card.current?.scrollIntoView({ block: 'nearest' })
  }, [refusal])
  const { target } = plan
  const isOpen = mayChoose(plan)
  return (
    <div ref={card} className="target-card" role="group" aria-label={target.name} data-ticked={isTicked || undefined}>
      <Checkbox className="newsletter" isSelected={isTicked} onChange={onTick}>
        <span className="newsletter-box" aria-hidden />
        <span className="newsletter-words">
          <b dir="auto">{target.name}</b>
          <small>
            {new URL(target.url).host} · {words.standings[plan.isCurrent ? 'current' : howItStands(standing)]}
          </small>
        </span>
      </Checkbox>
      {refusal && <Notice tone="danger">{inWords(refusal)}</Notice>}
      {isTicked && (
        <div className="target-plan">
          {isOpen && <PlanHour plan={plan} onChoose={onChoose} />}
          {isOpen && <PlanFires plan={plan} isHeld={isHeld} onChoose={onChoose} />}
          {plan.standing && (
            <LiveCopy storyId={story.id} standing={plan.standing} isToldBeside={isToldBy(items, plan.standing)} />
          )}
          {isOpen && <PlanKind plan={plan} onChoose={onChoose} />}
          <TargetNotices target={target} />
          <TargetFacts
            story={story}
            target={target}
            address={plan.standing?.receipt?.url ?? null}
            firesAtHour={plan.at !== null || isHeld ? plan.firedBy : null}
            // True if the choice above already names the sender, or nothing is sent.
            isSentBySaid={!isOpen || plan.isCurrent || (plan.canFire && (plan.at !== null || isHeld))}
          />
          {isOpen && <WouldBeSent storyId={story.id} plan={plan} revision={revision} />}
          {plan.isCurrent && (
            <Button size="small" variant="quiet" isDisabled={isBusy} onPress={onSendAgain}>
              {words.sendAgain}
            </Button>
          )}
        </div>
      )}
      {items.length > 0 && <TargetItems items={items} />}
    </div>
  )
}

/** The state to show: if a later look at the CMS found something else than the live story, that takes precedence. */
function howItStands(standing: Standing | undefined) {
  if (!standing) return 'none'
  return (standing.state === 'live' && standing.receipt?.since) || standing.state
}
