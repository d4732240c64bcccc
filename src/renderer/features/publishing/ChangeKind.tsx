import { useStrings } from '../../strings/strings.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import type { Change } from './plans.ts'

interface ChangeKindProps {
  readonly value: Change
  /** The story carries a notice to readers, which is what makes an update a correction. */
  readonly isCorrected: boolean
  readonly onChange: (change: Change) => void
}

/** Chooses how an update is presented to readers, and says which dates that changes. */
export function ChangeKind({ value, isCorrected, onChange }: ChangeKindProps) {
  const words = useStrings().publishing
  const kinds = isCorrected ? (['update', 'correction', 'minor'] as const) : (['update', 'minor'] as const)
  return (
    <>
      <SegmentedControl
        label={words.change}
        value={value}
        onChange={onChange}
        options={kinds.map((id) => ({ id, label: words.changes[id] }))}
      />
      <p className="publish-note">{words.changeTexts[value]}</p>
    </>
  )
}
