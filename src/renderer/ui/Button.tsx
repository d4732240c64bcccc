import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, Link as AriaLink, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import './button.css'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** `primary` at most once in a view; `quiet` has no ground until it is pointed at. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  /** A lucide icon before the words. */
  readonly icon?: ReactNode
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ variant = 'plain', size = 'medium', icon, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={`g-button g-button-${variant} g-size-${size}`}>
      {icon}
      <span className="g-button-words">{children}</span>
    </AriaButton>
  )
}

/** Looks like a button, but is a link out of Galley: the host opens it in the user's own browser. */
export function ButtonLink({
  href,
  variant = 'plain',
  size = 'medium',
  icon,
  children
}: Pick<ButtonProps, 'variant' | 'size' | 'icon' | 'children'> & { readonly href: string }) {
  return (
    <AriaLink
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={`g-button g-button-${variant} g-size-${size}`}
    >
      {icon}
      <span className="g-button-words">{children}</span>
    </AriaLink>
  )
}
