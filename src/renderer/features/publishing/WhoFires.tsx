import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { useSettings } from '../../api/desk.tsx'
import { useStrings } from '../../strings/strings.ts'
import { hours } from '../../ui/format.ts'

/** Who publishes a delivery at its hour, and what the site does by itself whatever happens to this laptop. */
export function WhoFires({ item }: { readonly item: OutboxItem }) {
  const words = useStrings()
  const { zone } = useSettings()
  const { state, handedOver, planned, problem, receipt } = item
  const said = words.publishing
  if (receipt?.firedBy === 'cms' && state === 'done') return <p className="outbox-fires">{said.firedThere}</p>
  if (state === 'done' || state === 'cancelled' || state === 'sending') return null
  if (handedOver === null)
    // If the site could not be given the hour, the problem itself says so.
    return state === 'scheduled' && problem === null ? <p className="outbox-fires">{said.firesHere}</p> : null
  const when = hours(handedOver, [planned?.zone ?? zone, zone, 'UTC'])
  const left = Date.parse(handedOver) - Date.now()
  if (state !== 'handed-over')
    return <p className="outbox-fires is-warning">{left > 0 ? said.stillPublishes(when) : said.mayBePublic(when)}</p>
  return (
    <p className="outbox-fires">
      {left > 0 ? said.publishesThere(when, words.outbox.inTime(left)) : said.hasToBeSeen(when)}
    </p>
  )
}
