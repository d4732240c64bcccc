import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { useSettings } from '../../api/desk.tsx'
import { useStrings } from '../../strings/strings.ts'
import { whoFires } from './delivery-hours.ts'

/** Who publishes a delivery at its hour, and what the site does by itself whatever happens to this laptop. */
export function WhoFires({ item }: { readonly item: OutboxItem }) {
  const words = useStrings()
  const { zone } = useSettings()
  const fires = whoFires(item, words, { zone, now: Date.now() })
  return fires && <p className={fires.isWarning ? 'outbox-fires is-warning' : 'outbox-fires'}>{fires.said}</p>
}
