import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd.tsx'
import './tooltip.css'

export interface TooltipProps {
  readonly words: string
  readonly keys?: string | undefined
  readonly placement?: 'top' | 'bottom' | 'start' | 'end'
  /** Something that takes focus. */
  readonly children: ReactElement
}

export function Tooltip({ words, keys, placement = 'bottom', children }: TooltipProps) {
  return (
    <TooltipTrigger delay={450} closeDelay={80}>
      {children}
      <AriaTooltip className="g-tooltip" placement={placement} offset={6}>
        {words}
        {keys && <Kbd keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
