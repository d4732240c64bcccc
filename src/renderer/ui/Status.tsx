import type { Status } from '../../shared/article/status.ts'
import { useStrings } from '../strings/strings.tsx'
import './status.css'

/** A dot in the colour of a status; shape differs too, so that colour is never alone. */
export function StatusDot({ status }: { readonly status: Status }) {
  const words = useStrings()
  return <span className="g-dot" data-status={status} role="img" aria-label={words.status[status]} />
}

export function StatusBadge({ status }: { readonly status: Status }) {
  const words = useStrings()
  return <span className="g-badge" data-status={status}><span className="g-dot" data-status={status} aria-hidden />{words.status[status]}</span>
}

export interface BadgeProps {
  readonly tone?: 'plain' | 'ok' | 'warn' | 'danger' | 'accent'
  readonly children: string
}

export function Badge({ tone = 'plain', children }: BadgeProps) {
  return <span className="g-badge" data-tone={tone}>{children}</span>
}
