import type { TargetSettings } from '../../../shared/contract/publishing.ts'
import { targetKind, type TargetKind } from '../../../shared/publishing/targets/index.ts'
import type { SettingField } from '../../../shared/publishing/targets/target-kind.ts'
import { useStrings } from '../../strings/strings.ts'
import { TextField } from '../../ui/Field.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

interface TargetSettingFieldProps {
  readonly kind: TargetKind
  readonly field: SettingField
  /** Undefined: not chosen yet, so the default of the kind is shown. */
  readonly value: TargetSettings[string] | undefined
  /** Mark a required field as empty. */
  readonly missing: boolean
  readonly onChange: (value: TargetSettings[string]) => void
}

/** One setting of a target, drawn as the target's kind describes it. */
export function TargetSettingField({ kind, field, value, missing, onChange }: TargetSettingFieldProps) {
  const words = useStrings()
  const said = words.publishing.kinds[kind].settings[field.key]
  const label = said?.label ?? field.key
  const shown = String(value ?? defaultOf(kind, field.key) ?? '')
  if (field.input === 'text') {
    const error = missing && field.required && shown === '' ? words.publishing.settingMissing : null
    return (
      <TextField label={label} value={shown} onChange={onChange} description={said?.text} dir="ltr" error={error} />
    )
  }
  const options = field.choices.map((id) => ({ id, label: said?.choices?.[id] ?? id }))
  return <SegmentedControl label={label} value={shown} onChange={onChange} options={options} />
}

function defaultOf(kind: TargetKind, key: string): unknown {
  const shape = targetKind(kind).settings.shape[key]
  const parsed = shape?.safeParse(undefined)
  return parsed?.success ? parsed.data : undefined
}
