import type { Status } from '../../shared/story/status.ts'
import { useStrings } from '../strings/strings.ts'
import './status.css'

/** A dot in the colour of a status; shape differs too, so that colour is never alone. */
export function StatusDot({ status }: { readonly status: Status }) {
  const words = useStrings()
  return <span className="g-dot" data-status={status} role="img" aria-label={words.status[status]} />
}
