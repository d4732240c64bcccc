import type { OutboxItem } from '../../../../shared/contract/outbox.ts'
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
  return telling.isPlanned && group === 'stopped' ? [whyOf(item, 'hour', telling), why] : [why]
}

function whyOf(item: OutboxItem, group: OutboxGroup, { words, now, zone }: Telling): string {
  const hour = item.planned?.utc === item.notBefore ? item.planned : item.embargo
  switch (group) {
    case 'stopped':
      return item.problem ? whatHappened(item.problem) : ''
    case 'hour':
    case 'paused':
      if (item.notBefore === null) return `${words.queued} ${moment(item.queuedAt, zone)}`
      return `${left(item.notBefore, words, now)} · ${hours(item.notBefore, [hour?.zone ?? zone, zone, 'UTC'])}`
    case 'waiting':
      return item.problem ? whatHappened(item.problem) : `${words.queued} ${moment(item.queuedAt, zone)}`
    case 'underWay':
      return moment(item.queuedAt, zone)
    case 'ended':
      return moment(item.receipt?.at ?? item.queuedAt, zone)
  }
}

/** The time left until then. `now` in milliseconds UTC. */
export function left(utc: string, words: Telling['words'], now: number): string {
  const ms = Date.parse(utc) - now
  return ms > 0 ? words.inTime(ms) : words.overdue
}
