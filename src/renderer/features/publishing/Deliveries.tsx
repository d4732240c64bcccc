import { useStrings } from '../../strings/strings.ts'
import { BehindNotice } from './BehindNotice.tsx'
import { useStoryOutbox } from '../../api/outbox.ts'
import { hoursBeside } from './delivery-hours.ts'

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
          {hoursBeside(item, words, Date.now()).map((hour) => (
            <div key={hour}>{`${item.targetName}: ${hour}`}</div>
          ))}
          {item.behind && <BehindNotice item={item} />}
        </li>
      ))}
    </ul>
  )
}
