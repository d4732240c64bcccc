import type { ReactNode } from 'react'
import './empty-state.css'

export interface EmptyStateProps {
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** What a place says when there is nothing in it yet: why, and what to do. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="g-empty">
      <p className="g-empty-title">{title}</p>
      {children && <div className="g-empty-text">{children}</div>}
      {actions && <div className="g-empty-actions">{actions}</div>}
    </div>
  )
}
