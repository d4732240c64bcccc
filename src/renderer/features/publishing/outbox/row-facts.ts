import type { OutboxItem } from '../../../../shared/contract/outbox.ts'
import { deliveryHour } from '../../../../shared/story/delivery-hour.ts'
import { whatHappened, type Strings } from '../../../strings/strings.ts'
import { hours, moment } from '../../../ui/format.ts'
import type { OutboxGroup } from './outbox-rows.ts'

interface Telling {
  readonly words: Strings['outbox']
  /** The row is listed by day. */
  readonly isPlanned: boolean
  /** Milliseconds UTC. */
  readonly now: number
  readonly zone: string
}

/**
 * What a delivery waits for, why it stopped, or when it ended. If it is listed by day and has stopped, its hour comes
 * first.
 */
export function factsOf(item: OutboxItem, group: OutboxGroup, telling: Telling): readonly string[] {
  const why = whyOf(item, group, telling)
  const isHourSaid = group === 'hour' || group === 'paused'
  return telling.isPlanned && !isHourSaid ? [hourOf(item, group, telling), why] : [why]
}

function whyOf(item: OutboxItem, group: OutboxGroup, telling: Telling): string {
  const { words, zone } = telling
  switch (group) {
    case 'stopped':
      return item.problem ? whatHappened(item.problem) : ''
    case 'hour':
    case 'paused':
      return hourOf(item, group, telling)
    case 'waiting':
      return item.problem ? whatHappened(item.problem) : `${words.queued} ${moment(item.queuedAt, zone)}`
    case 'underWay':
      return `${words.queued} ${moment(item.queuedAt, zone)}`
    case 'ended':
      return item.receipt ? moment(item.receipt.at, zone) : `${words.queued} ${moment(item.queuedAt, zone)}`
  }
}

/** Nothing leaves at the hour of what has stopped or is paused, so it is a plan and no countdown. */
function hourOf(item: OutboxItem, group: OutboxGroup, { words, now, zone }: Telling): string {
  const hour = deliveryHour(item)
  if (!hour) return `${words.queued} ${moment(item.queuedAt, zone)}`
  const when = hours(hour.utc, [hour.zone, zone, 'UTC'])
  return group === 'stopped' || group === 'paused' ? words.plannedFor(when) : `${left(hour.utc, words, now)} · ${when}`
}

/** The time left until then. `now` in milliseconds UTC. */
export function left(utc: string, words: Telling['words'], now: number): string {
  const ms = Date.parse(utc) - now
  return ms > 0 ? words.inTime(ms) : words.overdue
}
