import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { deliveryHourAhead } from '../../../shared/story/delivery-hour.ts'
import type { Strings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { stateName } from './state-name.ts'

/** How a story that was published with others stands by now. `now` in milliseconds UTC. */
export function saidOfQueued(
  item: OutboxItem,
  { publishing, outbox, libraryMany }: Pick<Strings, 'publishing' | 'outbox' | 'libraryMany'>,
  now: number
): string {
  const hour = deliveryHourAhead(item, now)
  const at = hour && moment(hour.utc, hour.zone)
  switch (item.state) {
    case 'waiting':
    case 'scheduled':
    case 'handed-over':
      if (!at) return libraryMany.publishQueued
      return item.firedBy === 'cms' ? libraryMany.publishScheduledThere(at) : libraryMany.publishScheduled(at)
    case 'sending':
      return libraryMany.publishQueued
    case 'paused':
      return [stateName(publishing, item), ...(at ? [outbox.plannedFor(at)] : [])].join(' · ')
    default:
      return stateName(publishing, item)
  }
}
