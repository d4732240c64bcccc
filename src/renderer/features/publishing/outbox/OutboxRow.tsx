import { memo } from 'react'
import type { OutboxItem } from '../../../../shared/contract/outbox.ts'
import { useStrings } from '../../../strings/strings.ts'
import { hours } from '../../../ui/format.ts'
import { stateName } from '../state-name.ts'
import type { Embargo, OutboxGroup } from './outbox-rows.ts'
import { factsOf, left } from './row-facts.ts'

interface OutboxRowProps {
  readonly item: OutboxItem
  readonly group: OutboxGroup
  /** Something newer of the story has taken its place. */
  readonly isReplaced: boolean
  /** Listed by day, where each row says who sends it. */
  readonly isPlanned: boolean
  /** Milliseconds UTC. */
  readonly now: number
  readonly zone: string
}

/** One delivery in two lines: what goes where, and what it waits for. */
export const OutboxRow = memo(function OutboxRow({ item, group, isReplaced, isPlanned, now, zone }: OutboxRowProps) {
  const all = useStrings()
  const words = all.outbox
  const { pictures, state } = item
  return (
    <div className="outbox-row" data-group={group}>
      <span className="outbox-row-head">
        <span className="outbox-row-headline" dir="auto">
          {item.headline || all.common.untitled}
        </span>
        <span className="outbox-row-target" dir="auto">
          {item.targetName}
        </span>
      </span>
      <span className="outbox-row-facts">
        <b>{stateName(all.publishing, item, isReplaced)}</b>
        {state === 'sending' && pictures.of > 0 && <span>{words.pictures(pictures.sent, pictures.of)}</span>}
        {factsOf(item, group, { isPlanned, words, now, zone }).map((fact) => (
          <span key={fact} className="outbox-row-why">
            {fact}
          </span>
        ))}
        {/* A delivery that has stopped is not sent by anyone until a person has dealt with it. */}
        {isPlanned && group !== 'stopped' && <span className="outbox-row-who">{words.sentBy[item.firedBy]}</span>}
      </span>
    </div>
  )
})

interface EmbargoRowProps {
  readonly embargo: Embargo
  readonly waitsFor: readonly string[]
  /** Milliseconds UTC. */
  readonly now: number
  readonly zone: string
}

/** An embargo still to come, and whether any delivery waits for it. */
export const EmbargoRow = memo(function EmbargoRow({ embargo, waitsFor, now, zone }: EmbargoRowProps) {
  const all = useStrings()
  const words = all.outbox
  return (
    <div className="outbox-row" data-group="embargo">
      <span className="outbox-row-head">
        <span className="outbox-row-headline" dir="auto">
          {embargo.headline || all.common.untitled}
        </span>
      </span>
      <span className="outbox-row-facts">
        <b>{words.embargoEnds}</b>
        <span className="outbox-row-why">
          {`${left(embargo.until, words, now)} · ${hours(embargo.until, [zone, 'UTC'])}`}
        </span>
        <span className="outbox-row-who">{words.waitsBehindEmbargo(waitsFor)}</span>
      </span>
    </div>
  )
})
