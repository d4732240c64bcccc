import { useState } from 'react'
import type { Target } from '../../../shared/contract/publishing.ts'
import { useOpenStory } from '../../api/open-story.ts'
import { useStoryOutbox } from '../../api/outbox.ts'
import { useMaybeStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Select } from '../../ui/Select.tsx'
import { isToldBy, LiveCopy } from './LiveCopy.tsx'
import { PassedHourDialog } from './PassedHourDialog.tsx'
import { PlanFires, PlanHour, PlanKind, TargetNotices } from './PlanFields.tsx'
import { Preflight } from './Preflight.tsx'
import { PublishAct } from './PublishAct.tsx'
import { AskAdvised, StoryFindings } from './StoryFindings.tsx'
import { TargetCard } from './TargetCard.tsx'
import { TargetItems } from './TargetItems.tsx'
import { WouldBeSent } from './WouldBeSent.tsx'
import { useOnline } from './online.ts'
import { isToDo, mayChoose, planOf, useChoices, usualTargets } from './plans.ts'
import { useStandings } from './standings.ts'
import { usePublishing } from './use-publishing.ts'

interface PublishFormProps {
  readonly storyId: string
  /** At least one. */
  readonly targets: readonly Target[]
  /** Called when the user goes back to the story. */
  readonly onGo?: () => void
}

/**
 * Where the story goes, what is sent and when, and the button that sends it. A single target gets no card of its own.
 */
export function PublishForm({ storyId, targets, onGo }: PublishFormProps) {
  const words = useStrings().publishing
  const story = useOpenStory()
  const isOnline = useOnline()
  const fields = useMaybeStore(story?.fields)
  const revision = useMaybeStore(story?.revision)
  const stats = useMaybeStore(story?.stats)
  const items = useStoryOutbox(storyId)
  const { standings, areKnown } = useStandings(storyId, items, revision)
  const isSeveral = targets.length > 1
  const choices = useChoices()
  const publishing = usePublishing(storyId, choices, isSeveral)
  const [ticked, setTicked] = useState<ReadonlySet<string> | null>(null)

  const { embargo = null, planned = null } = fields?.times ?? {}
  const isHeld = embargo !== null && Date.parse(embargo.utc) > Date.now()
  const emptySlots =
    (fields?.leadImage?.mediaId === null ? 1 : 0) +
    (stats?.images.filter(({ image }) => image.mediaId === null).length ?? 0)
  const situation = { items, standings, planned, embargo, isOnline, now: Date.now() }
  const on = isSeveral ? (ticked ?? usualTargets(targets, situation)) : new Set(targets.map(({ id }) => id))
  const plans = targets.map((target) => planOf(target, choices.choiceOf(target.id), situation))
  const chosen = plans.filter(({ target }) => on.has(target.id))
  const first = chosen[0] ?? plans[0]
  const only = isSeveral ? undefined : plans[0]
  const open = only && mayChoose(only) ? only : undefined
  if (!first) return null

  const tick = (targetId: string, isTicked: boolean): void => {
    const next = new Set(on)
    if (isTicked) next.add(targetId)
    else next.delete(targetId)
    setTicked(next)
    choices.tried([targetId])
  }

  return (
    <section className="publish-form">
      {only ? (
        <>
          <Select
            label={words.target}
            value={only.target.id}
            onChange={() => undefined}
            options={targets.map(({ id, name, url }) => ({ id, label: name, detail: url }))}
          />
          {open && <PlanHour plan={open} onChoose={(choice) => choices.choose(open.target.id, choice)} />}
          {open && (
            <PlanFires plan={open} isHeld={isHeld} onChoose={(choice) => choices.choose(open.target.id, choice)} />
          )}
          {only.standing && (
            <LiveCopy storyId={storyId} standing={only.standing} isToldBeside={isToldBy(items, only.standing)} />
          )}
        </>
      ) : (
        <div className="target-cards" role="group" aria-label={words.target}>
          <span className="g-label" aria-hidden>
            {words.target}
          </span>
          <p className="publish-note">{words.sitesText}</p>
          {story &&
            plans.map((plan) => (
              <TargetCard
                key={plan.target.id}
                story={story}
                plan={plan}
                standing={standings.find(({ targetId }) => targetId === plan.target.id)}
                items={items.filter(({ targetId }) => targetId === plan.target.id)}
                isTicked={on.has(plan.target.id)}
                onTick={(isTicked) => tick(plan.target.id, isTicked)}
                onChoose={(choice) => choices.choose(plan.target.id, choice)}
                refusal={choices.refusalOf(plan.target.id)}
                isHeld={isHeld}
                isBusy={publishing.busy}
                onSendAgain={() => void publishing.publish([plan])}
              />
            ))}
        </div>
      )}
      {story && <StoryFindings story={story} timesHeld={publishing.timesHeld} onGo={onGo} />}
      {open && <PlanKind plan={open} onChoose={(choice) => choices.choose(open.target.id, choice)} />}
      {emptySlots > 0 && <Notice tone="warn">{words.picturesMissing(emptySlots)}</Notice>}
      {embargo && isHeld && <Notice tone="plain">{words.embargoHolds(moment(embargo.utc, embargo.zone))}</Notice>}
      {only && <TargetNotices target={only.target} />}
      {chosen.some(({ isOffline }) => isOffline) && <Notice tone="warn">{words.offline}</Notice>}
      {story && (
        <Preflight
          story={story}
          target={first.target}
          plan={
            only && {
              story,
              target: only.target,
              address: only.standing?.receipt?.url ?? null,
              firesAtHour: only.at !== null || isHeld ? only.firedBy : null,
              isSentBySaid: open === undefined
            }
          }
        />
      )}
      {open && <WouldBeSent storyId={storyId} plan={open} revision={revision} />}
      <TargetItems items={only ? items : items.filter(({ targetId }) => !targets.some(({ id }) => id === targetId))} />
      <PublishAct
        storyId={storyId}
        plans={chosen}
        standings={standings}
        embargo={embargo}
        // The default targets depend on where the story already is.
        isReady={story !== null && (!isSeveral || areKnown || ticked !== null)}
        isBusy={publishing.busy}
        refusal={(only && choices.refusalOf(only.target.id)) ?? publishing.refusalAt(revision)}
        onPublish={() => void publishing.askOrPublish(chosen.filter(isToDo))}
        onSendAgain={only?.isCurrent ? () => void publishing.publish([only]) : undefined}
      />
      {story && (
        <AskAdvised
          story={story}
          findings={publishing.asking}
          onClose={publishing.closeAsking}
          onPublish={publishing.publishAsked}
          onGo={onGo}
        />
      )}
      <PassedHourDialog
        hour={publishing.passed?.hour ?? null}
        targetName={isSeveral ? publishing.passed?.plan.target.name : undefined}
        onClose={publishing.closePassed}
        onPublish={publishing.publishPassed}
      />
    </section>
  )
}
