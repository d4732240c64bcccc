import type { ReactNode } from 'react'
import { useFocusLeft } from './use-focus-left.ts'

/** Around what goes once its button was pressed: the focus then goes to the nearest place that is still there. */
export function FocusLeft({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return (
    <div ref={useFocusLeft<HTMLDivElement>()} className={className}>
      {children}
    </div>
  )
}
