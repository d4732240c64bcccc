import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { useStrings, type Strings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { BehindNotice } from './BehindNotice.tsx'
import { useStoryOutbox } from '../../api/outbox.ts'
import { hoursShown } from './delivery-hours.ts'

/**
 * The story's approved deliveries that wait for their hour, each in that hour's own time zone and marked if it is older
 * than the story at the desk. A delivery keeps the embargo it was approved with, even if the story has none any more.
 */
export function Deliveries({ storyId }: { readonly storyId: string }) {
  const words = useStrings().publishing
  const items = useStoryOutbox(storyId).filter(
    ({ planned, embargo, behind, state }) =>
      ((planned ?? embargo) && state !== 'done' && state !== 'cancelled') || behind
  )
  if (items.length === 0) return null
  return (
    <ul className="deliveries">
      {items.map((item) => (
        <li key={item.id} data-behind={item.behind || undefined}>
          {hoursOf(item, words).map((hour) => (
            <div key={hour}>{`${item.targetName}: ${hour}`}</div>
          ))}
          {item.behind && <BehindNotice item={item} />}
        </li>
      ))}
    </ul>
  )
}

function hoursOf(item: OutboxItem, words: Strings['publishing']): string[] {
  const { planned, embargo } = hoursShown(item)
  return [
    ...(planned ? [words.planned(moment(planned.utc, planned.zone))] : []),
    ...(embargo ? [words.heldBack(moment(embargo.utc, embargo.zone))] : [])
  ]
}
