import type { ReactNode } from 'react'
import { Popover as AriaPopover, type PopoverProps } from 'react-aria-components'
import './popover.css'

/** The floating ground of menus, lists and small dialogs. */
export function Popover({
  children,
  wide = false,
  ...props
}: Omit<PopoverProps, 'className' | 'style' | 'children'> & { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <AriaPopover offset={5} {...props} className={`g-popover${wide ? ' g-popover-wide' : ''}`}>
      {children}
    </AriaPopover>
  )
}
