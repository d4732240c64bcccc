import { useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { BehindNotice } from './BehindNotice.tsx'
import { useStoryOutbox } from '../../api/outbox.ts'

/** What of a story is approved and waits for its hour, in the hour's own zone, and whether it is older than the desk. */
export function Deliveries({ storyId }: { readonly storyId: string }) {
  const words = useStrings().publishing
  const items = useStoryOutbox(storyId).filter(
    ({ planned, behind, state }) => (planned && state !== 'done' && state !== 'cancelled') || behind
  )
  if (items.length === 0) return null
  return (
    <ul className="deliveries">
      {items.map((item) => (
        <li key={item.id} data-behind={item.behind || undefined}>
          {item.planned &&
            `${item.targetName}: ${words.planned(item.revision, moment(item.planned.utc, item.planned.zone))}`}
          {item.behind && <BehindNotice item={item} />}
        </li>
      ))}
    </ul>
  )
}
