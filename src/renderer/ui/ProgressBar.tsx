import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components'
import './progress.css'

export interface ProgressBarProps {
  readonly label: string
  readonly done: number
  /** Null if unknown. */
  readonly total: number | null
}

export function ProgressBar({ label, done, total }: ProgressBarProps) {
  return (
    <AriaProgressBar className="g-progress" value={done} maxValue={total ?? 1} isIndeterminate={total === null}>
      {({ percentage, valueText }) => (
        <>
          <span className="g-progress-words">
            <Label>{label}</Label>
            {total !== null && <span>{valueText}</span>}
          </span>
          <span className="g-progress-track">
            <span
              className="g-progress-bar"
              data-unknown={total === null || undefined}
              style={{ inlineSize: total === null ? '30%' : `${percentage ?? 0}%` }}
            />
          </span>
        </>
      )}
    </AriaProgressBar>
  )
}
