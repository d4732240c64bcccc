import { useState, type ReactNode } from 'react'
import { ChevronDown } from 'lucide-react'
import { Button, ComboBox as AriaComboBox, Input, ListBox } from 'react-aria-components'
import { meantBy, optionsFor } from './combo-meaning.ts'
import { FieldParts } from './Field.tsx'
import { Popover } from './Popover.tsx'
import { OptionRow, type Option } from './Select.tsx'
import './select.css'

export interface ComboBoxProps {
  readonly label: string
  readonly options: readonly Option[]
  /** What is in the field; with `custom` any text, else an option's id. */
  readonly value: string
  readonly onChange: (value: string) => void
  /** Words that are no option are taken as they stand: all of them, or those this says so of. */
  readonly custom?: boolean | ((words: string) => boolean)
  readonly description?: ReactNode
  readonly error?: string | null
  readonly placeholder?: string
  /** The list opens with the first letter, not as soon as the field has the focus. */
  readonly opensOnInput?: boolean
  /** No label to see; it is still said. */
  readonly bare?: boolean
}

/** A field that completes. Lists of hundreds (time zones) are narrowed as you type and shown a hundred at a time. */
export function ComboBox({
  label,
  options,
  value,
  onChange,
  custom = false,
  description,
  error,
  placeholder,
  opensOnInput = false,
  bare = false
}: ComboBoxProps) {
  const labelOf = (id: string) => options.find((option) => option.id === id)?.label ?? (custom ? id : '')
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? labelOf(value)
  const shown = optionsFor(options, typed ?? '')
  const isTaken = typeof custom === 'function' ? custom : () => custom
  const settle = (isEnter: boolean) => {
    const words = typed?.trim()
    const next = custom === true ? words : words ? meantBy(words, options, { isEnter, isTaken }) : undefined
    if (next !== undefined && next !== value) onChange(next)
    setTyped(null)
  }
  return (
    <AriaComboBox
      className="g-field"
      items={shown.map((option) => ({ ...option }))}
      inputValue={text}
      onInputChange={(next) => setTyped(next === labelOf(value) ? null : next)}
      value={custom === false ? value : null}
      onChange={(key) => {
        if (key !== null) {
          onChange(String(key))
          setTyped(null)
        }
      }}
      onBlur={() => settle(false)}
      allowsCustomValue={custom !== false}
      allowsEmptyCollection={false}
      menuTrigger={opensOnInput ? 'input' : 'focus'}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      {...(bare && { 'aria-label': label })}
    >
      <FieldParts label={label} bare={bare} description={description} error={error}>
        <span className="g-combo">
          <Input
            className="g-input"
            dir="auto"
            {...(placeholder && { placeholder })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.currentTarget.getAttribute('aria-activedescendant')) settle(true)
            }}
          />
          <Button className="g-combo-button">
            <ChevronDown aria-hidden className="g-chevron" />
          </Button>
        </span>
      </FieldParts>
      <Popover>
        <ListBox className="g-list">{(option: Option) => <OptionRow option={option} />}</ListBox>
      </Popover>
    </AriaComboBox>
  )
}
