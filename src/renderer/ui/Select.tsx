import type { ReactNode } from 'react'
import { Check, ChevronDown } from 'lucide-react'
import { Button, ListBox, ListBoxItem, Select as AriaSelect, SelectValue, type Key } from 'react-aria-components'
import { FieldParts } from './Field.tsx'
import { Popover } from './Popover.tsx'
import './select.css'

export interface Option<K extends string = string> {
  readonly id: K
  readonly label: string
  readonly detail?: string
  readonly icon?: ReactNode
  /** At the end of the row: a count. */
  readonly trailing?: string
}

export interface SelectProps<K extends string> {
  readonly label: string
  readonly options: readonly Option<K>[]
  readonly value: K | null
  readonly onChange: (value: K) => void
  readonly description?: ReactNode
  readonly isDisabled?: boolean
  readonly placeholder?: string
  /** `quiet`: no label to see and no ground, for toolbars; the label is still said. */
  readonly look?: 'field' | 'quiet'
}

export function Select<K extends string>({
  label,
  options,
  value,
  onChange,
  description,
  isDisabled = false,
  placeholder,
  look = 'field'
}: SelectProps<K>) {
  const choose = (key: Key | null) => {
    const chosen = options.find((option) => option.id === key)
    if (chosen) onChange(chosen.id)
  }
  const trigger = (
    <Button className={look === 'field' ? 'g-input g-select-button' : 'g-select-quiet'}>
      <SelectValue className="g-select-value" />
      <ChevronDown aria-hidden className="g-chevron" />
    </Button>
  )
  return (
    <AriaSelect
      className="g-field"
      value={value}
      onChange={choose}
      isDisabled={isDisabled}
      {...(placeholder && { placeholder })}
      {...(look === 'quiet' && { 'aria-label': label })}
    >
      {look === 'field' ? (
        <FieldParts label={label} description={description}>
          {trigger}
        </FieldParts>
      ) : (
        trigger
      )}
      <Popover placement="bottom start">
        <ListBox className="g-list" items={options.map((option) => ({ ...option }))}>
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

export function OptionRow({ option }: { readonly option: Option }) {
  return (
    <ListBoxItem id={option.id} textValue={option.label} className="g-item">
      {option.icon}
      <span className="g-item-words">
        <span>{option.label}</span>
        {option.detail && <span className="g-item-detail">{option.detail}</span>}
      </span>
      {option.trailing !== undefined && <span className="g-item-trailing">{option.trailing}</span>}
      <Check aria-hidden className="g-check" />
    </ListBoxItem>
  )
}
