import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import './segmented.css'

export interface SegmentedControlProps<K extends string> {
  readonly label: string
  readonly options: readonly { readonly id: K; readonly label: string }[]
  /** Null: nothing is chosen yet. */
  readonly value: K | null
  readonly onChange: (value: K) => void
  /** Hides the label from sight; it is still said. */
  readonly bare?: boolean
}

/** A choice among a few that are all in sight. */
export function SegmentedControl<K extends string>({
  label,
  options,
  value,
  onChange,
  bare = false
}: SegmentedControlProps<K>) {
  const group = (
    <ToggleButtonGroup
      aria-label={label}
      className="g-segments"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.id))
        if (chosen) onChange(chosen.id)
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className="g-segment">
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
  return bare ? (
    group
  ) : (
    <div className="g-field">
      <span className="g-label" aria-hidden>
        {label}
      </span>
      {group}
    </div>
  )
}
