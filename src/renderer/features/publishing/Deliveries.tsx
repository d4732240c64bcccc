import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { moment } from '../../ui/format.ts'
import { openPublishSheet } from './PublishOverlays.tsx'
import { useStoryOutbox } from './outbox.ts'

/** What of a story is approved and waits for its hour, in the hour's own zone, and whether it is older than the desk. */
export function Deliveries({ storyId }: { readonly storyId: string }) {
  const words = useStrings().publishing
  const items = useStoryOutbox(storyId).filter(
    ({ planned, behind, state }) => (planned && state !== 'done' && state !== 'cancelled') || behind
  )
  if (items.length === 0) return null
  return (
    <ul className="deliveries">
      {items.map(({ id, planned, revision, targetName, behind }) => (
        <li key={id} data-behind={behind || undefined}>
          {planned && `${targetName}: ${words.planned(revision, moment(planned.utc, planned.zone))}`}{' '}
          {behind && (
            <>
              {words.behind(revision)}{' '}
              <Button size="small" variant="quiet" onPress={openPublishSheet}>
                {words.decide}
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
