import type { ReactElement, ReactNode, RefObject } from 'react'
import { Menu as MenuIcon } from 'lucide-react'
import {
  Button,
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Separator,
  type MenuProps as AriaMenuProps
} from 'react-aria-components'
import { Kbd } from './Kbd.tsx'
import { Popover } from './Popover.tsx'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  /** The label's language, if it is copy and not one of Galley's own words. */
  readonly lang?: string
  readonly detail?: string
  readonly icon?: ReactNode
  readonly keys?: string
  readonly danger?: boolean
  readonly isDisabled?: boolean
  readonly run: () => void
}

export interface MenuProps {
  readonly label: string
  /** Groups are separated by a line; a group may have a heading. */
  readonly groups: readonly { readonly title?: string; readonly entries: readonly MenuEntry[] }[]
  /** The button that opens it. */
  readonly children: ReactElement
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
}

export function Menu({ label, groups, children, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover placement={placement}>
        <MenuList label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}

/** A menu that opens at an element instead of from a button, such as where somebody clicked. */
export function MenuAt({
  anchor,
  onClose,
  ...list
}: Pick<MenuProps, 'label' | 'groups'> & {
  readonly anchor: RefObject<Element | null>
  readonly onClose: () => void
}) {
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      triggerRef={anchor}
      placement="bottom start"
      aria-label={list.label}
    >
      <MenuList {...list} autoFocus="first" onClose={onClose} />
    </Popover>
  )
}

function MenuList({
  label,
  groups,
  ...props
}: Pick<MenuProps, 'label' | 'groups'> & Pick<AriaMenuProps<object>, 'autoFocus' | 'onClose'>) {
  const entries = groups.flatMap((group) => group.entries)
  return (
    <AriaMenu
      {...props}
      aria-label={label}
      className="g-list"
      onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
    >
      {groups.map((group, at) => (
        <MenuSection key={group.title ?? at} aria-label={group.title ?? label}>
          {at > 0 && <Separator className="g-separator" />}
          {group.title && <Header className="g-section-head">{group.title}</Header>}
          {group.entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              className="g-item"
              isDisabled={entry.isDisabled ?? false}
              data-danger={entry.danger || undefined}
            >
              {entry.icon}
              <span className="g-item-words">
                <span lang={entry.lang}>{entry.label}</span>
                {entry.detail && <span className="g-item-detail">{entry.detail}</span>}
              </span>
              {entry.keys && <Kbd keys={entry.keys} />}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </AriaMenu>
  )
}

/** A menu whose button shows its name. */
export function MenuButton({ label, groups }: Pick<MenuProps, 'label' | 'groups'>) {
  return (
    <Menu label={label} groups={groups} placement="bottom start">
      <Button className="g-button g-button-quiet g-size-small">
        <MenuIcon aria-hidden />
        <span className="g-button-words">{label}</span>
      </Button>
    </Menu>
  )
}
