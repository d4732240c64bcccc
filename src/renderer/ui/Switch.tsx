import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import './switch.css'

export interface SwitchProps {
  readonly label: string
  readonly isSelected: boolean
  readonly onChange: (selected: boolean) => void
  readonly description?: ReactNode
}

export function Switch({ label, isSelected, onChange, description }: SwitchProps) {
  return (
    <AriaSwitch className="g-switch" isSelected={isSelected} onChange={onChange}>
      <span className="g-switch-track"><span className="g-switch-knob" /></span>
      <span className="g-switch-words"><span>{label}</span>{description && <span className="g-description">{description}</span>}</span>
    </AriaSwitch>
  )
}
