import { useStrings } from '../../strings/strings.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

export interface OnOffProps {
  readonly label: string
  readonly description: string
  readonly value: boolean
  onChange(value: boolean): void
}

export function OnOff({ label, description, value, onChange }: OnOffProps) {
  const { on, off } = useStrings().settings
  return (
    <div className="g-field">
      <SegmentedControl<'on' | 'off'>
        label={label}
        value={value ? 'on' : 'off'}
        onChange={(chosen) => onChange(chosen === 'on')}
        options={[
          { id: 'on', label: on },
          { id: 'off', label: off }
        ]}
      />
      <p className="g-description">{description}</p>
    </div>
  )
}
