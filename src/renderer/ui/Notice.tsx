import type { ReactNode } from 'react'
import './notice.css'

export interface NoticeProps {
  readonly tone?: 'plain' | 'ok' | 'warn' | 'danger'
  readonly icon?: ReactNode
  readonly children: ReactNode
  readonly actions?: ReactNode
}

/** Something that holds for this place and stays until it no longer does. */
export function Notice({ tone = 'plain', icon, children, actions }: NoticeProps) {
  return (
    <div className="g-notice" data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      {icon}
      <div className="g-notice-words">{children}</div>
      {actions && <div className="g-notice-actions">{actions}</div>}
    </div>
  )
}
