import { lengthOf, offBy } from '../../../shared/checks/rules/lengths.ts'
import type { FieldRule } from '../../../shared/checks/profile.ts'
import { useStrings } from '../../strings/strings.ts'

/**
 * How a field's length compares with what the desk asks for: how far off it is, with a sign, or, if it fits and `full`
 * is set, how much of the limit is used.
 */
export function LengthNote({
  value,
  rule,
  full = false
}: {
  readonly value: string
  readonly rule: FieldRule | undefined
  readonly full?: boolean
}) {
  const { checks: words } = useStrings()
  if (value.trim() === '' || !rule) return null
  const off = offBy(value, rule)
  if (off !== null)
    return (
      <span className="g-counter" data-over title={words.offLong(off)}>
        <span aria-hidden>{words.off(off)}</span>
        <span className="visually-hidden">{words.offLong(off)}</span>
      </span>
    )
  return full && rule.max !== undefined ? (
    <span className="g-counter">
      {lengthOf(value.trim())}
      <span> / {rule.max}</span>
    </span>
  ) : null
}
