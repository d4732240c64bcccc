import type { Target } from '../../../shared/contract/publishing.ts'
import { canFire } from '../../../shared/publishing/targets/index.ts'
import { instantAt, type Instant } from '../../../shared/story/instant.ts'
import { useApi } from '../../api/api.tsx'
import { useSettings } from '../../api/desk.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { DateTimeField } from '../../ui/DateTimeField.tsx'
import { FocusLeft } from '../../ui/FocusLeft.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useOpenStory } from '../../api/open-story.ts'
import { useMaybeStore } from '../../api/store.ts'
import { ChangeKind } from './ChangeKind.tsx'
import { LiveChanges } from './LiveChanges.tsx'
import { NewsletterChoice } from './NewsletterChoice.tsx'
import type { Choice, Plan } from './plans.ts'
import { isTextKnown } from './standings.ts'

interface PlanFiresProps extends PlanProps {
  /** An embargo holds it, whichever hour is chosen. */
  readonly isHeld: boolean
}

interface PlanProps {
  readonly plan: Plan
  readonly onChoose: (choice: Choice) => void
}

/** When it is published on one target. */
export function PlanHour({ plan: { at, firedBy }, onChoose }: PlanProps) {
  const words = useStrings().publishing
  const { zone } = useSettings()
  return (
    <>
      <SegmentedControl
        label={words.when}
        value={at ? 'planned' : 'now'}
        onChange={(next) => onChoose({ hour: next === 'now' ? null : nextFullHour(zone) })}
        options={[
          { id: 'now', label: words.now },
          { id: 'planned', label: words.atAnHour }
        ]}
      />
      {at && (
        <DateTimeField
          bare
          label={words.plannedHour}
          value={at}
          zone={zone}
          onChange={(hour) => onChoose({ hour })}
          onOpen={(isHourOpen) => onChoose({ isHourOpen })}
          description={firedBy === 'cms' ? words.plannedThereText : words.plannedText}
        />
      )}
    </>
  )
}

/** Whether the desk or the site publishes it at its hour, on targets that offer the choice. */
export function PlanFires({
  plan: { target, at, canFire: mayChoose, firedBy, isFirst, newsletter },
  isHeld,
  onChoose
}: PlanFiresProps) {
  const words = useStrings().publishing
  if (at === null && !isHeld) return null
  if (!mayChoose)
    return canFire(target) && isFirst && newsletter !== null ? (
      <p className="publish-note">{words.mailedByDesk}</p>
    ) : null
  return (
    <>
      <SegmentedControl
        label={words.fires}
        value={firedBy}
        onChange={(next) => onChoose({ firedBy: next })}
        options={[
          { id: 'cms', label: words.firedBy.cms },
          { id: 'desk', label: words.firedBy.desk }
        ]}
      />
      <p className="publish-note">{words.firedByTexts[firedBy]}</p>
    </>
  )
}

/** How an update is presented to readers, and whether a first publication is mailed. */
export function PlanKind({ plan, onChoose }: PlanProps) {
  const story = useOpenStory()
  const corrections = useMaybeStore(story?.fields)?.corrections ?? []
  const { target, isLive, isCurrent, isFirst, change, newsletter } = plan
  return (
    <>
      {isLive && !isCurrent && (
        <ChangeKind
          value={change}
          isCorrected={corrections.length > 0}
          onChange={(next) => onChoose({ change: next })}
        />
      )}
      {story && plan.standing && isTextKnown(plan.standing) && !isCurrent && (
        <LiveChanges
          story={story}
          standing={plan.standing}
          change={change}
          onCorrected={() => onChoose({ change: 'correction' })}
        />
      )}
      {isFirst && (
        <NewsletterChoice target={target} value={newsletter} onChange={(next) => onChoose({ newsletter: next })} />
      )}
    </>
  )
}

/** What is wrong with one target at the moment: its clock is off, or it is not running. */
export function TargetNotices({ target }: { readonly target: Target }) {
  const api = useApi()
  const words = useStrings().publishing
  const practice = useCall((call, signal) => call.publishing.practice({}, signal), [target.id])
  useEvent('outboxChanged', () => practice.reload())
  useEvent('targetsChanged', () => practice.reload())
  const clock = useCall((call, signal) => call.publishing.clock({ targetId: target.id }, signal), [target.id])
  const ahead = clock.data?.ahead ?? 0
  const isStopped = target.kind === 'practice' && practice.data?.running === false
  return (
    <>
      {Math.abs(ahead) > 60_000 && <Notice tone="warn">{words.clockDiffers(ahead)}</Notice>}
      {isStopped && (
        <FocusLeft>
          <Notice
            tone="warn"
            actions={
              <Button
                size="small"
                onPress={() => void api.call.publishing.startPractice({}).then(() => practice.reload(), sayFailure)}
              >
                {words.startPractice}
              </Button>
            }
          >
            {words.practiceIsStopped}
          </Notice>
        </FocusLeft>
      )}
    </>
  )
}

const HOUR = 3_600_000
function nextFullHour(zone: string): Instant {
  return instantAt((Math.floor(Date.now() / HOUR) + 2) * HOUR, zone, 'typed')
}
