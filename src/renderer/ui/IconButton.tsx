import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, ToggleButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Tooltip } from './Tooltip.tsx'
import './button.css'

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Said to screen readers and shown in the tooltip. */
  readonly label: string
  /** The keys that do the same, as `Mod+B`; shown in the tooltip. */
  readonly keys?: string | undefined
  readonly icon: ReactNode
  /** Makes it a toggle: pressed or not. */
  readonly isSelected?: boolean | undefined
  readonly placement?: 'top' | 'bottom'
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button that is only an icon; always with a name and a tooltip. */
export function IconButton({ label, keys, icon, isSelected, placement = 'bottom', ...props }: IconButtonProps) {
  return (
    <Tooltip words={label} keys={keys} placement={placement}>
      {isSelected === undefined ? (
        <AriaButton {...props} aria-label={label} className="g-icon-button">
          {icon}
        </AriaButton>
      ) : (
        <ToggleButton
          aria-label={label}
          className="g-icon-button"
          isSelected={isSelected}
          {...(props.onPress && { onPress: props.onPress })}
          {...(props.isDisabled !== undefined && { isDisabled: props.isDisabled })}
          {...(props.ref && { ref: props.ref })}
          {...(props.excludeFromTabOrder !== undefined && { excludeFromTabOrder: props.excludeFromTabOrder })}
          {...(props.preventFocusOnPress !== undefined && { preventFocusOnPress: props.preventFocusOnPress })}
        >
          {icon}
        </ToggleButton>
      )}
    </Tooltip>
  )
}
